import type { Ctx } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { claimOffer, lockPlace } from './claim-store.ts'

import { type LeaseRow, leasesOfTask, readTask, updateLease, voidOffers } from './store.ts'

const TOO_LATE =
  'The time for this task had run out, and meanwhile everything wanted here has been done by others. Nothing is held against you.'

/**
 * An answer comes after its lease has ended (a dead link, a flat battery): WR-9 says that is not the worker's loss.
 * The lease is held again where its task can still take it; a take to film may go to another task of the campaign that
 * asks for the same. Gives the lease to spend. Refuses `lease-expired` when neither is possible.
 */
export async function holdAgain(tx: Tx, ctx: Ctx, lease: LeaseRow): Promise<LeaseRow> {
  const { workspace_id: workspaceId, id, task_id: taskId } = lease
  // Gold is judged by the task whose place it took, so that lateness tells nothing; its offer is another's already.
  const home = lease.stands_for_task_id
  const task = await readTask(tx, { workspaceId, id: home ?? taskId })
  const others = await leasesOfTask(tx, workspaceId, taskId)
  const isMine = (other: LeaseRow) =>
    other.id !== id && other.worker_id === lease.worker_id && ['held', 'spent'].includes(other.state)
  if (others.some(isMine))
    return refuse('lease-elsewhere', 'You took this task up again elsewhere: send your answer from there.', {
      taskId,
    })
  if (task?.state === 'open') {
    const wasOffered = home === null && (await voidOffers(tx, workspaceId, taskId, 1)) === 1
    // One more opinion on a clip does no harm; a second take of the same task has no place in its flow.
    if (wasOffered || task.subject_kind !== 'prompt')
      return updateLease(tx, { workspaceId, id }, { state: 'held' })
  }
  const other = task?.subject_kind === 'prompt' ? await otherPrompt(tx, ctx, lease) : undefined
  return other ?? refuse('lease-expired', TOO_LATE, { leaseId: id })
}

/** Another offer of the campaign, under the terms the worker accepted. */
async function otherPrompt(tx: Tx, ctx: Ctx, lease: LeaseRow): Promise<LeaseRow | undefined> {
  const campaign = await readCampaign(tx, lease.campaign_id)
  if (!campaign || campaign.state === 'closed' || lease.terms_version === null) return undefined
  const mine = {
    workspaceId: campaign.workspaceId,
    campaignId: campaign.id,
    workerId: lease.worker_id ?? ctx.actor.id,
  }
  const place = await lockPlace(tx, mine)
  const until = ctx.deps.clock.now()
  return claimOffer(tx, { ...mine, termsVersion: lease.terms_version, until }, place)
}
