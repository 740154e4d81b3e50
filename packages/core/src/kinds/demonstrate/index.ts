import { defineKind } from '../kind.ts'
import { checkDemonstrateAnswer, demonstrateAnswerSchema } from './answer.ts'
import { checkDemonstrateConfig, demonstrateConfigSchema } from './config.ts'

export type { DemonstrateAnswer } from './answer.ts'
export { checkDemonstrateAnswer, demonstrateAnswerSchema, MAX_TAKE_BYTES } from './answer.ts'
export type { DemonstrateConfig } from './config.ts'
export { checkDemonstrateConfig, demonstrateConfigSchema, MAX_TAKE_SECONDS } from './config.ts'
export type { Criterion } from './criteria.ts'
export { TAKE_CRITERIA } from './criteria.ts'
export { takeLimits } from './take-limits.ts'

/** People film a demonstration. Nobody votes on the answer itself: it becomes an episode. */
export const demonstrate = defineKind({
  name: 'demonstrate',
  settles: 'recording',
  configSchema: demonstrateConfigSchema,
  answerSchema: demonstrateAnswerSchema,
  checkConfig: checkDemonstrateConfig,
  checkAnswer: checkDemonstrateAnswer,
  labels: () => [],
  labelSets: () => [],
  verdictQuestion: () => null,
})
