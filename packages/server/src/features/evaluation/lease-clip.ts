import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import type { BlobRow } from '../media/index.ts'
import { readAsked, readPair } from '../task/index.ts'
import { streamBlob } from './read-rollouts.ts'

interface ClipOf {
  taskId: string
  /** `left` or `right` of a pair, `only` of a single rollout. */
  side: string
}

/** The picture that a task asks about, for who holds it; whose rollout it is stays untold. Refuses `not-found`. */
export function leaseClipBlob(ctx: Ctx, of: ClipOf): Promise<BlobRow> {
  return read(
    ctx,
    async (tx) => (await streamBlob(tx, ctx, found(await shown(tx, ctx, of), 'clip of this task'))).blob,
  )
}

async function shown(
  tx: Tx,
  ctx: Ctx,
  { taskId, side }: ClipOf,
): Promise<{ rolloutId: string; name: string } | undefined> {
  const key = { workspaceId: workspaceOf(ctx), id: taskId }
  if (side === 'only') {
    const asked = await readAsked(tx, key)
    return asked && { rolloutId: asked.rollout_id, name: asked.stream }
  }
  const pair = await readPair(tx, key)
  if (!pair || (side !== 'left' && side !== 'right')) return undefined
  return side === 'left'
    ? { rolloutId: pair.left_rollout_id, name: pair.left_stream }
    : { rolloutId: pair.right_rollout_id, name: pair.right_stream }
}
