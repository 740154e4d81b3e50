import { isGoldTurn } from '@chiron/core/gold'
import { mixesGold } from '@chiron/core/kinds'
import { assert } from '@chiron/core/kit'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { swapForGold } from './gold-store.ts'
import { type LeaseRow, readTask } from './store.ts'

/** The lease a worker has just claimed, with gold in its place where it is the turn of gold (TSK-10). */
export async function mixGold(
  tx: Tx,
  ctx: Ctx,
  { campaign, lease }: { campaign: CampaignRow; lease: LeaseRow },
): Promise<LeaseRow> {
  if (!mixesGold(campaign.kind) || campaign.goldRatio === 0) return lease
  const task = await readTask(tx, { workspaceId: lease.workspace_id, id: lease.task_id })
  assert(task, 'a lease has its task')
  const workerId = ctx.actor.id
  const isTurn = isGoldTurn({ seed: task.seed, worker: workerId, ratio: campaign.goldRatio })
  return (await swapForGold(tx, ctx.deps.clock, { lease, workerId, isGoldTurn: isTurn })) ?? lease
}
