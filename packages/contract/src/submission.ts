import { z } from 'zod'
import { fault } from './media.ts'
import { route } from './route.ts'
import { lease } from './task.ts'
import { id, instant, localized, page, pageQuery } from './wire.ts'

/**
 * checking: the server looks at it · waiting: others judge it · review: a member looks ·
 * accepted · returned: please do it again (WR-13) · rejected: a member said no, with reasons (WR-11, 12) · frozen: consent ended
 */
export const submissionState = z.enum([
  'checking',
  'waiting',
  'review',
  'accepted',
  'returned',
  'rejected',
  'frozen',
])
export type SubmissionState = z.infer<typeof submissionState>

/** Why something came back: a code of a published criterion, the moment, a hint (WR-12). */
export const reason = z.object({
  code: z.string(),
  momentMs: z.number().nullable(),
  hint: z.string(),
})

export const submission = z.object({
  id,
  campaignId: id,
  campaignTitle: localized,
  workspaceName: z.string(),
  taskId: id,
  kind: z.string(),
  attempt: z.int(),
  state: submissionState,
  createdAt: instant,
  decidedAt: instant.nullable(),
  payMinor: z.int(),
  currency: z.string(),
  /** The member who decided, by name and role, when one did. */
  decidedBy: z.string().nullable(),
  reasons: z.array(reason),
  /** A recording that others judged: how many, and how sure they were together. Answers to questions have none. */
  judged: z.object({ answerCount: z.int(), probability: z.number() }).nullable(),
  faults: z.array(fault),
  episodeId: id.nullable(),
  appealUntil: instant.nullable(),
  appealState: z.string().nullable(),
  recordId: id.nullable(),
})
export type Submission = z.infer<typeof submission>

export const submissionRoutes = {
  submit: route({
    method: 'POST',
    path: '/api/worker/submissions',
    who: 'worker',
    summary:
      'Send an answer. The id is the sender’s: sending it again returns the first result, never a second answer.',
    body: z.object({
      id,
      leaseId: id,
      answer: z.record(z.string(), z.unknown()),
      /** Time with the task open and in front, as the device measured it. */
      activeMs: z
        .int()
        .min(0)
        .max(7 * 24 * 3600 * 1000),
      sentAt: instant.optional().describe('the device’s clock, to notice a wrong one'),
      /** Claim the next task of the same campaign in the same transaction. */
      next: z.boolean().default(false),
    }),
    reply: z.object({ submission, next: lease.nullable() }),
  }),
  listOwn: route({
    method: 'GET',
    path: '/api/worker/submissions',
    who: 'worker',
    summary: 'What I sent and what became of it.',
    query: pageQuery,
    reply: page(submission),
  }),
  readOwn: route({
    method: 'GET',
    path: '/api/worker/submissions/:submissionId',
    who: 'worker',
    summary: 'One of my submissions.',
    params: z.object({ submissionId: id }),
    reply: submission,
  }),
  retake: route({
    method: 'POST',
    path: '/api/worker/submissions/:submissionId/retake',
    who: 'worker',
    summary: 'Take up the same task again after a return; gives a lease for the next attempt.',
    params: z.object({ submissionId: id }),
    reply: lease,
  }),
}
