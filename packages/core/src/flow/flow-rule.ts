import { z } from 'zod'

/** More answers than this about one subject cost more than they tell. */
export const MAX_ANSWERS_PER_TASK = 25
export const MAX_RETAKES = 10
const MAX_ACCEPT_LABELS = 64

/**
 * A campaign's rule from submissions to a verdict.
 * `answers.sureAt`: the probability from which a consensus is sure. `acceptLabels`: the labels that mean
 * "accept"; empty where every label is a fine verdict (a question, not an inspection).
 * `review.sampleRatio`: the part of automatic acceptances that a member looks at. `retakesMax`: how often
 * a fixable fault comes back to the worker before a member looks.
 */
export const flowRuleSchema = z
  .object({
    checks: z.enum(['required', 'none']),
    answers: z
      .object({
        min: z.int().min(1).max(MAX_ANSWERS_PER_TASK),
        max: z.int().min(1).max(MAX_ANSWERS_PER_TASK),
        sureAt: z.number().min(0.5).max(1),
      })
      .refine((answers) => answers.min <= answers.max, 'min must not exceed max')
      .nullable(),
    acceptLabels: z.array(z.string().min(1).max(100)).max(MAX_ACCEPT_LABELS),
    review: z.object({ whenDisputed: z.boolean(), sampleRatio: z.number().min(0).max(1) }),
    retakesMax: z.int().min(0).max(MAX_RETAKES),
  })
  .refine(
    (rule) => rule.checks === 'required' || rule.answers !== null,
    'needs checks, answers or both: without either nothing stands behind a verdict',
  )
  .refine(
    (rule) => rule.checks === 'none' || rule.answers === null || rule.acceptLabels.length > 0,
    'answers about a recording need the labels that accept it',
  )

export type FlowRule = z.infer<typeof flowRuleSchema>
