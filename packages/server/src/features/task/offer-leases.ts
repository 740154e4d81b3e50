import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { insertLeases, leasesOfTask, type TaskRow } from './store.ts'

interface OffersWanted {
  task: TaskRow
  wanted: number
  heardCount?: number
  attempt?: number
}

/**
 * Sees to it that `wanted` answers of this attempt are on their way beyond the `heardCount` that the caller has counted
 * already: offered, held, or here and not heard yet. Offers only what is missing, so it may be called any number of times
 * while the task is locked. Returns how many it added.
 */
export async function offerLeases(
  tx: Tx,
  { deps }: Ctx,
  { task, wanted, heardCount = 0, attempt = 1 }: OffersWanted,
): Promise<number> {
  const now = deps.clock.now()
  const leases = await leasesOfTask(tx, task.workspace_id, task.id)
  const ofAttempt = leases.filter((lease) => lease.attempt === attempt)
  // One whose time has run out counts too: when it ends, it is offered anew.
  const underway = ofAttempt.filter(({ state }) => state === 'offered' || state === 'held')
  const spentCount = ofAttempt.filter(({ state }) => state === 'spent').length
  const unheardCount = Math.max(0, spentCount - heardCount)
  const missing = Math.max(0, wanted - underway.length - unheardCount)
  // Ids that are younger than all others come last in line, and no worker's place in the offers has passed them.
  const rows = Array.from({ length: missing }, () => ({
    workspace_id: task.workspace_id,
    id: newId(deps.clock),
    task_id: task.id,
    campaign_id: task.campaign_id,
    about_worker_id: task.about_worker_id,
    state: 'offered',
    attempt,
    created_at: now,
  }))
  await insertLeases(tx, rows)
  return missing
}
