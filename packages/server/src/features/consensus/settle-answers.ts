import { isQuestion } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { decideSubmission, decisionFacts, submissionsOfTask } from '../submission/index.ts'
import { goldLeasesOf, readTask } from '../task/index.ts'
import { answersStandingFor } from './answers-standing-for.ts'

/**
 * Accepts every answer to a question that is settled, agreeing or not: honest disagreement is paid, and so is an answer
 * that came after the verdict or to a question that was stopped. Repeatable.
 */
export async function settleAnswers(ctx: Ctx, taskId: string): Promise<void> {
  const workspaceId = workspaceOf(ctx)
  const open = await read(ctx, async (tx) => {
    const task = await readTask(tx, { workspaceId, id: taskId })
    if (!task || !isQuestion(task.kind) || task.state === 'open') return []
    // Who answered this question as gold waits for the task whose place it took, and the other way round.
    const asGold = await goldLeasesOf(tx, { workspaceId, id: taskId })
    const own = (await submissionsOfTask(tx, workspaceId, taskId)).filter((row) => !asGold.has(row.lease_id))
    return [...own, ...(await answersStandingFor(tx, { workspaceId, taskId }))]
  })
  for (const { id } of open) {
    await write(ctx, async (tx) => {
      may(ctx, 'submission.decide')
      const accepted = { state: 'accepted', decidedBy: null, reasons: [] } as const
      const decided = await decideSubmission(tx, ctx, { workspaceId, id }, accepted)
      if (decided) await record(tx, ctx, 'submission.decide', decisionFacts(decided))
      else recordNothing(tx)
    })
  }
}
