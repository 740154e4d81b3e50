import { defineKind } from '../kind.ts'
import { checkChooseAnswer, chooseAnswerSchema, chooseLabels } from './answer.ts'
import { checkChooseConfig, chooseConfigSchema } from './config.ts'

export type { ChooseAnswer } from './answer.ts'
export {
  checkChooseAnswer,
  chooseAnswerSchema,
  chooseLabels,
  keepVisibleChoices,
  MAX_NOTE_CHARACTERS,
  visibleQuestions,
} from './answer.ts'
export type { ChooseConfig, ChooseQuestion } from './config.ts'
export { checkChooseConfig, chooseConfigSchema } from './config.ts'

/** Questions about a clip, answered by terms of the ontology. */
export const choose = defineKind({
  name: 'choose',
  settles: 'consensus',
  configSchema: chooseConfigSchema,
  answerSchema: chooseAnswerSchema,
  checkConfig: checkChooseConfig,
  checkAnswer: checkChooseAnswer,
  labels: chooseLabels,
  labelSets: (config) => config.questions.map(({ id, termIds }) => ({ question: id, labels: [...termIds] })),
  verdictQuestion: (config) => config.verdictQuestion,
})
