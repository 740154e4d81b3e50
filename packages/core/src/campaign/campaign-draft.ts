import { z } from 'zod'
import { flowRuleSchema } from '../flow/index.ts'
import { DEFAULT_GOLD_RATIO, goldRatioSchema } from '../gold/index.ts'
import { KIND_NAMES } from '../kinds/index.ts'
import { currencySchema } from '../pay/index.ts'

export const MAX_PAY_MINOR = 10_000_000
export const MIN_ESTIMATE_SECONDS = 5
export const MAX_ESTIMATE_SECONDS = 24 * 3600
export const MAX_RETENTION_DAYS = 3650
export const MAX_QUOTA = 1_000_000
export const MIN_LEASE_SECONDS = 60
export const MAX_LEASE_SECONDS = 7 * 24 * 3600
const MAX_PER_WORKER = 100_000
const MAX_LINES = 12

/** BCP 47 language tag, as far as a key needs it: `en`, `ar`, `pt-BR`. */
export const localeSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)

/** Words in several languages, keyed by locale. */
export const localizedSchema = z.record(localeSchema, z.string().max(2000))
export type Localized = z.infer<typeof localizedSchema>

const line = z.string().trim().min(1).max(300)

/** What a worker reads before starting, in one language. `steps` and `avoid` are one short sentence each. */
export const briefSchema = z.object({
  title: z.string().trim().min(1).max(120),
  steps: z.array(line).max(MAX_LINES),
  success: z.string().trim().max(500),
  avoid: z.array(line).max(MAX_LINES),
})
export type Brief = z.infer<typeof briefSchema>

/**
 * What a worker accepts; frozen from then on (WR-8). `payMinor` is paid for each accepted take, or for each
 * answer; `estimateSeconds` is the time one of them takes. A draft may still lack them: null.
 */
export const campaignTermsSchema = z.object({
  payMinor: z.int().min(0).max(MAX_PAY_MINOR).nullable(),
  currency: currencySchema.nullable(),
  estimateSeconds: z.int().min(MIN_ESTIMATE_SECONDS).max(MAX_ESTIMATE_SECONDS).nullable(),
  purpose: localizedSchema,
  recipients: localizedSchema,
  retentionDays: z.int().min(1).max(MAX_RETENTION_DAYS).nullable(),
})
export type CampaignTerms = z.infer<typeof campaignTermsSchema>

/**
 * A campaign before it publishes; `publishFaults` says what it still lacks. `quota`: takes wanted
 * (`demonstrate`), subjects to ask about (`choose` without a source, `outcome`), or votes at most (`compare`). `config`
 * belongs to the kind. `goldRatio`: the share of answers that are gold (recordings have checks instead).
 */
export const campaignDraftSchema = z.object({
  kind: z.enum(KIND_NAMES),
  title: localizedSchema,
  briefs: z.record(localeSchema, briefSchema),
  exampleMediaId: z.string().nullable(),
  terms: campaignTermsSchema,
  quota: z.int().min(1).max(MAX_QUOTA),
  perWorkerMax: z.int().min(1).max(MAX_PER_WORKER).nullable(),
  leaseSeconds: z.int().min(MIN_LEASE_SECONDS).max(MAX_LEASE_SECONDS),
  config: z.record(z.string(), z.unknown()),
  flow: flowRuleSchema,
  goldRatio: goldRatioSchema.default(DEFAULT_GOLD_RATIO),
  sourceCampaignId: z.string().nullable(),
})
export type CampaignDraft = z.infer<typeof campaignDraftSchema>
