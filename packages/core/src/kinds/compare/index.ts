import { defineKind } from '../kind.ts'
import { checkCompareAnswer, compareAnswerSchema } from './answer.ts'
import { checkCompareConfig, compareConfigSchema, shownCompareConfig } from './config.ts'

export type { CompareAnswer, CompareWinner } from './answer.ts'
export { COMPARE_WINNERS, compareAnswerSchema, MAX_WHY } from './answer.ts'
export type { CompareConfig, ShownCompareConfig } from './config.ts'
export { compareConfigSchema } from './config.ts'

/** Which of two robots did better, blind. One vote a pair: no answer is weighed against others, so none is a verdict. */
export const compare = defineKind({
  name: 'compare',
  settles: 'count',
  configSchema: compareConfigSchema,
  answerSchema: compareAnswerSchema,
  checkConfig: checkCompareConfig,
  checkAnswer: checkCompareAnswer,
  shownConfig: shownCompareConfig,
  labels: () => [],
  labelSets: () => [],
  verdictQuestion: () => null,
})
