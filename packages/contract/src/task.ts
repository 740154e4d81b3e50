import { z } from 'zod'
import { brief, kind, terms } from './campaign.ts'
import { notice } from './consent.ts'
import { seenMoment } from './media.ts'
import { term } from './ontology.ts'
import { route } from './route.ts'
import { done, id, instant, localized } from './wire.ts'

/** A campaign as a worker sees it before accepting: everything WR-1 and WR-4 ask for. */
export const offer = z.object({
  campaignId: id,
  workspaceName: z.string(),
  kind,
  title: localized,
  terms,
  termsVersion: z.int(),
  expectedHourlyMinor: z.int(),
  availableCount: z.int(),
  doneCount: z.int(),
  perWorkerMax: z.int().nullable(),
  consentState: z.string().nullable(),
  exampleMediaUrl: z.string().nullable(),
  exampleMediaType: z.string().nullable(),
})
export type Offer = z.infer<typeof offer>

export const offerDetail = offer.extend({
  briefs: z.record(z.string(), brief),
  notice,
  config: z.record(z.string(), z.unknown()),
  /** The terms of the ontology that the questions refer to. */
  ontology: z.array(term),
})
export type OfferDetail = z.infer<typeof offerDetail>

/** A clip; of which rollout is told to nobody who judges it. */
const pairedClip = z.object({
  videoUrl: z.string(),
  startMs: z.number().describe('how much later it begins than the other; 0 for the earlier one'),
  durationMs: z.number(),
  frameCount: z.int(),
  fps: z.number(),
})

export const lease = z.object({
  id,
  /** For a question the lease’s own id: which of the clips it is nobody needs to know who answers. */
  taskId: id,
  campaignId: id,
  kind,
  leasedUntil: instant,
  termsVersion: z.int(),
  payMinor: z.int(),
  currency: z.string(),
  /** Attempt number: above 1 is a retake after a fixable fault. */
  attempt: z.int(),
  subject: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('prompt') }),
    z.object({
      kind: z.literal('episode'),
      videoUrl: z.string(),
      posterUrl: z.string(),
      durationMs: z.number(),
      frameCount: z.int(),
      fps: z.number(),
      /** Whose hands are to be corrected, with the points to begin with; `keypoints` alone. */
      moments: z.array(seenMoment).optional(),
    }),
    pairedClip.omit({ startMs: true }).extend({ kind: z.literal('rollout'), instruction: localized }),
    z.object({
      kind: z.literal('pair'),
      instruction: localized,
      left: pairedClip,
      right: pairedClip,
    }),
  ]),
})
export type Lease = z.infer<typeof lease>

export const taskRoutes = {
  inbox: route({
    method: 'GET',
    path: '/api/worker/inbox',
    who: 'worker',
    summary: 'What I could do now, and what I hold.',
    reply: z.object({ offers: z.array(offer), leases: z.array(lease) }),
  }),
  readOffer: route({
    method: 'GET',
    path: '/api/worker/offers/:campaignId',
    who: 'worker',
    summary: 'The whole brief, terms and notice of a campaign.',
    params: z.object({ campaignId: id }),
    reply: offerDetail,
  }),
  claim: route({
    method: 'POST',
    path: '/api/worker/claims',
    who: 'worker',
    summary: 'Claim the next task of a campaign under its current terms; null when none is left.',
    body: z.object({ campaignId: id, termsVersion: z.int() }),
    reply: z.object({ lease: lease.nullable() }),
  }),
  readLease: route({
    method: 'GET',
    path: '/api/worker/leases/:leaseId',
    who: 'worker',
    summary: 'A lease I hold.',
    params: z.object({ leaseId: id }),
    reply: lease,
  }),
  extend: route({
    method: 'POST',
    path: '/api/worker/leases/:leaseId/extend',
    who: 'worker',
    summary: 'Still at it: move the lease’s end.',
    params: z.object({ leaseId: id }),
    reply: lease,
  }),
  release: route({
    method: 'POST',
    path: '/api/worker/leases/:leaseId/release',
    who: 'worker',
    summary: 'Give a task back; no harm to standing.',
    params: z.object({ leaseId: id }),
    reply: done,
  }),
}
