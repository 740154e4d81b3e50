import { exifOrientation, orientationExif } from './exif-orientation.ts'
import { bytesOf, joined, textAt, viewOf } from './pieces.ts'

const HEAD_BYTES = 12
const CHUNK_HEAD_BYTES = 8
/** Pixels, colours, transparency, pictures that move. */
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
/** Flags in VP8X that announce Exif and XMP. */
const EXIF_FLAG = 0x08
const XMP_FLAG = 0x04

/** See `strippedPicture`; after RFC 9649. */
export function strippedWebp(file: Uint8Array): Uint8Array | null {
  if (textAt(file, 0, 4) !== 'RIFF' || textAt(file, 8, 4) !== 'WEBP') return null
  const view = viewOf(file)
  const wholeEnd = CHUNK_HEAD_BYTES + view.getUint32(4, true)
  if (wholeEnd > file.length) return null
  const pieces: Uint8Array[] = []
  let hasPixels = false
  let orientation = 1
  let at = HEAD_BYTES
  while (at + CHUNK_HEAD_BYTES <= wholeEnd) {
    const type = textAt(file, at, 4)
    const size = view.getUint32(at + 4, true)
    const end = at + CHUNK_HEAD_BYTES + size + (size % 2)
    if (end > wholeEnd) return null
    hasPixels ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF'
    const content = file.subarray(at + CHUNK_HEAD_BYTES, at + CHUNK_HEAD_BYTES + size)
    if (type === 'EXIF') orientation = exifOrientation(content) ?? orientation
    if (KEPT.has(type)) pieces.push(file.subarray(at, end))
    at = end
  }
  if (!hasPixels) return null
  const told = orientation === 1 ? pieces : [...pieces, exifChunk(orientation)]
  const whole = joined([file.subarray(0, HEAD_BYTES), ...told])
  viewOf(whole).setUint32(4, whole.length - CHUNK_HEAD_BYTES, true)
  // The extended form announces what follows; it stands first, and only in it may Exif follow.
  if (textAt(whole, HEAD_BYTES, 4) === 'VP8X') {
    const flags = HEAD_BYTES + CHUNK_HEAD_BYTES
    whole[flags] = ((whole[flags] ?? 0) & ~(EXIF_FLAG | XMP_FLAG)) | (orientation === 1 ? 0 : EXIF_FLAG)
  }
  return whole
}

function exifChunk(orientation: number): Uint8Array {
  const exif = orientationExif(orientation)
  const chunk = new Uint8Array(CHUNK_HEAD_BYTES + exif.length)
  chunk.set(bytesOf('EXIF'))
  viewOf(chunk).setUint32(4, exif.length, true)
  chunk.set(exif, CHUNK_HEAD_BYTES)
  return chunk
}
