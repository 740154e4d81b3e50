import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { leaseEnd } from './claim-next.ts'
import { insertLeases, type LeaseRow, leasesOfTask, lockLease, lockTask, updateLease } from './store.ts'

export interface Retake {
  taskId: string
  workerId: string
  /** The attempt that came back. */
  attempt: number
  /** What was promised is paid for the retake too (WR-8). */
  termsVersion: number
}

/**
 * The same worker's lease for the next attempt at a task that came back; asked for twice, the same one. Refuses
 * `wrong-state` when the task is over or another worker has taken it up meanwhile.
 */
export async function retakeLease(
  tx: Tx,
  ctx: Ctx,
  retake: Retake,
): Promise<{ lease: LeaseRow; isNew: boolean }> {
  const { taskId, workerId, termsVersion } = retake
  const workspaceId = ctx.workspaceId ?? ''
  const attempt = retake.attempt + 1
  const task = found(await lockTask(tx, { workspaceId, id: taskId }), 'task')
  if (task.state !== 'open') refuse('wrong-state', 'This task is over: there is nothing left to repeat.')
  const campaign = found(await readCampaign(tx, task.campaign_id), 'campaign')
  const until = leaseEnd(ctx, campaign)
  const leases = (await leasesOfTask(tx, workspaceId, taskId)).filter((each) => each.attempt === attempt)
  const mine = leases.find((each) => each.worker_id === workerId && each.state === 'held')
  if (mine) return { lease: mine, isNew: false }
  const isTaken = () => refuse('wrong-state', 'Somebody else has taken this task up meanwhile.')
  if (leases.some(({ state }) => state === 'held' || state === 'spent')) return isTaken()
  const offered = leases.find(({ state }) => state === 'offered')
  if (offered) {
    const key = { workspaceId, id: offered.id }
    // A claim does not wait for the task: it may have been faster.
    if ((await lockLease(tx, key))?.state !== 'offered') return isTaken()
    const change = { state: 'held', worker_id: workerId, terms_version: termsVersion, leased_until: until }
    return { lease: await updateLease(tx, key, change), isNew: true }
  }
  const id = newId(ctx.deps.clock)
  await insertLeases(tx, [
    {
      workspace_id: workspaceId,
      id,
      task_id: taskId,
      campaign_id: task.campaign_id,
      about_worker_id: task.about_worker_id,
      state: 'held',
      worker_id: workerId,
      attempt,
      terms_version: termsVersion,
      leased_until: until,
      created_at: ctx.deps.clock.now(),
    },
  ])
  return { lease: found(await lockLease(tx, { workspaceId, id }), 'task'), isNew: true }
}
