import fs from 'node:fs/promises'
import path from 'node:path'
import type { StoredBlob } from '../../platform/blobs/blobs.ts'
import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'

/** Stores a still picture, encrypted as everything is; whoever calls enters it. */
export function putPoster({ deps, workspaceId }: Ctx, jpeg: Uint8Array): Promise<StoredBlob> {
  return deps.blobs.withScratch(async (folder) => {
    const file = path.join(folder, 'poster.jpg')
    await fs.writeFile(file, jpeg, { mode: 0o600 })
    return deps.blobs.put(file, { id: newId(deps.clock), workspaceId: workspaceId ?? '' })
  })
}
