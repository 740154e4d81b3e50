import { stat } from 'node:fs/promises'
import { fileSource } from '@chiron/formats/node'
import { toldPlace } from '@chiron/formats/video'
import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { refuse } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { enterBlob } from './enter-blob.ts'
import { EXAMPLES, isExample, putStripped, putWhole } from './put-file.ts'
import { sniffFile } from './sniff.ts'
import { insertBlob, insertUpload } from './store.ts'

export const UPLOAD_PURPOSES = ['episode', 'brief', 'rollout', 'embodiment'] as const
export type UploadPurpose = (typeof UPLOAD_PURPOSES)[number]
/** What a sender says it is for, if it is one of those. */
export const uploadPurpose = (text: string | null | undefined): UploadPurpose | undefined =>
  UPLOAD_PURPOSES.find((purpose) => purpose === text)

export interface PlainFile {
  file: string
  /** Id of the upload; the same id again changes nothing. */
  uploadId: string
  purpose: UploadPurpose
  /** What the sender says it is, in hex. */
  sha256?: string | undefined
  workerId?: string | null
  memberId?: string | null
}

export interface TakenFile {
  uploadId: string
  bytes: number
  sha256: string
}

/**
 * Takes a whole plain file of this machine into the encrypted store, as an upload that waits to be used.
 * A picture for a brief is stripped of all that it tells beside itself first. Refuses `not-a-video` when it is empty,
 * `bad-input` when a brief gets something that is neither a picture that can be stripped nor a video, `place-told` when a film says where it was filmed, `checksum-mismatch` when it is not what the sender announced,
 * `disk-full`.
 */
export async function takeFile(ctx: Ctx, plain: PlainFile): Promise<TakenFile> {
  const { deps, workspaceId } = ctx
  const { file, uploadId, purpose } = plain
  may(ctx, 'media.accept-upload')
  if ((await stat(file)).size === 0)
    refuse('not-a-video', 'The file is empty (0 bytes). Please choose it again.')
  const mime = await sniffFile(file)
  if (purpose === 'brief' && !isExample(mime)) refuse('bad-input', EXAMPLES)
  if (mime?.startsWith('video/')) await refuseTold(file)
  // An id of this attempt's own: of two that promote the same upload, each writes its own file.
  const blob = { id: newId(deps.clock), workspaceId: workspaceId ?? '' }
  const isPicture = purpose === 'brief' && mime?.startsWith('image/') === true
  const { stored, bytes, sha256 } = isPicture
    ? await putStripped(deps, file, blob)
    : await putWhole(deps, file, blob)
  await enterBlob(deps, blob, () => {
    if (plain.sha256 !== undefined && plain.sha256 !== sha256)
      refuse('checksum-mismatch', 'The file arrived damaged. Nothing was kept; it will be sent again.', {
        announced: plain.sha256,
        received: sha256,
      })
    return write(ctx, async (tx) => {
      const now = deps.clock.now()
      const row = {
        workspace_id: blob.workspaceId,
        id: uploadId,
        worker_id: plain.workerId ?? null,
        member_id: plain.memberId ?? null,
        purpose,
        blob_id: blob.id,
        bytes,
        sha256,
        created_at: now,
        // Briefs refer to theirs for good; recordings are used by a submission or an import.
        used_at: purpose === 'brief' ? now : null,
      }
      if (!(await insertUpload(tx, row))) {
        recordNothing(tx)
        return false
      }
      await insertBlob(tx, { stored, purpose, mime: mime ?? 'application/octet-stream', now })
      await record(tx, ctx, 'media.accept-upload', {
        subject: { kind: 'upload', id: uploadId },
        purpose,
        bytes,
        sha256,
        workerId: plain.workerId ?? null,
      })
      return true
    })
  })
  return { uploadId, bytes, sha256 }
}

/** Where somebody filmed is nobody's business: our own apps take it out, and what others send with it is not kept. */
async function refuseTold(file: string): Promise<void> {
  const told = await toldPlace(await fileSource(file))
  if (told === null) return
  const way = 'ffmpeg -i FILM -map 0:v -map_metadata -1 -c copy CLEAN.mp4'
  refuse(
    'place-told',
    `The film tells where it was filmed. Nothing was kept. Take that out, for example with: ${way}`,
  )
}
