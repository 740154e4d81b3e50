import { z } from 'zod'
import type { KindFault } from '../kind.ts'

export const MAX_QUESTIONS = 12
export const MAX_TERMS_PER_QUESTION = 64

const name = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9._:-]{0,62}[a-z0-9])?$/, 'lower-case letters, digits, . _ : -')

/**
 * Questions about a clip, in the order they are asked. Each is answered by one term of the ontology.
 * `showWhen` asks only after an earlier question was answered by one of the named terms.
 * `verdictQuestion` is the one whose consensus decides about the clip.
 */
export const chooseConfigSchema = z.object({
  questions: z
    .array(
      z.object({
        id: name,
        prompt: z.record(z.string(), z.string().trim().min(1).max(300)),
        termKind: z.enum(['action', 'object', 'state', 'phase', 'outcome', 'failure']),
        termIds: z.array(z.string().min(1).max(100)).min(2).max(MAX_TERMS_PER_QUESTION),
        required: z.boolean(),
        showWhen: z
          .object({
            question: name,
            isOneOf: z.array(z.string().min(1).max(100)).min(1).max(MAX_TERMS_PER_QUESTION),
          })
          .optional(),
      }),
    )
    .min(1)
    .max(MAX_QUESTIONS),
  verdictQuestion: name,
})
export type ChooseConfig = z.infer<typeof chooseConfigSchema>
export type ChooseQuestion = ChooseConfig['questions'][number]

export function checkChooseConfig(config: ChooseConfig): KindFault[] {
  const faults = config.questions.flatMap((question, at) =>
    questionFaults(config.questions.slice(0, at), question, at),
  )
  const verdict = config.questions.find((question) => question.id === config.verdictQuestion)
  if (verdict === undefined) {
    faults.push({ code: 'question-unknown', field: 'verdictQuestion', why: 'no question has this id' })
  } else if (!verdict.required || verdict.showWhen !== undefined) {
    const why = 'the question that decides must be asked of everybody and be required'
    faults.push({ code: 'verdict-not-asked', field: 'verdictQuestion', why })
  }
  return faults
}

function questionFaults(earlier: ChooseQuestion[], question: ChooseQuestion, at: number): KindFault[] {
  const faults: KindFault[] = []
  const add = (code: string, field: string, why: string): void => {
    faults.push({ code, field: `questions.${at}.${field}`, why })
  }
  if (earlier.some((other) => other.id === question.id))
    add('question-twice', 'id', 'two questions have this id')
  if (Object.keys(question.prompt).length === 0) add('prompt-missing', 'prompt', 'the question has no words')
  if (new Set(question.termIds).size < question.termIds.length) {
    add('term-twice', 'termIds', 'a term is offered twice')
  }
  if (question.showWhen === undefined) return faults
  const { question: onId, isOneOf } = question.showWhen
  const on = earlier.find((other) => other.id === onId)
  if (on === undefined) {
    add('question-not-earlier', 'showWhen.question', 'it can only depend on a question asked before it')
  } else if (!isOneOf.every((termId) => on.termIds.includes(termId))) {
    add('term-unknown', 'showWhen.isOneOf', `not all of these are answers to "${onId}"`)
  }
  return faults
}
