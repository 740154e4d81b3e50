import type { Lease } from '@chiron/contract'
import type { WorkspaceId } from '@chiron/core/kit'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { leaseWire } from './lease-wire.ts'
import { type LeaseRow, readOwnLease } from './store.ts'

export const EXPIRED =
  'The time for this task has run out and it went to somebody else. What you have made can still be sent: if the task can take it, it counts.'

const ANSWERED =
  'You have answered this task already. Your answer is kept, and nothing more is to be done here.'

/** Whether the holder may still use it. */
export const isHeld = (lease: LeaseRow, now: Date): boolean =>
  lease.state === 'held' && lease.leased_until !== null && lease.leased_until > now

/** The caller's own lease and a context in its workspace. Refuses `not-found`. */
export async function ownLease(ctx: Ctx, leaseId: string): Promise<{ lease: LeaseRow; inside: Ctx }> {
  const lease = found(await read(ctx, (tx) => readOwnLease(tx, ctx.actor.id, leaseId)), 'task of yours')
  return { lease, inside: inWorkspace(ctx, lease.workspace_id as WorkspaceId) }
}

/** A lease the caller holds now. Refuses `not-found`, `lease-elsewhere` (they have answered it), `lease-expired`. */
export async function heldLease(ctx: Ctx, leaseId: string): Promise<{ lease: LeaseRow; inside: Ctx }> {
  const own = await ownLease(ctx, leaseId)
  if (own.lease.state === 'spent') refuse('lease-elsewhere', ANSWERED, { leaseId })
  if (!isHeld(own.lease, ctx.deps.clock.now())) refuse('lease-expired', EXPIRED, { leaseId })
  return own
}

/** What the worker works on, while they hold it. */
export async function readLease(ctx: Ctx, leaseId: string): Promise<Lease> {
  const { lease, inside } = await heldLease(ctx, leaseId)
  return read(inside, (tx) => leaseWire(tx, lease))
}
