import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import type { BlobRow } from '../media/index.ts'
import { readPair } from '../task/index.ts'
import { streamBlob } from './read-rollouts.ts'

/** The picture on one side of a pair, for who holds it; whose rollout it is stays untold. Refuses `not-found`. */
export function pairedClipBlob(
  ctx: Ctx,
  { taskId, side }: { taskId: string; side: string },
): Promise<BlobRow> {
  if (side !== 'left' && side !== 'right') found(undefined, 'clip of this task')
  return read(ctx, async (tx) => {
    const pair = found(await readPair(tx, { workspaceId: workspaceOf(ctx), id: taskId }), 'clip of this task')
    const left = { rolloutId: pair.left_rollout_id, name: pair.left_stream }
    const right = { rolloutId: pair.right_rollout_id, name: pair.right_stream }
    return (await streamBlob(tx, ctx, side === 'left' ? left : right)).blob
  })
}
