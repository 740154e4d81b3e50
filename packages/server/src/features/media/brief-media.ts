import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { type BlobRow, readBlob, readVisibleUpload } from './store.ts'

/** The picture or clip of a brief, for members of the workspace and workers who joined it. */
export function readBriefMedia(ctx: Ctx, mediaId: string): Promise<BlobRow> {
  return read(ctx, async (tx) => found(await briefBlob(tx, mediaId), 'picture'))
}

/** What a brief's `exampleMediaId` refers to, as far as the caller may see it. */
export async function briefBlob(tx: Tx, mediaId: string): Promise<BlobRow | undefined> {
  const upload = await readVisibleUpload(tx, mediaId)
  if (upload?.purpose !== 'brief') return undefined
  return readBlob(tx, { workspaceId: upload.workspace_id, id: upload.blob_id })
}
