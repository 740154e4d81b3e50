import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { insertLeases, type LeaseRow, readTask } from './store.ts'

/**
 * Puts a fresh offer in the place of a lease that has ended. Fresh, because each worker's place in the offers only
 * moves on: an old offer would lie behind it.
 */
export async function offerAgain(tx: Tx, { deps }: Ctx, lease: LeaseRow): Promise<void> {
  const task = await readTask(tx, { workspaceId: lease.workspace_id, id: lease.task_id })
  const campaign = await readCampaign(tx, lease.campaign_id)
  if (task?.state !== 'open' || campaign?.state === 'closed') return
  await insertLeases(tx, [
    {
      workspace_id: lease.workspace_id,
      id: newId(deps.clock),
      task_id: lease.task_id,
      campaign_id: lease.campaign_id,
      about_worker_id: lease.about_worker_id,
      state: 'offered',
      attempt: lease.attempt,
      created_at: deps.clock.now(),
    },
  ])
}
