import { type KindName, kinds } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { decideSubmission, decisionFacts, readSubmission, submissionsOfTask } from '../submission/index.ts'
import { lockTask, setTaskState, voidOffers } from '../task/index.ts'

/**
 * A vote or a rating has come: it is accepted whatever it says, as honest disagreement is paid, and the task is done
 * once all that were wanted have come. Repeatable.
 */
export async function settleVote(ctx: Ctx, submissionId: string): Promise<void> {
  const workspaceId = workspaceOf(ctx)
  const vote = await read(ctx, (tx) => readSubmission(tx, { workspaceId, id: submissionId }))
  if (!vote || kinds[vote.kind as KindName].settles !== 'count') return
  await write(ctx, async (tx) => {
    may(ctx, 'submission.decide')
    const key = { workspaceId, id: vote.task_id }
    const task = await lockTask(tx, key)
    const campaign = await readCampaign(tx, vote.campaign_id)
    const answers = await submissionsOfTask(tx, workspaceId, vote.task_id)
    const wanted = campaign?.flow.answers?.max ?? 1
    if (task?.state === 'open' && answers.length >= wanted) {
      await setTaskState(tx, key, 'done', ctx.deps.clock.now())
      await voidOffers(tx, workspaceId, vote.task_id)
    }
    const accepted = { state: 'accepted', decidedBy: null, reasons: [] } as const
    const decided = await decideSubmission(tx, ctx, { workspaceId, id: vote.id }, accepted)
    if (decided) await record(tx, ctx, 'submission.decide', decisionFacts(decided))
    else recordNothing(tx)
  })
}
