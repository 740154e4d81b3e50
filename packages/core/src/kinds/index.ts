import { choose } from './choose/index.ts'
import { compare } from './compare/index.ts'
import { demonstrate } from './demonstrate/index.ts'
import type { Kind } from './kind.ts'

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
export type { AnswerLabel, Kind, KindFault, LabelSet } from './kind.ts'

/** Every way of asking, by its name in campaigns. */
export const kinds: { readonly demonstrate: Kind; readonly choose: Kind; readonly compare: Kind } = {
  demonstrate,
  choose,
  compare,
}
export type KindName = keyof typeof kinds
