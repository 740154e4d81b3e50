import { checkChooseAnswer, chooseAnswerSchema, chooseLabels } from '../choose/index.ts'
import { defineKind } from '../kind.ts'
import { checkOutcomeConfig, OUTCOME_QUESTION, outcomeConfigSchema, outcomeQuestions } from './config.ts'

export type { OutcomeConfig, OutcomeMeaning } from './config.ts'
export {
  FAILURE_QUESTION,
  OUTCOME_QUESTION,
  outcomeConfigSchema,
  outcomeMeaning,
  outcomeQuestions,
} from './config.ts'
export { type JudgedOutcome, judgedOutcome } from './judged-outcome.ts'

/** How one rollout ended, blind: asked, answered and weighed as questions of `choose` are. */
export const outcome = defineKind({
  name: 'outcome',
  settles: 'consensus',
  configSchema: outcomeConfigSchema,
  answerSchema: chooseAnswerSchema,
  checkConfig: checkOutcomeConfig,
  checkAnswer: (config, answer) => checkChooseAnswer(outcomeQuestions(config), answer),
  shownConfig: outcomeQuestions,
  labels: (config, answer) => chooseLabels(outcomeQuestions(config), answer),
  labelSets: (config) =>
    outcomeQuestions(config).questions.map(({ id, termIds }) => ({ question: id, labels: [...termIds] })),
  verdictQuestion: () => OUTCOME_QUESTION,
})
