import type { Ctx } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { type BlobRow, readBlob, readUpload, takeUpload, type UploadRow } from './store.ts'
import type { UploadPurpose } from './take-file.ts'

interface Wanted {
  uploadId: string
  purpose: UploadPurpose
  /** Whose it is; null for the team’s. */
  workerId: string | null
}

/**
 * Takes a finished upload for its one use, in the caller's transaction. Refuses `not-found` when it is not whole, of
 * another purpose or another's, `already-used` when it was used before.
 */
export async function useUpload(tx: Tx, ctx: Ctx, wanted: Wanted): Promise<UploadRow> {
  const { uploadId } = await finished(tx, ctx, wanted)
  const key = { workspaceId: ctx.workspaceId ?? '', id: uploadId }
  return (await takeUpload(tx, key, ctx.deps.clock.now())) ?? refuseUsed(uploadId)
}

/** The bytes of a finished upload that nobody has used yet, to look at before it is. Refuses as `useUpload` does. */
export async function waitingUpload(tx: Tx, ctx: Ctx, wanted: Wanted): Promise<BlobRow> {
  const { upload, uploadId } = await finished(tx, ctx, wanted)
  if (upload.used_at !== null) refuseUsed(uploadId)
  return found(await readBlob(tx, { workspaceId: upload.workspace_id, id: upload.blob_id }), 'upload')
}

async function finished(tx: Tx, ctx: Ctx, { uploadId, purpose, workerId }: Wanted) {
  const upload = await readUpload(tx, { workspaceId: ctx.workspaceId ?? '', id: uploadId })
  if (upload?.purpose === purpose && upload.worker_id === workerId) return { upload, uploadId }
  const message = 'This recording has not arrived whole yet. Let it finish sending, then try again.'
  return refuse('not-found', message, { what: 'upload' })
}

const refuseUsed = (uploadId: string): never =>
  refuse('already-used', 'This recording was already handed in.', { uploadId })
