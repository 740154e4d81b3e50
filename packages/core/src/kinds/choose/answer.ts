import { z } from 'zod'
import type { AnswerLabel, KindFault } from '../kind.ts'
import type { ChooseConfig, ChooseQuestion } from './config.ts'

export const MAX_NOTE_CHARACTERS = 500

/** `choices`: question id → term id. `momentMs`: where in the clip the reason shows. */
export const chooseAnswerSchema = z.object({
  choices: z.record(z.string().max(64), z.string().max(100)),
  momentMs: z.number().min(0).optional(),
  note: z.string().max(MAX_NOTE_CHARACTERS).optional(),
})
export type ChooseAnswer = z.infer<typeof chooseAnswerSchema>

/** The questions to ask after these choices, in order: a question hidden by an earlier answer is left out. */
export function visibleQuestions(config: ChooseConfig, choices: Record<string, string>): ChooseQuestion[] {
  const visible: ChooseQuestion[] = []
  for (const question of config.questions) {
    const { showWhen } = question
    if (showWhen === undefined) {
      visible.push(question)
      continue
    }
    const asked = visible.some((earlier) => earlier.id === showWhen.question)
    const choice = choiceOf(choices, showWhen.question)
    if (asked && choice !== undefined && showWhen.isOneOf.includes(choice)) visible.push(question)
  }
  return visible
}

/** The choices without answers to questions that are hidden: what a form sends after a change of mind. */
export function keepVisibleChoices(
  config: ChooseConfig,
  choices: Record<string, string>,
): Record<string, string> {
  const kept = visibleQuestions(config, choices).flatMap(({ id }) => {
    const choice = choiceOf(choices, id)
    return choice === undefined ? [] : [[id, choice] as const]
  })
  return Object.fromEntries(kept)
}

export function checkChooseAnswer(config: ChooseConfig, answer: ChooseAnswer): KindFault[] {
  const faults: KindFault[] = []
  const add = (code: string, question: string, why: string): void => {
    faults.push({ code, field: `choices.${question}`, why })
  }
  const visible = visibleQuestions(config, answer.choices)
  for (const question of visible) {
    const choice = choiceOf(answer.choices, question.id)
    if (choice === undefined && question.required) {
      add('question-unanswered', question.id, 'this question needs an answer')
    } else if (choice !== undefined && !question.termIds.includes(choice)) {
      add('term-unknown', question.id, 'this is not one of the answers offered')
    }
  }
  for (const id of Object.keys(answer.choices).sort()) {
    if (visible.some((question) => question.id === id)) continue
    const known = config.questions.some((question) => question.id === id)
    if (known) add('question-hidden', id, 'this question was not asked after the other answers')
    else add('question-unknown', id, 'there is no such question')
  }
  return faults
}

/** One label for each question that was asked and answered, in the order of the config. */
export function chooseLabels(config: ChooseConfig, answer: ChooseAnswer): AnswerLabel[] {
  return visibleQuestions(config, answer.choices).flatMap(({ id, termIds }) => {
    const label = choiceOf(answer.choices, id)
    return label !== undefined && termIds.includes(label) ? [{ question: id, label }] : []
  })
}

// An own property only: a question may be called "constructor".
function choiceOf(choices: Record<string, string>, question: string): string | undefined {
  return Object.hasOwn(choices, question) ? choices[question] : undefined
}
