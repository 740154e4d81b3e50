import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { type SubmissionState, submissionsOfTask, UNDECIDED } from '../submission/index.ts'
import { readTask } from '../task/index.ts'
import { insertReview, type Why } from './store.ts'

/** WR-10: a worker's answer is decided within seven days, else it is accepted and paid. */
export const REVIEW_WITHIN_MS = 7 * 24 * 3600 * 1000

/** The flow wants a member to look. Repeatable: one review of a kind is open per task. */
export function openReview(
  ctx: Ctx,
  dispute: {
    taskId: string
    why: Exclude<Why, 'appeal'>
    submissionId: string | null
    episodeId: string | null
  },
): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'review.open')
    const workspaceId = workspaceOf(ctx)
    const { taskId, why, submissionId, episodeId } = dispute
    const task = await readTask(tx, { workspaceId, id: taskId })
    const waiting = (await submissionsOfTask(tx, workspaceId, taskId)).filter(({ state }) =>
      UNDECIDED.includes(state as SubmissionState),
    )
    // Settled meanwhile: nobody waits for this look any more.
    if (task?.state !== 'open' || (submissionId !== null && !waiting.some(({ id }) => id === submissionId)))
      return recordNothing(tx)
    const now = ctx.deps.clock.now()
    const since = waiting[0]?.created_at ?? now
    const review = await insertReview(tx, {
      workspace_id: workspaceId,
      id: newId(ctx.deps.clock),
      why,
      state: 'open',
      campaign_id: task.campaign_id,
      task_id: taskId,
      submission_id: submissionId,
      episode_id: episodeId,
      created_at: now,
      due_at: new Date(since.getTime() + REVIEW_WITHIN_MS),
    })
    if (!review) return recordNothing(tx)
    await record(tx, ctx, 'review.open', {
      subject: { kind: 'review', id: review.id },
      taskId,
      campaignId: task.campaign_id,
      submissionId,
      episodeId,
      why,
    })
  })
}
