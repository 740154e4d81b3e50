import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { forgetBlobs } from './store.ts'

/**
 * Destroys the keys of blobs in the caller's transaction, and gives what removes the bytes once it has committed; bytes
 * left by a server that dies in between are noise and are swept (MED-13).
 */
export async function forgetBytes(
  tx: Tx,
  ctx: Ctx,
  blobIds: readonly string[],
): Promise<() => Promise<void>> {
  const { deps, workspaceId } = ctx
  if (blobIds.length > 0) await forgetBlobs(tx, workspaceId ?? '', blobIds, deps.clock.now())
  return async () => {
    for (const id of blobIds) await deps.blobs.erase({ id, workspaceId: workspaceId ?? '' })
  }
}
