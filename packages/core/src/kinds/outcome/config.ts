import { z } from 'zod'
import type { ChooseConfig } from '../choose/index.ts'
import type { KindFault } from '../kind.ts'
import { askedFaults, askedRolloutsShape } from '../rollouts/index.ts'

export const MAX_OUTCOMES = 12
export const MAX_FAILURES = 64

const termId = z.string().min(1).max(100)
const words = z.record(z.string(), z.string().trim().min(1).max(300))

/** What an outcome says about the run: it counts as a success, as a failure, or as neither. */
export const outcomeMeaning = z.enum(['success', 'failure', 'unclear'])
export type OutcomeMeaning = z.infer<typeof outcomeMeaning>

/**
 * How a rollout ended. `outcomes` are offered in this order, each with what it counts as; after one that counts as a
 * failure `failureIds` are offered as reasons (none: no reason is asked). Prompts by locale.
 */
export const outcomeConfigSchema = z.object({
  ...askedRolloutsShape,
  prompt: words,
  failurePrompt: words,
  outcomes: z.array(z.object({ termId, means: outcomeMeaning })).max(MAX_OUTCOMES),
  failureIds: z.array(termId).max(MAX_FAILURES),
})
export type OutcomeConfig = z.infer<typeof outcomeConfigSchema>

export const OUTCOME_QUESTION = 'outcome'
export const FAILURE_QUESTION = 'failure'

/** The same as questions of `choose`, which is all a worker is told: nothing in it says whose rollouts they are. */
export function outcomeQuestions({
  prompt,
  failurePrompt,
  outcomes,
  failureIds,
}: OutcomeConfig): ChooseConfig {
  const questions: ChooseConfig['questions'] = [
    {
      id: OUTCOME_QUESTION,
      prompt,
      termKind: 'outcome',
      termIds: outcomes.map((each) => each.termId),
      required: true,
    },
  ]
  const failed = outcomes.filter(({ means }) => means === 'failure').map((each) => each.termId)
  if (failureIds.length > 0)
    questions.push({
      id: FAILURE_QUESTION,
      prompt: failurePrompt,
      termKind: 'failure',
      termIds: failureIds,
      required: true,
      showWhen: { question: OUTCOME_QUESTION, isOneOf: failed },
    })
  return { questions, verdictQuestion: OUTCOME_QUESTION }
}

export function checkOutcomeConfig(config: OutcomeConfig): KindFault[] {
  const { outcomes, failureIds, prompt, failurePrompt } = config
  const faults = askedFaults(config, { min: 1, why: 'Choose whose rollouts are judged.' })
  const add = (code: string, field: string, why: string) => faults.push({ code, field, why })
  const termIds = outcomes.map((each) => each.termId)
  if (new Set(termIds).size < termIds.length) add('term-twice', 'outcomes', 'An outcome is offered twice.')
  if (new Set(failureIds).size < failureIds.length)
    add('term-twice', 'failureIds', 'A reason is offered twice.')
  for (const needed of ['success', 'failure'] as const) {
    if (!outcomes.some(({ means }) => means === needed))
      add('outcome-missing', 'outcomes', `Offer an outcome that counts as a ${needed}.`)
  }
  if (Object.keys(prompt).length === 0) add('prompt-missing', 'prompt', 'The question has no words.')
  if (failureIds.length > 0 && Object.keys(failurePrompt).length === 0)
    add('prompt-missing', 'failurePrompt', 'The question for the reason has no words.')
  return faults
}
