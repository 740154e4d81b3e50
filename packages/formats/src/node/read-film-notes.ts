import { gunzipSync } from 'node:zlib'
import type { ByteSource } from '../io.ts'
import { readNotesBox } from '../notes/index.ts'

/** Far more than any take's streams; a phone may have been made to harm us. */
const MAX_NOTES_TEXT_BYTES = 64 * 1024 * 1024
const GZIP = [0x1f, 0x8b]

/** What a phone put behind a film, as JSON; undefined where there is nothing, or nothing that can be read. */
export async function readFilmNotes(film: ByteSource): Promise<unknown> {
  const box = await readNotesBox(film)
  if (box === undefined) return undefined
  try {
    const isPacked = GZIP.every((byte, at) => box[at] === byte)
    const bytes = isPacked ? gunzipSync(box, { maxOutputLength: MAX_NOTES_TEXT_BYTES }) : box
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined // not ours, or damaged: the film is a film without
  }
}
