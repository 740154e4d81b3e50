import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sha256, toHex } from '@chiron/core/kit'
import { strippedPicture } from '@chiron/formats/picture'
import type { StoredBlob } from '../../platform/blobs/blobs.ts'
import type { Deps } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'

/** A picture is read whole to be stripped. */
const MAX_PICTURE_BYTES = 40_000_000
const PICTURES = ['image/jpeg', 'image/png', 'image/webp']
export const EXAMPLES =
  'A brief’s example must be a picture (JPEG, PNG, WebP) or a video (MP4, MOV, WebM). Of other kinds of pictures we cannot take out where they were taken: save it as JPEG and choose that.'

/** What a brief's example may be, by its first bytes. */
export const isExample = (mime: string | null): boolean =>
  mime !== null && (mime.startsWith('video/') || PICTURES.includes(mime))

type BlobName = { id: string; workspaceId: string }
/** What lies in the store, and size and digest of what was sent: they differ where something was taken out. */
type Put = { stored: StoredBlob; bytes: number; sha256: string }

export async function putWhole({ blobs }: Deps, file: string, blob: BlobName): Promise<Put> {
  const stored = await blobs.put(file, blob)
  return { stored, bytes: stored.bytes, sha256: stored.sha256 }
}

/** A picture without what it tells beside itself (MED-25). Refuses `bad-input` where that cannot be taken out. */
export async function putStripped({ blobs }: Deps, file: string, blob: BlobName): Promise<Put> {
  const { size } = await stat(file)
  if (size > MAX_PICTURE_BYTES)
    refuse(
      'bad-input',
      `The picture is too large: at most ${MAX_PICTURE_BYTES / 1_000_000} MB. Make it smaller.`,
    )
  const sent = await readFile(file)
  const clean = strippedPicture(sent)
  if (clean === null) refuse('bad-input', 'The picture is damaged or cut off. Please choose another one.')
  const stored = await blobs.withScratch(async (folder) => {
    const cleanFile = path.join(folder, 'picture')
    await writeFile(cleanFile, clean, { mode: 0o600 })
    return blobs.put(cleanFile, blob)
  })
  return { stored, bytes: sent.length, sha256: toHex(sha256(sent)) }
}
