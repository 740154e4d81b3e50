import { joined, textAt, viewOf } from './pieces.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Length, type and check sum around a chunk's content. */
const AROUND_BYTES = 12
/** What the look depends on: pixels, colours, transparency, size of a pixel, pictures that move. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
)

/** See `strippedPicture`; after the PNG specification, third edition. */
export function strippedPng(file: Uint8Array): Uint8Array | null {
  if (!SIGNATURE.every((byte, at) => file[at] === byte)) return null
  const view = viewOf(file)
  const pieces = [file.subarray(0, SIGNATURE.length)]
  let at = SIGNATURE.length
  while (at + AROUND_BYTES <= file.length) {
    const end = at + AROUND_BYTES + view.getUint32(at)
    if (end > file.length) return null
    const type = textAt(file, at + 4, 4)
    if (at === SIGNATURE.length && type !== 'IHDR') return null
    if (KEPT.has(type)) pieces.push(file.subarray(at, end))
    if (type === 'IEND') return joined(pieces)
    at = end
  }
  return null
}
