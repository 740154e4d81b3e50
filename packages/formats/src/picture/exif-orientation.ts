import { textAt, viewOf } from './pieces.ts'

const ORIENTATION_TAG = 0x0112
const ENTRY_BYTES = 12
const MAX_ENTRIES = 512
const NAME = 'Exif\0\0'

/**
 * Which way up a picture is (1 to 8, 1 as it stands), from its Exif: a TIFF directory, as PNG and WebP hold it, or one
 * behind the name that JPEG puts before it (some write it into WebP, too). Undefined where it says nothing of that.
 */
export function exifOrientation(exif: Uint8Array): number | undefined {
  const tiff = textAt(exif, 0, NAME.length) === NAME ? exif.subarray(NAME.length) : exif
  if (tiff.length < 8) return undefined
  const view = viewOf(tiff)
  const isLittle = textAt(tiff, 0, 2) === 'II'
  const first = view.getUint32(4, isLittle)
  if (first + 2 > tiff.length) return undefined
  const count = Math.min(MAX_ENTRIES, view.getUint16(first, isLittle))
  for (let entry = 0; entry < count; entry += 1) {
    const at = first + 2 + entry * ENTRY_BYTES
    if (at + ENTRY_BYTES > tiff.length) return undefined
    if (view.getUint16(at, isLittle) !== ORIENTATION_TAG) continue
    const value = view.getUint16(at + 8, isLittle)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

/** Exif as a TIFF directory that tells which way up the picture is, and nothing else. */
export function orientationExif(orientation: number): Uint8Array {
  const head = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8]
  // One entry: the tag, of type short, one of it, its value in the first two of four bytes; then no other directory.
  const directory = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  return Uint8Array.from([...head, ...directory])
}
