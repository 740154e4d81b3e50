import type { Lease } from '@chiron/contract'
import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { write } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { leaseEnd } from './claim-next.ts'
import { leaseWire } from './lease-wire.ts'
import { EXPIRED, isHeld, ownLease } from './own-lease.ts'
import { lockLease, updateLease } from './store.ts'

/** Moves the end of a lease: its whole time from now on. Refuses `lease-expired` when it has ended. */
export async function extendLease(ctx: Ctx, leaseId: string): Promise<Lease> {
  const { lease: seen, inside } = await ownLease(ctx, leaseId)
  return write(inside, async (tx) => {
    may(inside, 'task.claim')
    const key = { workspaceId: seen.workspace_id, id: leaseId }
    const lease = found(await lockLease(tx, key), 'task')
    if (!isHeld(lease, ctx.deps.clock.now())) refuse('lease-expired', EXPIRED, { leaseId })
    const campaign = found(await readCampaign(tx, lease.campaign_id), 'campaign')
    const leasedUntil = leaseEnd(ctx, campaign)
    const extended = await updateLease(tx, key, { leased_until: leasedUntil })
    await record(tx, inside, 'task.extend', {
      subject: { kind: 'lease', id: leaseId },
      taskId: lease.task_id,
      campaignId: lease.campaign_id,
    })
    return leaseWire(tx, extended)
  })
}
