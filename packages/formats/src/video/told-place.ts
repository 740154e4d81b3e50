import { Input } from 'mediabunny'
import type { ByteSource } from '../io.ts'
import { mp4Wholeness, topBoxes } from './mp4-boxes.ts'
import { mediaSource, VIDEO_FORMATS } from './probe-video.ts'

/** Tags by which cameras say where they were: ISO/IEC 14496-12 and 3GPP TS 26.244 §8.2, QuickTime, Matroska, XMP. */
const PLACE_TAG = /^(©xyz|loci)$|location|gps|coordinates/i
/** A place as ISO 6709 writes it, the names that Apple and XMP have for it, and tracks of a camera's GPS. */
const PLACE_BYTES =
  /[+-]\d{2}\.\d{2,8}[+-]\d{3}\.\d{2,8}|com\.apple\.quicktime\.location|GPS(?:Latitude|Longitude|Coordinates)|stsd[\s\S]{12}(?:gpmd|camm)/
/** The tables of an hour are about ten; what a longer film has beyond is not looked through. */
const MAX_LOOKED_BYTES = 64_000_000

/**
 * What of a film tells where it was filmed: the tag's name or the words found, null where nothing does. Pictures
 * themselves are not looked at, nor is a file that is no film.
 */
export async function toldPlace(source: ByteSource): Promise<string | null> {
  return (await placeTag(source)) ?? (await placeBytes(source))
}

async function placeTag(source: ByteSource): Promise<string | null> {
  const input = new Input({ source: mediaSource(source), formats: VIDEO_FORMATS })
  try {
    const { raw = {} } = await input.getMetadataTags()
    return Object.keys(raw).find((name) => PLACE_TAG.test(name)) ?? null
  } catch {
    return null // what cannot be read is said by whoever reads it
  } finally {
    input.dispose()
  }
}

/** Also what belongs to one track, and what no reader of tags knows: anywhere in an MP4 or MOV but in the media. */
async function placeBytes(source: ByteSource): Promise<string | null> {
  if ((await mp4Wholeness(source)) === 'not-mp4') return null
  let looked = 0
  for await (const { type, atBytes, sizeBytes } of topBoxes(source)) {
    if (type === 'mdat') continue
    looked += sizeBytes
    if (looked > MAX_LOOKED_BYTES) return null
    const bytes = await source.read(atBytes, atBytes + sizeBytes)
    const found = PLACE_BYTES.exec(latin1(bytes))
    if (found) return found[0].startsWith('stsd') ? found[0].slice(-4) : found[0]
  }
  return null
}

const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)
