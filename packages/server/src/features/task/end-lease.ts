import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { offerAgain } from './offer-again.ts'
import { isHeld } from './own-lease.ts'
import { lockLease, updateLease } from './store.ts'

/**
 * Ends a lease: its holder gives it back, or its time has run out. The task is offered to the others, and nothing is
 * held against anybody; whoever held it may still send what they made. Does nothing when it ended or was extended.
 */
export const endLease = (ctx: Ctx, leaseId: string, action: 'task.release' | 'task.expire'): Promise<void> =>
  write(ctx, async (tx) => {
    may(ctx, action)
    const key = { workspaceId: workspaceOf(ctx), id: leaseId }
    const lease = await lockLease(tx, key)
    const isExtended = lease && action === 'task.expire' && isHeld(lease, ctx.deps.clock.now())
    if (lease?.state !== 'held' || isExtended) return recordNothing(tx)
    await updateLease(tx, key, { state: 'void' })
    await offerAgain(tx, ctx, lease)
    await record(tx, ctx, action, {
      subject: { kind: 'lease', id: leaseId },
      workerId: lease.worker_id,
      taskId: lease.task_id,
      campaignId: lease.campaign_id,
    })
  })
