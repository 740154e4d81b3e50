import type { Appeal } from '@chiron/contract'
import type { WorkspaceId } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { appendEvent } from '../consensus/index.ts'
import { appealUntil, readOwnSubmission, type SubmissionRow, submissionsOfTask } from '../submission/index.ts'
import { lockTask } from '../task/index.ts'
import { appealWire } from './appeal-wire.ts'
import { appealOfSubmission, insertAppeal, insertReview, readAppeal } from './store.ts'

/** WR-16: an appeal is answered within fourteen days. */
export const APPEAL_WITHIN_MS = 14 * 24 * 3600 * 1000

/**
 * A worker asks that another person looks again (WR-15: free, for thirty days). The same id again gives the same
 * appeal. Refuses `wrong-state` (nothing to appeal, or taken up again), `expired`, `already-used`.
 */
export async function makeAppeal(
  ctx: Ctx,
  order: { id: string; submissionId: string; text: string },
): Promise<Appeal> {
  const own = found(
    await read(ctx, (tx) => readOwnSubmission(tx, ctx.actor.id, order.submissionId)),
    'answer of yours',
  )
  const inside = inWorkspace(ctx, own.workspace_id as WorkspaceId)
  const { workspace_id: workspaceId } = own
  return write(inside, async (tx) => {
    may(inside, 'appeal.make')
    // Decisions about the task wait meanwhile, and so does a second appeal.
    await lockTask(tx, { workspaceId, id: own.task_id })
    const before = await readAppeal(tx, { workspaceId, id: order.id })
    if (before) {
      recordNothing(tx)
      if (before.submission_id !== own.id) refuse('idempotency-mismatch', 'This id names another appeal.')
      return appealWire(tx, before)
    }
    await assertAppealable(tx, inside, own)
    const now = ctx.deps.clock.now()
    const due = new Date(now.getTime() + APPEAL_WITHIN_MS)
    const review = await insertReview(tx, {
      workspace_id: workspaceId,
      id: newId(ctx.deps.clock),
      why: 'appeal',
      state: 'open',
      campaign_id: own.campaign_id,
      task_id: own.task_id,
      submission_id: own.id,
      episode_id: own.episode_id,
      barred_member_id: own.decided_by,
      created_at: now,
      due_at: due,
    })
    if (!review) return refuse('already-used', 'An appeal about this task is open already.')
    const appeal = await insertAppeal(tx, {
      workspace_id: workspaceId,
      id: order.id,
      submission_id: own.id,
      worker_id: own.worker_id,
      review_id: review.id,
      body: order.text,
      state: 'open',
      created_at: now,
      due_at: due,
    })
    const event = { kind: 'appealed', id: newId(ctx.deps.clock), attempt: own.attempt } as const
    await appendEvent(tx, { workspaceId, taskId: own.task_id }, event, now)
    await record(tx, inside, 'appeal.make', {
      subject: { kind: 'appeal', id: appeal.id },
      submissionId: own.id,
      taskId: own.task_id,
      campaignId: own.campaign_id,
      reviewId: review.id,
    })
    return appealWire(tx, appeal)
  })
}

async function assertAppealable(tx: Tx, { deps }: Ctx, own: SubmissionRow): Promise<void> {
  const { workspace_id: workspaceId } = own
  const until = appealUntil(own)
  if (until === null)
    return refuse('wrong-state', 'Only an answer that came back or was rejected can be appealed.')
  if (until < deps.clock.now()) refuse('expired', 'The thirty days for an appeal are over.', { until })
  if (await appealOfSubmission(tx, { workspaceId, id: own.id }))
    refuse('already-used', 'You have appealed this already; each decision can be appealed once.')
  const all = await submissionsOfTask(tx, workspaceId, own.task_id)
  if (all.some(({ attempt }) => attempt > own.attempt))
    refuse('wrong-state', 'A newer take of this task was sent: that one is looked at now.')
}
