import { defineKind, type Kind } from '../kind.ts'
import { checkKeypointsAnswer, keypointsAnswerSchema, namingJoints } from './answer.ts'
import { checkKeypointsConfig, keypointsConfigSchema } from './config.ts'

export {
  askedMomentFaults,
  type CorrectedMoment,
  type CorrectedPoint,
  type KeypointsAnswer,
  keypointsAnswerSchema,
  machineAnswer,
  POINT_STATES,
  type PointState,
  SIDES,
  type Side,
} from './answer.ts'
export { type KeypointsConfig, keypointsConfigSchema, MAX_MOMENTS } from './config.ts'
export {
  AGREED_RATIO,
  type HandsAnswer,
  type PlacedHand,
  type PlacedHands,
  type PlacedMoment,
  type PlacedPoint,
  placeHands,
} from './place-hands.ts'

export const POINTS_QUESTION = 'points'
/** What people together say stands; a member may set it aside instead. */
export const POINTS_STAND = 'points.stand'
export const POINTS_SET_ASIDE = 'points.set-aside'

/** What these verdicts are called: they are of the kind, not of an ontology. */
export const POINTS_WORDS: Readonly<Record<string, Record<string, string>>> = {
  [POINTS_STAND]: { en: 'The points stand', ar: 'تُعتمد النقاط' },
  [POINTS_SET_ASIDE]: { en: 'Set the points aside', ar: 'تُستبعد النقاط' },
}

const base = defineKind({
  name: 'keypoints',
  settles: 'consensus',
  configSchema: keypointsConfigSchema,
  answerSchema: keypointsAnswerSchema,
  checkConfig: checkKeypointsConfig,
  checkAnswer: checkKeypointsAnswer,
  labels: () => [{ question: POINTS_QUESTION, label: POINTS_STAND }],
  labelSets: () => [{ question: POINTS_QUESTION, labels: [POINTS_STAND, POINTS_SET_ASIDE] }],
  verdictQuestion: () => POINTS_QUESTION,
})

/**
 * People correct the points of hands in a clip. Every answer is one for its points; how far people agree on the places is how
 * sure the verdict is (`placeHands`).
 */
export const keypoints: Kind = {
  ...base,
  answerFaults: (config, answer) => namingJoints(base.answerFaults(config, answer)),
}
