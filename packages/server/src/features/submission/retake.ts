import type { Lease } from '@chiron/contract'
import type { WorkspaceId } from '@chiron/core/kit'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { leaseWire, retakeLease } from '../task/index.ts'
import { readOwnSubmission } from './store.ts'

/**
 * Takes a task up again after its answer came back (WR-13), under the terms promised before (WR-8). Asked for twice it
 * gives the same lease. Refuses `wrong-state` when the answer did not come back or the task is over.
 */
export async function retake(ctx: Ctx, submissionId: string): Promise<Lease> {
  const own = found(
    await read(ctx, (tx) => readOwnSubmission(tx, ctx.actor.id, submissionId)),
    'answer of yours',
  )
  const inside = inWorkspace(ctx, own.workspace_id as WorkspaceId)
  return write(inside, async (tx) => {
    may(inside, 'task.claim')
    if (own.state !== 'returned')
      refuse('wrong-state', 'Only an answer that came back can be repeated.', { state: own.state })
    const { lease, isNew } = await retakeLease(tx, inside, {
      taskId: own.task_id,
      workerId: own.worker_id,
      attempt: own.attempt,
      termsVersion: own.terms_version,
    })
    const facts = { taskId: own.task_id, campaignId: own.campaign_id, attempt: lease.attempt, submissionId }
    if (isNew) await record(tx, inside, 'task.claim', { subject: { kind: 'lease', id: lease.id }, ...facts })
    else recordNothing(tx)
    return leaseWire(tx, lease)
  })
}
