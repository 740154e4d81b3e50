import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { readGold, retireGold as retire } from '../task/index.ts'

/** Asks nobody any more about a question as gold (QLT-6). Repeatable. */
export function retireGold(ctx: Ctx, of: { campaignId: string; taskId: string }): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'gold.retire')
    const key = { workspaceId: workspaceOf(ctx), id: of.taskId }
    const gold = await readGold(tx, key)
    found(gold?.campaign_id === of.campaignId ? gold : undefined, 'gold')
    const { numUpdatedRows } = await retire(tx, key, ctx.deps.clock.now())
    if (numUpdatedRows === 0n) return recordNothing(tx)
    await record(tx, ctx, 'gold.retire', { subject: { kind: 'task', id: of.taskId }, ...of })
  })
}
