import { joined, textAt, viewOf } from './pieces.ts'

const HEAD_BYTES = 12
const CHUNK_HEAD_BYTES = 8
/** Pixels, colours, transparency, pictures that move. */
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
/** Of the flags in VP8X, those that announce Exif and XMP. */
const TOLD_FLAGS = 0x08 | 0x04

/** See `strippedPicture`; after RFC 9649. */
export function strippedWebp(file: Uint8Array): Uint8Array | null {
  if (textAt(file, 0, 4) !== 'RIFF' || textAt(file, 8, 4) !== 'WEBP') return null
  const view = viewOf(file)
  const wholeEnd = CHUNK_HEAD_BYTES + view.getUint32(4, true)
  if (wholeEnd > file.length) return null
  const pieces: Uint8Array[] = []
  let hasPixels = false
  let at = HEAD_BYTES
  while (at + CHUNK_HEAD_BYTES <= wholeEnd) {
    const type = textAt(file, at, 4)
    const size = view.getUint32(at + 4, true)
    const end = at + CHUNK_HEAD_BYTES + size + (size % 2)
    if (end > wholeEnd) return null
    hasPixels ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF'
    if (KEPT.has(type))
      pieces.push(type === 'VP8X' ? withoutFlags(file.subarray(at, end)) : file.subarray(at, end))
    at = end
  }
  if (!hasPixels) return null
  const head = file.slice(0, HEAD_BYTES)
  const bytes = pieces.reduce((sum, { length }) => sum + length, 0)
  viewOf(head).setUint32(4, HEAD_BYTES - CHUNK_HEAD_BYTES + bytes, true)
  return joined([head, ...pieces])
}

function withoutFlags(chunk: Uint8Array): Uint8Array {
  const copy = chunk.slice()
  copy[CHUNK_HEAD_BYTES] = (copy[CHUNK_HEAD_BYTES] ?? 0) & ~TOLD_FLAGS
  return copy
}
