import { defineKind } from '../kind.ts'
import { checkRateAnswer, rateAnswerSchema } from './answer.ts'
import { checkRateConfig, rateConfigSchema, shownRateConfig } from './config.ts'

export { type RateAnswer, rateAnswerSchema, ratingOf } from './answer.ts'
export {
  HIGHEST_RATING,
  LOWEST_RATING,
  type RateConfig,
  type RateScale,
  rateConfigSchema,
  type ShownRateConfig,
} from './config.ts'

export {
  type KnownRatings,
  knownRatingsLabel,
  knownRatingsOf,
  knownRatingsSchema,
  NEAR_RATING,
  ratingDistances,
} from './known.ts'

/** How well one rollout went, on scales from 1 to 5, blind. Ratings are numbers: no label is settled. */
export const rate = defineKind({
  name: 'rate',
  settles: 'count',
  configSchema: rateConfigSchema,
  answerSchema: rateAnswerSchema,
  checkConfig: checkRateConfig,
  checkAnswer: checkRateAnswer,
  shownConfig: shownRateConfig,
  labels: () => [],
  labelSets: () => [],
  verdictQuestion: () => null,
})
