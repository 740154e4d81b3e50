import { strippedJpeg } from './stripped-jpeg.ts'
import { strippedPng } from './stripped-png.ts'
import { strippedWebp } from './stripped-webp.ts'

/**
 * A JPEG, PNG or WebP file without what it tells beside the picture: where, when and with what it was made, words,
 * previews. Pixels, colour profile and which way up it is stay. Null for anything else, and for a file that does not hold
 * together.
 */
export function strippedPicture(file: Uint8Array): Uint8Array | null {
  return strippedJpeg(file) ?? strippedPng(file) ?? strippedWebp(file)
}
