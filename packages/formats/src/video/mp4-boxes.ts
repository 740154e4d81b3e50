import type { ByteSource } from '../io.ts'

const MAX_TOP_BOXES = 100_000 // fragmented files have two a fragment
const CONTAINERS = new Set(['moov', 'trak', 'mdia'])
const TIMED = new Set(['mvhd', 'tkhd', 'mdhd'])

/** `no-index`: the media is there, the table of frames is not (the recording was killed before its end). */
export type Mp4Wholeness = 'not-mp4' | 'whole' | 'cut' | 'no-index'

/** Whether an MP4 or MOV file has every byte its top-level boxes announce (ISO/IEC 14496-12 §4.2). */
export async function mp4Wholeness(source: ByteSource): Promise<Mp4Wholeness> {
  let atBytes = 0
  let hasIndex = false
  for (let count = 0; atBytes < source.sizeBytes && count < MAX_TOP_BOXES; count++) {
    const head = await source.read(atBytes, Math.min(atBytes + 16, source.sizeBytes))
    if (head.length < 8) return atBytes === 0 ? 'not-mp4' : 'cut'
    const box = boxAt(head, 0)
    if (atBytes === 0 && !['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'styp'].includes(box.type)) {
      return 'not-mp4'
    }
    hasIndex ||= box.type === 'moov'
    if (box.sizeBytes === 0) break // reaches to the end of the file
    if (box.sizeBytes < 8 || atBytes + box.sizeBytes > source.sizeBytes) return 'cut'
    atBytes += box.sizeBytes
  }
  return hasIndex ? 'whole' : 'no-index'
}

/** The boxes that a file consists of, in order, as far as they are whole. */
export async function* topBoxes(
  source: ByteSource,
): AsyncGenerator<{ type: string; atBytes: number; sizeBytes: number }> {
  let atBytes = 0
  for (let count = 0; atBytes + 8 <= source.sizeBytes && count < MAX_TOP_BOXES; count++) {
    const box = boxAt(await source.read(atBytes, Math.min(atBytes + 16, source.sizeBytes)), 0)
    const sizeBytes = box.sizeBytes === 0 ? source.sizeBytes - atBytes : box.sizeBytes
    if (sizeBytes < 8 || atBytes + sizeBytes > source.sizeBytes) return
    yield { type: box.type, atBytes, sizeBytes }
    atBytes += sizeBytes
  }
}

/** Sets the creation and modification times of an MP4 to zero, in place: they tell when somebody filmed. */
export function clearMp4Times(bytes: Uint8Array): void {
  clearWithin(bytes, 0, bytes.length)
}

function clearWithin(bytes: Uint8Array, startBytes: number, endBytes: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = startBytes; at + 8 <= endBytes; ) {
    const box = boxAt(bytes, at)
    const next = box.sizeBytes === 0 ? endBytes : at + box.sizeBytes
    if (box.sizeBytes !== 0 && box.sizeBytes < 8) return
    if (CONTAINERS.has(box.type)) clearWithin(bytes, at + 8, Math.min(next, endBytes))
    if (TIMED.has(box.type)) bytes.fill(0, at + 12, at + 12 + (view.getUint8(at + 8) === 1 ? 16 : 8))
    at = next
  }
}

function boxAt(bytes: Uint8Array, at: number): { type: string; sizeBytes: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, Math.min(16, bytes.byteLength - at))
  const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
  const short = view.getUint32(0)
  const sizeBytes = short === 1 && view.byteLength >= 16 ? Number(view.getBigUint64(8)) : short
  return { type, sizeBytes }
}
