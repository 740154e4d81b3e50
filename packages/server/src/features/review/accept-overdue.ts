import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, type Tx, write } from '../../platform/tx.ts'
import { readEpisode, settleEpisode } from '../media/index.ts'
import {
  decideSubmission,
  decisionFacts,
  readSubmission,
  type SubmissionRow,
  type SubmissionState,
  UNDECIDED,
} from '../submission/index.ts'
import { lockTask, setTaskState, voidOffers } from '../task/index.ts'
import { answerAppeal, closeMoot, closeReview, lockReview } from './store.ts'

interface Overdue {
  submissionId: string
  /** The appeal that nobody answered in time; without one it is the answer itself that waited too long. */
  appeal?: { id: string; reviewId: string }
}

/**
 * Nobody decided in time, so the worker's side counts: the answer is accepted and paid (WR-10), an unanswered appeal is
 * upheld (WR-16). A recording goes into the data only where its checks had nothing against it.
 */
export function acceptOverdue(ctx: Ctx, { submissionId, appeal }: Overdue): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'submission.decide')
    const workspaceId = workspaceOf(ctx)
    const now = ctx.deps.clock.now()
    const seen = await readSubmission(tx, { workspaceId, id: submissionId })
    // In the order of everybody who decides: the task first. Then what the sweep saw is looked at again.
    if (seen) await lockTask(tx, { workspaceId, id: seen.task_id })
    if (!(await stillWaits(tx, workspaceId, { submissionId, ...(appeal ? { appeal } : {}) })))
      return recordNothing(tx)
    const code = appeal ? 'appeal-overdue' : 'review-overdue'
    const reasons = [{ code, momentMs: null, hint: '' }]
    const decision = { state: 'accepted', decidedBy: null, reasons } as const
    const decided = await decideSubmission(tx, ctx, { workspaceId, id: submissionId }, decision)
    if (!decided) return recordNothing(tx)
    if (appeal) await uphold(tx, workspaceId, appeal, now)
    if (decided.kind === 'demonstrate') await endTake(tx, ctx, decided)
    await record(tx, ctx, 'submission.decide', { ...decisionFacts(decided), appealId: appeal?.id ?? null })
  })
}

/** A member may have decided since. */
async function stillWaits(tx: Tx, workspaceId: string, { submissionId, appeal }: Overdue): Promise<boolean> {
  if (appeal) return (await lockReview(tx, { workspaceId, id: appeal.reviewId }))?.state === 'open'
  const row = await readSubmission(tx, { workspaceId, id: submissionId })
  return UNDECIDED.includes(row?.state as SubmissionState)
}

async function uphold(tx: Tx, workspaceId: string, appeal: NonNullable<Overdue['appeal']>, now: Date) {
  const closing = { decision: 'overdue', decided_at: now, decided_by: null }
  await closeReview(tx, { workspaceId, id: appeal.reviewId }, closing)
  const answer = { state: 'upheld', answer: null, decided_at: now } as const
  await answerAppeal(tx, { workspaceId, id: appeal.id }, answer)
}

async function endTake(tx: Tx, ctx: Ctx, take: SubmissionRow): Promise<void> {
  const { workspace_id: workspaceId, task_id: id } = take
  const now = ctx.deps.clock.now()
  await setTaskState(tx, { workspaceId, id }, 'done', now)
  await voidOffers(tx, workspaceId, id)
  await closeMoot(tx, workspaceId, id, now)
  if (take.episode_id === null) return
  const key = { workspaceId, id: take.episode_id }
  // WR-14: what a member rejected or the checks refused stays out of every export, though it is paid for.
  if ((await readEpisode(tx, key))?.state === 'checked') await settleEpisode(tx, key, { state: 'accepted' })
}
