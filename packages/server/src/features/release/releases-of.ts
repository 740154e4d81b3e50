import type { Tx } from '../../platform/tx.ts'
import { releasesWith } from './store.ts'

/** The ready releases that hold an episode, oldest first. */
export async function releasesOf(
  tx: Tx,
  workspaceId: string,
  episodeId: string,
): Promise<{ id: string; name: string }[]> {
  const rows = await releasesWith(tx, workspaceId, episodeId)
  return rows.map(({ id, name }) => ({ id, name }))
}
