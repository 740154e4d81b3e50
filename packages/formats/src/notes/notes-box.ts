import type { ByteSource } from '../io.ts'

/** Ours among the boxes that anybody may put into an MP4 (ISO/IEC 14496-12 §11.1): players skip what they do not know. */
const NOTES_ID = Uint8Array.from([
  0x9b, 0x1e, 0x4c, 0x52, 0x61, 0x0f, 0x47, 0xd3, 0xa5, 0x7c, 0x63, 0x68, 0x69, 0x72, 0x6f, 0x6e,
])
const HEAD_BYTES = 8
const WIDE_HEAD_BYTES = 16
const UUID = 0x75756964
/** Hands of ten minutes, compressed, are about three. */
export const MAX_NOTES_BYTES = 16_000_000
/** A film is a handful of boxes; a fragmented one has two a second. */
const MAX_BOXES = 5_000

/** A box with notes, to be put behind the last of a film. */
export function notesBox(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const box = new Uint8Array(HEAD_BYTES + NOTES_ID.length + content.length)
  const view = new DataView(box.buffer)
  view.setUint32(0, box.length)
  view.setUint32(4, UUID)
  box.set(NOTES_ID, HEAD_BYTES)
  box.set(content, HEAD_BYTES + NOTES_ID.length)
  return box
}

/** The notes in a film, undefined where there are none. Reads heads of boxes only, and then the notes. */
export async function readNotesBox(film: ByteSource): Promise<Uint8Array | undefined> {
  const place = await placeOfNotes(film)
  if (place === undefined || place.sizeBytes > MAX_NOTES_BYTES) return undefined
  return film.read(place.atBytes + HEAD_BYTES + NOTES_ID.length, place.atBytes + place.sizeBytes)
}

/** Where the box of notes lies, undefined where there is none: what comes before it is the film. */
export async function placeOfNotes(
  film: ByteSource,
): Promise<{ atBytes: number; sizeBytes: number } | undefined> {
  let at = 0
  for (let count = 0; count < MAX_BOXES && at + HEAD_BYTES <= film.sizeBytes; count++) {
    const head = await film.read(at, Math.min(film.sizeBytes, at + HEAD_BYTES + NOTES_ID.length))
    const size = boxBytes(head, film.sizeBytes - at)
    if (size === undefined || size > film.sizeBytes - at) return undefined
    if (isNotes(head)) return { atBytes: at, sizeBytes: size }
    at += size
  }
  return undefined
}

function boxBytes(head: Uint8Array, leftBytes: number): number | undefined {
  if (head.length < HEAD_BYTES) return undefined
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const short = view.getUint32(0)
  if (short === 0) return leftBytes
  if (short !== 1) return short >= HEAD_BYTES ? short : undefined
  return head.length >= WIDE_HEAD_BYTES ? Number(view.getBigUint64(HEAD_BYTES)) : undefined
}

function isNotes(head: Uint8Array): boolean {
  if (head.length < HEAD_BYTES + NOTES_ID.length) return false
  const type = new DataView(head.buffer, head.byteOffset).getUint32(4)
  return type === UUID && NOTES_ID.every((byte, at) => head[HEAD_BYTES + at] === byte)
}
