import { z } from 'zod'

export const MAX_FACTORS = 12
export const MAX_LEVELS = 40
export const MAX_SCENARIOS = 2000
export const MAX_IMPOSSIBLE = 200
export const MAX_MILESTONES = 20

/** What of the surroundings a factor varies. */
export const FACTOR_KINDS = ['object', 'pose', 'clutter', 'light', 'surface', 'distractors', 'other'] as const
export type FactorKind = (typeof FACTOR_KINDS)[number]

const key = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single dashes')
const termId = z.string().max(100)
const words = (maxLength: number) =>
  z
    .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.string().trim().min(1).max(maxLength))
    .refine((byLocale) => Object.keys(byLocale).length > 0, 'needs words in a language')

const level = z.object({ key, label: words(80), termId: termId.optional() })
const factor = z.object({
  key,
  kind: z.enum(FACTOR_KINDS),
  label: words(80),
  levels: z.array(level).min(1).max(MAX_LEVELS),
})
const settings = z.record(key, key)
const scenario = z.object({ key, instruction: words(300), settings, note: z.string().max(500).optional() })

/**
 * What a suite asks of a policy: factors with their levels; scenarios, each with a level for every factor; when a
 * rollout counts as a success; and which outcomes and failures of the ontology may be answered. `impossible` lists
 * parts of settings that cannot be set up. Whether it fits together, `suiteFaults` says.
 */
export const suiteContentSchema = z.object({
  factors: z.array(factor).max(MAX_FACTORS),
  impossible: z.array(settings).max(MAX_IMPOSSIBLE),
  scenarios: z.array(scenario).max(MAX_SCENARIOS),
  criteria: z.object({
    success: words(1000),
    milestones: z.array(z.object({ key, label: words(120) })).max(MAX_MILESTONES),
    timeLimitMs: z.int().min(1000).max(3_600_000).nullable(),
  }),
  outcomeIds: z.array(termId).max(50),
  failureIds: z.array(termId).max(200),
})
export type SuiteContent = z.infer<typeof suiteContentSchema>
export type Factor = z.infer<typeof factor>
export type Scenario = z.infer<typeof scenario>
/** The level of each factor, by key. */
export type Settings = Readonly<Record<string, string>>

/** Whether everything `part` says also holds in `whole`. */
export function includesSettings(whole: Settings, part: Settings): boolean {
  return Object.entries(part).every(([factorKey, levelKey]) => whole[factorKey] === levelKey)
}
