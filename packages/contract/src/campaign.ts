import { briefSchema, campaignDraftSchema } from '@chiron/core/campaign'
import { goldRatioSchema } from '@chiron/core/gold'
import { KIND_NAMES } from '@chiron/core/kinds'
import { z } from 'zod'
import { route } from './route.ts'
import { currency, id, instant, localized } from './wire.ts'

export const kind = z.enum(KIND_NAMES)
export type KindName = z.infer<typeof kind>

export const brief = briefSchema
export type { Brief } from '@chiron/core/campaign'

/** What a worker accepts. Once accepted, later versions can only raise the pay (WR-8). */
export const terms = z.object({
  payMinor: z.int(),
  currency,
  estimateSeconds: z.int(),
  purpose: localized,
  recipients: localized,
  retentionDays: z.int(),
})
export type Terms = z.infer<typeof terms>

export const campaignState = z.enum(['draft', 'published', 'paused', 'closed'])

/** A draft may still lack terms (`null`); publishing says what is missing. */
export const campaignDraft = campaignDraftSchema.extend({
  /** Picture or clip of what success looks like, uploaded before. */
  exampleMediaId: id.nullable(),
  ontologyId: id,
  ontologyVersion: z.int().min(1),
  /** `choose`: the campaign whose episodes it asks about; `null` for imported episodes of its own. */
  sourceCampaignId: id.nullable(),
})
export type CampaignDraft = z.infer<typeof campaignDraft>

export const campaign = campaignDraft.extend({
  id,
  state: campaignState,
  termsVersion: z.int(),
  noticeVersion: z.int(),
  createdAt: instant,
  publishedAt: instant.nullable(),
  /** Short figures for lists. */
  counts: z.object({
    openTasks: z.int(),
    submitted: z.int(),
    accepted: z.int(),
    returned: z.int(),
    inReview: z.int(),
    workers: z.int(),
  }),
})
export type Campaign = z.infer<typeof campaign>

export const campaignTemplate = z.object({
  id: z.string(),
  name: localized,
  description: localized,
  draft: campaignDraftSchema,
})

/** A measure of the quality stack; `value` null where nothing was measured yet, and `why` says so. */
export const measure = z.object({
  id: z.enum(['accuracy', 'consistency', 'coverage', 'replayability', 'provenance', 'privacy']),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int(),
  why: z.string().describe('in English'),
  counts: z
    .record(z.string(), z.number())
    .describe('what `why` counts, by name, to say it in other languages; of a tie by its share'),
})

export const campaignProgress = z.object({
  campaign,
  faults: z.array(z.object({ code: z.string(), field: z.string(), why: z.string() })),
  escrow: z.object({ neededMinor: z.int(), heldMinor: z.int(), spentMinor: z.int(), currency }),
  medianActiveSeconds: z.number().nullable(),
  expectedHourlyMinor: z.int(),
  measuredHourlyMinor: z.int().nullable(),
  measures: z.array(measure),
  /** Submissions per hour over the last 48 hours, oldest first. */
  pace: z.array(z.object({ at: instant, count: z.int() })),
  /** What wants a decision now, with where to go. */
  decide: z.array(z.object({ what: z.string(), count: z.int(), href: z.string() })),
})
export type CampaignProgress = z.infer<typeof campaignProgress>

const campaignId = z.object({ campaignId: id })

export const campaignRoutes = {
  templates: route({
    method: 'GET',
    path: '/api/campaign-templates',
    who: 'member',
    summary: 'Ready-made campaigns to start from.',
    reply: z.object({ items: z.array(campaignTemplate) }),
  }),
  list: route({
    method: 'GET',
    path: '/api/campaigns',
    who: 'member',
    summary: 'Campaigns of this workspace.',
    reply: z.object({ items: z.array(campaign) }),
  }),
  create: route({
    method: 'POST',
    path: '/api/campaigns',
    who: 'member',
    summary: 'A new campaign, as a draft.',
    body: campaignDraft,
    reply: campaign,
  }),
  read: route({
    method: 'GET',
    path: '/api/campaigns/:campaignId',
    who: 'member',
    summary: 'One campaign: progress, cost, quality, what to decide now.',
    params: campaignId,
    reply: campaignProgress,
  }),
  change: route({
    method: 'PATCH',
    path: '/api/campaigns/:campaignId',
    who: 'member',
    summary: 'Change a draft; once published, only briefs, quota and pay upwards (WR-8).',
    params: campaignId,
    // Without the default: a field that is not sent does not change.
    body: campaignDraft.partial().extend({ goldRatio: goldRatioSchema.optional() }),
    reply: campaign,
  }),
  publish: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/publish',
    who: 'member',
    summary: 'Escrow the whole pay plus 20% (WR-2) and open the campaign to workers.',
    params: campaignId,
    reply: campaign,
  }),
  pause: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/pause',
    who: 'member',
    summary: 'Stop handing out tasks; leases already held run on.',
    params: campaignId,
    reply: campaign,
  }),
  resume: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/resume',
    who: 'member',
    summary: 'Hand out tasks again.',
    params: campaignId,
    reply: campaign,
  }),
  close: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/close',
    who: 'member',
    summary: 'End the campaign; unspent escrow returns to the funds.',
    params: campaignId,
    reply: campaign,
  }),
}
