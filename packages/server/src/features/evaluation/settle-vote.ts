import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { decideSubmission, decisionFacts, readSubmission } from '../submission/index.ts'
import { lockTask, setTaskState, voidOffers } from '../task/index.ts'

/** A vote has come: it is accepted whatever it says, as honest disagreement is paid. Repeatable. */
export async function settleVote(ctx: Ctx, submissionId: string): Promise<void> {
  const workspaceId = workspaceOf(ctx)
  const vote = await read(ctx, (tx) => readSubmission(tx, { workspaceId, id: submissionId }))
  if (vote?.kind !== 'compare') return
  await write(ctx, async (tx) => {
    may(ctx, 'submission.decide')
    const key = { workspaceId, id: vote.task_id }
    const task = await lockTask(tx, key)
    if (task?.state === 'open') {
      await setTaskState(tx, key, 'done', ctx.deps.clock.now())
      await voidOffers(tx, workspaceId, vote.task_id)
    }
    const accepted = { state: 'accepted', decidedBy: null, reasons: [] } as const
    const decided = await decideSubmission(tx, ctx, { workspaceId, id: vote.id }, accepted)
    if (decided) await record(tx, ctx, 'submission.decide', decisionFacts(decided))
    else recordNothing(tx)
  })
}
