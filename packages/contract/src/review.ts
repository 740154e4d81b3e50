import { z } from 'zod'
import { episodeDetail, givenLabel, verdictBasis } from './media.ts'
import { route } from './route.ts'
import { id, instant, localized, page, pageQuery } from './wire.ts'

export const review = z.object({
  id,
  why: z.enum(['disputed', 'sampled', 'fault', 'appeal']),
  state: z.enum(['open', 'done']),
  campaignId: id,
  campaignTitle: localized,
  kind: z.string(),
  taskId: id,
  submissionId: id.nullable(),
  episodeId: id.nullable(),
  createdAt: instant,
  dueAt: instant,
  decidedAt: instant.nullable(),
  decision: z.string().nullable(),
  /** False where this member took part before: an appeal goes to another person (WR-16). */
  mayDecide: z.boolean(),
})
export type Review = z.infer<typeof review>

/** Everything a reviewer needs on one screen. For an appeal, the first verdict and who gave it are left out (WR-16). */
export const reviewDetail = review.extend({
  episode: episodeDetail.nullable(),
  /** The clip of a rollout that is disputed; not whose it is, so that the decision is as blind as the answers. */
  clip: z
    .object({
      videoUrl: z.string(),
      durationMs: z.number(),
      frameCount: z.int(),
      fps: z.number(),
      instruction: localized,
      config: z.record(z.string(), z.unknown()),
      answers: z.array(givenLabel),
    })
    .nullable(),
  posterior: z.array(z.object({ label: z.string(), probability: z.number() })),
  basis: verdictBasis.nullable(),
  labelChoices: z.array(z.object({ id: z.string(), label: localized })),
  reasonCodes: z.array(z.object({ code: z.string(), criterion: localized })),
  appealText: z.string().nullable(),
})
export type ReviewDetail = z.infer<typeof reviewDetail>

export const appeal = z.object({
  id,
  submissionId: id,
  campaignTitle: localized,
  text: z.string(),
  state: z.enum(['open', 'upheld', 'dismissed']),
  createdAt: instant,
  dueAt: instant,
  answer: z.string().nullable(),
})
export type Appeal = z.infer<typeof appeal>

export const reviewRoutes = {
  list: route({
    method: 'GET',
    path: '/api/reviews',
    who: 'member',
    summary: 'The review queue, most urgent first.',
    query: pageQuery.extend({
      state: z.enum(['open', 'done']).default('open'),
      campaignId: id.optional(),
      why: z.enum(['disputed', 'sampled', 'fault', 'appeal']).optional(),
    }),
    reply: page(review),
  }),
  read: route({
    method: 'GET',
    path: '/api/reviews/:reviewId',
    who: 'member',
    summary: 'One review with its evidence.',
    params: z.object({ reviewId: id }),
    reply: reviewDetail,
  }),
  decide: route({
    method: 'POST',
    path: '/api/reviews/:reviewId/decide',
    who: 'member',
    summary: 'Accept, return for another take, or reject with reasons; for a question, settle its label.',
    params: z.object({ reviewId: id }),
    body: z.object({
      decision: z.enum(['accept', 'return', 'reject']),
      label: z.string().max(80).optional(),
      reasonCode: z.string().max(80).optional(),
      momentMs: z.number().min(0).optional(),
      hint: z.string().trim().max(500).optional(),
    }),
    reply: review,
  }),
  appeal: route({
    method: 'POST',
    path: '/api/worker/appeals',
    who: 'worker',
    summary: 'Ask another person to look again (WR-15, 16).',
    body: z.object({ id, submissionId: id, text: z.string().trim().min(1).max(2000) }),
    reply: appeal,
  }),
  listAppeals: route({
    method: 'GET',
    path: '/api/worker/appeals',
    who: 'worker',
    summary: 'My appeals.',
    reply: z.object({ items: z.array(appeal) }),
  }),
}
