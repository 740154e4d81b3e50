import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { lockTask, putGold, setTaskState } from '../task/index.ts'
import { MAX_GOLD_USES } from './make-known-pairs.ts'

/** Sets a task aside as known, by a member's word: nobody is offered it, it only ever stands in the place of another. */
export async function keepStatedGold(
  tx: Tx,
  ctx: Ctx,
  { taskId, label, statedBy }: { taskId: string; label: string; statedBy: string },
): Promise<void> {
  const key = { workspaceId: workspaceOf(ctx), id: taskId }
  await setTaskState(tx, key, 'done', ctx.deps.clock.now())
  const task = found(await lockTask(tx, key), 'task')
  await putGold(tx, ctx.deps.clock, { task, label, source: 'stated', statedBy, useMax: MAX_GOLD_USES })
}
