import {
  bitReader,
  HIGH_PROFILES,
  skipChroma,
  skipToFrameSize,
  withoutEmulation,
} from './avc-pixel-format.ts'

const SEQUENCE_SET = 7

/**
 * Size in pixels and codec name of an H.264 stream in Annex B, from its first sequence parameter set (ITU-T H.264
 * §7.3.2.1.1); null when there is none or it makes no sense.
 */
export function avcFrameSize(bytes: Uint8Array): { width: number; height: number; codec: string } | null {
  const set = sequenceSet(bytes)
  if (set === null) return null
  try {
    return readSize(set)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function sequenceSet(bytes: Uint8Array): Uint8Array | null {
  for (let at = 0; at + 3 < bytes.length; at++) {
    const isStart = bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1
    if (isStart && ((bytes[at + 3] as number) & 31) === SEQUENCE_SET) return bytes.subarray(at + 4)
  }
  return null
}

function readSize(set: Uint8Array): { width: number; height: number; codec: string } {
  const bits = bitReader(withoutEmulation(set.subarray(0, 1000)))
  const profile = bits.fixed(8)
  const hex = [...set.subarray(0, 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  bits.fixed(16)
  bits.golomb()
  const chroma = HIGH_PROFILES.has(profile) ? skipChroma(bits) : 1
  skipToFrameSize(bits)
  const [columns, rows] = [bits.golomb() + 1, bits.golomb() + 1]
  const isFrames = bits.fixed(1)
  if (isFrames === 0) bits.fixed(1)
  bits.fixed(1)
  const crop =
    bits.fixed(1) === 1 ? [bits.golomb(), bits.golomb(), bits.golomb(), bits.golomb()] : [0, 0, 0, 0]
  const [left = 0, right = 0, top = 0, bottom = 0] = crop
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1
  const unitY = (chroma === 1 ? 2 : 1) * (2 - isFrames)
  return {
    width: columns * 16 - (left + right) * unitX,
    height: rows * 16 * (2 - isFrames) - (top + bottom) * unitY,
    codec: `avc1.${hex}`,
  }
}
