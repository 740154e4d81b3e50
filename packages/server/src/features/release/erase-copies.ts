import fs from 'node:fs/promises'
import path from 'node:path'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { releaseFolder } from './release-folder.ts'
import { releasesWith } from './store.ts'

/**
 * An erased recording leaves our own copies of releases too. What remains there is named by `verify` as missing, which
 * is the truth; copies elsewhere are asked back by the recall. Repeatable.
 */
export async function eraseCopies(ctx: Ctx, episodeId: string): Promise<void> {
  const workspaceId = workspaceOf(ctx)
  const releases = await read(ctx, (tx) => releasesWith(tx, workspaceId, episodeId))
  for (const { name, paths } of releases) {
    const folder = releaseFolder(ctx, { workspace_id: workspaceId, name })
    const recordings = paths.filter((file) => !file.startsWith('chiron/'))
    for (const file of recordings) await fs.rm(path.join(folder, file), { force: true })
  }
}
