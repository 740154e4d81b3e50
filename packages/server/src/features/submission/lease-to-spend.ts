import type { Lease } from '@chiron/contract'
import type { Ctx } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { heldLeases, holdAgain, isHeld, type LeaseRow, leaseWire, lockLease } from '../task/index.ts'
import { readSubmission } from './store.ts'

/**
 * Locks the lease that this answer spends. A lease whose time has run out is held again where its task can still take
 * the answer (WR-9). Refuses `lease-elsewhere` when another answer has spent it, `lease-expired`.
 */
export async function leaseToSpend(
  tx: Tx,
  ctx: Ctx,
  seen: LeaseRow,
  submissionId: string,
): Promise<LeaseRow> {
  const key = { workspaceId: seen.workspace_id, id: seen.id }
  const lease = found(await lockLease(tx, key), 'task of yours')
  // A repeat: whatever became of the lease, the first answer has it.
  if (await readSubmission(tx, { workspaceId: key.workspaceId, id: submissionId })) return lease
  if (lease.state === 'spent')
    return refuse(
      'lease-elsewhere',
      'This task was answered already, from another tab or device. The first answer was kept.',
      { leaseId: lease.id },
    )
  if (isHeld(lease, ctx.deps.clock.now()) || lease.state === 'held') return lease
  return holdAgain(tx, ctx, lease)
}

/** The lease that the first sending of a repeated answer claimed, if it is still held. */
export async function heldNext(tx: Tx, ctx: Ctx, campaignId: string): Promise<Lease | null> {
  const held = await heldLeases(tx, ctx.actor.id, ctx.deps.clock.now())
  const next = held.findLast((lease) => lease.campaign_id === campaignId)
  return next ? leaseWire(tx, next) : null
}
