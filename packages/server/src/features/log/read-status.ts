import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { sealNow } from './seal.ts'
import { countUnsealed, readTree, type TreeRow } from './store.ts'

/** The log as it was last signed, and how many records wait for the next sealing. */
export async function readStatus(ctx: Ctx): Promise<{ tree: TreeRow; unsealedCount: number }> {
  may(ctx, 'log.read')
  await begin(ctx)
  return read(ctx, async (tx) => ({
    tree: found(await readTree(tx, workspaceOf(ctx)), 'log'),
    unsealedCount: await countUnsealed(tx, workspaceOf(ctx)),
  }))
}

/** A workspace of this very moment has no log yet. */
export async function begin(ctx: Ctx): Promise<void> {
  const tree = await read(ctx, (tx) => readTree(tx, workspaceOf(ctx)))
  if (!tree) await sealNow(ctx)
}
