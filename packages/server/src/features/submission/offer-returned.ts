import { type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { listWorkspaces } from '../account/index.ts'
import { leasesOfTask, lockTask, offerLeases } from '../task/index.ts'
import { returnedBetween } from './store.ts'

const DAY_MS = 24 * 3600 * 1000
/** A task that came back waits this long for the same worker; then it goes to the others. */
export const RETAKE_WAIT_MS = 7 * DAY_MS
const LOOK_BACK_MS = 3 * DAY_MS
const MAX_PER_TURN = 200

/** Offers tasks whose answer came back, and that nobody took up again, to everybody. */
export async function offerReturned(deps: Deps): Promise<void> {
  const to = new Date(deps.clock.now().getTime() - RETAKE_WAIT_MS)
  const from = new Date(to.getTime() - LOOK_BACK_MS)
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'submission.offer-returned', workspaceId)
    const stale = await read(ctx, (tx) => returnedBetween(tx, workspaceId, { from, to, limit: MAX_PER_TURN }))
    for (const { id, task_id: taskId, attempt } of stale) {
      await write(ctx, async (tx) => {
        may(ctx, 'task.offer')
        const task = await lockTask(tx, { workspaceId, id: taskId })
        const leases = await leasesOfTask(tx, workspaceId, taskId)
        const isTaken = leases.some((lease) => lease.attempt > attempt && lease.state !== 'void')
        if (task?.state !== 'open' || isTaken) return recordNothing(tx)
        await offerLeases(tx, ctx, { task, wanted: 1, attempt: attempt + 1 })
        const facts = { taskId, campaignId: task.campaign_id, submissionId: id }
        await record(tx, ctx, 'task.offer', { subject: { kind: 'task', id: taskId }, ...facts })
      })
    }
  }
}
