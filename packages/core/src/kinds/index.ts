import { choose } from './choose/index.ts'
import { compare } from './compare/index.ts'
import { demonstrate } from './demonstrate/index.ts'
import { keypoints } from './keypoints/index.ts'
import type { Kind } from './kind.ts'
import { outcome } from './outcome/index.ts'
import { rate } from './rate/index.ts'

export type { ChooseAnswer, ChooseConfig, ChooseQuestion } from './choose/index.ts'
export {
  checkChooseAnswer,
  chooseAnswerSchema,
  chooseConfigSchema,
  chooseLabels,
  keepVisibleChoices,
  MAX_NOTE_CHARACTERS,
  visibleQuestions,
} from './choose/index.ts'
export type { CompareAnswer, CompareConfig, CompareWinner, ShownCompareConfig } from './compare/index.ts'
export { COMPARE_WINNERS, compareAnswerSchema, compareConfigSchema, MAX_WHY } from './compare/index.ts'
export type { Criterion, DemonstrateAnswer, DemonstrateConfig } from './demonstrate/index.ts'
export {
  checkDemonstrateAnswer,
  demonstrateAnswerSchema,
  demonstrateConfigSchema,
  MAX_TAKE_BYTES,
  MAX_TAKE_SECONDS,
  TAKE_CRITERIA,
  takeLimits,
} from './demonstrate/index.ts'
export type {
  CorrectedMoment,
  CorrectedPoint,
  HandsAnswer,
  KeypointsAnswer,
  KeypointsConfig,
  PlacedHand,
  PlacedHands,
  PlacedMoment,
  PlacedPoint,
  PointState,
  Side,
} from './keypoints/index.ts'
export {
  AGREED_RATIO,
  askedMomentFaults,
  keypointsAnswerSchema,
  keypointsConfigSchema,
  MAX_MOMENTS,
  machineAnswer,
  POINT_STATES,
  POINTS_STAND,
  POINTS_WORDS,
  placeHands,
  SIDES,
} from './keypoints/index.ts'
export type { AnswerLabel, Kind, KindFault, LabelSet, Settling } from './kind.ts'
export type { JudgedOutcome, OutcomeConfig, OutcomeMeaning } from './outcome/index.ts'
export {
  FAILURE_QUESTION,
  judgedOutcome,
  OUTCOME_QUESTION,
  outcomeConfigSchema,
  outcomeMeaning,
  outcomeQuestions,
} from './outcome/index.ts'
export type { KnownRatings, RateAnswer, RateConfig, RateScale, ShownRateConfig } from './rate/index.ts'
export {
  HIGHEST_RATING,
  knownRatingsLabel,
  knownRatingsOf,
  knownRatingsSchema,
  LOWEST_RATING,
  NEAR_RATING,
  rateAnswerSchema,
  rateConfigSchema,
  ratingDistances,
  ratingOf,
} from './rate/index.ts'
export type { AskedRollouts } from './rollouts/index.ts'
export { askedRolloutsSchema, NO_SUITE_ID } from './rollouts/index.ts'

/** Every way of asking, by its name in campaigns. */
export const KIND_NAMES = ['demonstrate', 'choose', 'compare', 'outcome', 'rate', 'keypoints'] as const
export type KindName = (typeof KIND_NAMES)[number]
export const kinds: Readonly<Record<KindName, Kind>> = {
  demonstrate,
  choose,
  compare,
  outcome,
  rate,
  keypoints,
}

/** Whether answers of this kind are weighed against each other; false for a name that is no kind. */
export const isQuestion = (name: string): boolean =>
  Object.hasOwn(kinds, name) && kinds[name as KindName].settles === 'consensus'
/** Whether tasks whose answer is known are mixed among those of this kind. Places are known by no label. */
export const mixesGold = (name: string): boolean =>
  name === 'compare' || name === 'rate' || (isQuestion(name) && name !== 'keypoints')
/** Whether this kind asks about recordings of a campaign. */
export const asksAboutRecordings = (name: string): boolean => name === 'choose' || name === 'keypoints'
/** Whether an answer of this kind is terms that somebody chose. */
export const choosesTerms = (name: string): boolean => name === 'choose' || name === 'outcome'
/** Whether this kind asks about single rollouts, blind. */
export const asksAboutOneRollout = (name: string): boolean => name === 'outcome' || name === 'rate'
/** Whether this kind asks about rollouts, blind. */
export const asksAboutRollouts = (name: string): boolean => name === 'compare' || asksAboutOneRollout(name)
