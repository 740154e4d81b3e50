import { exifOrientation, orientationExif } from './exif-orientation.ts'
import { bytesOf, joined, textAt, viewOf } from './pieces.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Length, type and check sum around a chunk's content. */
const CHUNK_HEAD_BYTES = 8
const CHECK_BYTES = 4
const AROUND_BYTES = CHUNK_HEAD_BYTES + CHECK_BYTES
/** What the look depends on: pixels, colours, transparency, size of a pixel, pictures that move. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
)

/** See `strippedPicture`; after the PNG specification, third edition. */
export function strippedPng(file: Uint8Array): Uint8Array | null {
  if (!SIGNATURE.every((byte, at) => file[at] === byte)) return null
  const view = viewOf(file)
  const pieces = [file.subarray(0, SIGNATURE.length)]
  let orientation = 1
  let at = SIGNATURE.length
  while (at + AROUND_BYTES <= file.length) {
    const end = at + AROUND_BYTES + view.getUint32(at)
    if (end > file.length) return null
    const type = textAt(file, at + 4, 4)
    if (at === SIGNATURE.length && type !== 'IHDR') return null
    if (KEPT.has(type)) pieces.push(file.subarray(at, end))
    if (type === 'eXIf')
      orientation = exifOrientation(file.subarray(at + CHUNK_HEAD_BYTES, end - CHECK_BYTES)) ?? orientation
    if (type === 'IEND') return joined(orientation === 1 ? pieces : turned(pieces, orientation))
    at = end
  }
  return null
}

/** Signature and header, which way up it is, then the rest: Exif may stand anywhere but among the pixels. */
function turned([signature, header, ...rest]: Uint8Array[], orientation: number): Uint8Array[] {
  const exif = chunkOf('eXIf', orientationExif(orientation))
  return [signature, header, exif, ...rest].filter((piece) => piece !== undefined)
}

function chunkOf(type: string, content: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(content.length + AROUND_BYTES)
  const view = viewOf(chunk)
  view.setUint32(0, content.length)
  chunk.set(bytesOf(type), 4)
  chunk.set(content, CHUNK_HEAD_BYTES)
  const end = chunk.length - CHECK_BYTES
  view.setUint32(end, checkSum(chunk.subarray(4, end)))
  return chunk
}

/** CRC-32 as PNG has it (annex D), bit by bit: what it is for has a few bytes. */
function checkSum(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return ~sum >>> 0
}
