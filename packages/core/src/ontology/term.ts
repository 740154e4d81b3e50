import { z } from 'zod'

export const MAX_TERMS = 2000
export const MAX_TERM_DEPTH = 8
export const MAX_LOCALES = 100

export const TERM_KINDS = ['action', 'object', 'state', 'phase', 'outcome', 'failure', 'scale'] as const
export type TermKind = (typeof TERM_KINDS)[number]

const words = (maxLength: number) =>
  z
    .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.string().trim().min(1).max(maxLength))
    .refine((byLocale) => Object.keys(byLocale).length <= MAX_LOCALES, 'has too many languages')

/**
 * One word of the vocabulary. `id` is its kind, a point and a name (`failure.missed-grasp`) and never
 * changes its meaning; `label` and `description` are keyed by locale; `parent` is a wider term.
 */
export const termSchema = z.object({
  id: z
    .string()
    .max(100)
    .regex(/^[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$/),
  kind: z.enum(TERM_KINDS),
  label: words(80).refine((byLocale) => Object.keys(byLocale).length > 0, 'needs a label in a language'),
  description: words(500).optional(),
  parent: z.string().max(100).optional(),
})
export type Term = z.infer<typeof termSchema>

/** The terms of one version of an ontology. Whether they fit together, `ontologyFaults` says. */
export const termsSchema = z.array(termSchema).min(1).max(MAX_TERMS)
