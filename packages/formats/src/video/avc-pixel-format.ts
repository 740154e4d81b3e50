import type { PixelFormat } from './video-probe.ts'

export const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128])
const SAR_EXTENDED = 255

/**
 * The pixel format of an H.264 track, read from its decoder configuration record (ISO/IEC 14496-15
 * §5.3.3.1; sequence parameter set: ITU-T H.264 §7.3.2.1.1 and annex E). `unknown` when there is none.
 */
export function avcPixelFormat(record: Uint8Array | undefined): PixelFormat {
  if (record === undefined || record.length < 9 || record[0] !== 1) return 'unknown'
  const length = ((record[6] as number) << 8) | (record[7] as number)
  const set = record.subarray(8, 8 + length)
  if (((record[5] as number) & 31) === 0 || set.length < length || length < 4) return 'unknown'
  const bits = bitReader(withoutEmulation(set.subarray(1)))
  try {
    return readFormat(bits)
  } catch (error) {
    if (error instanceof RangeError) return 'unknown'
    throw error
  }
}

function readFormat(bits: BitReader): PixelFormat {
  const profile = bits.fixed(8)
  bits.fixed(16) // constraint flags, level
  bits.golomb() // id
  if (HIGH_PROFILES.has(profile) && !isEightBit420(bits)) return 'other'
  skipToFrameSize(bits)
  return isFullRange(bits) ? 'yuvj420p' : 'yuv420p'
}

function isEightBit420(bits: BitReader): boolean {
  const chroma = bits.golomb()
  if (chroma === 3) bits.fixed(1)
  const extraBitDepth = bits.golomb() + bits.golomb()
  if (chroma !== 1 || extraBitDepth !== 0) return false
  skipScaling(bits, chroma)
  return true
}

/** Passes what high profiles say of colour; gives how it is stored (1: 4:2:0). */
export function skipChroma(bits: BitReader): number {
  const chroma = bits.golomb()
  if (chroma === 3) bits.fixed(1)
  bits.golomb()
  bits.golomb()
  skipScaling(bits, chroma)
  return chroma
}

function skipScaling(bits: BitReader, chroma: number): void {
  bits.fixed(1)
  if (bits.fixed(1) === 0) return
  const count = chroma === 3 ? 12 : 8
  for (let list = 0; list < count; list++) skipScalingList(bits, list < 6 ? 16 : 64)
}

function skipScalingList(bits: BitReader, size: number): void {
  if (bits.fixed(1) === 0) return
  let last = 8
  for (let at = 0; at < size; at++) {
    last = (last + bits.signedGolomb() + 256) % 256
    if (last === 0) return
  }
}

export function skipToFrameSize(bits: BitReader): void {
  bits.golomb()
  const order = bits.golomb()
  if (order === 0) bits.golomb()
  if (order === 1) {
    bits.fixed(1)
    bits.golomb()
    bits.golomb()
    const count = bits.golomb()
    for (let at = 0; at < count; at++) bits.golomb()
  }
  bits.golomb()
  bits.fixed(1)
}

function isFullRange(bits: BitReader): boolean {
  bits.golomb()
  bits.golomb()
  if (bits.fixed(1) === 0) bits.fixed(1) // field coding
  bits.fixed(1)
  if (bits.fixed(1) === 1) for (let side = 0; side < 4; side++) bits.golomb()
  if (bits.fixed(1) === 0) return false // no display information
  if (bits.fixed(1) === 1 && bits.fixed(8) === SAR_EXTENDED) bits.fixed(32)
  if (bits.fixed(1) === 1) bits.fixed(1)
  if (bits.fixed(1) === 0) return false
  bits.fixed(3)
  return bits.fixed(1) === 1
}

type BitReader = {
  fixed(count: number): number
  golomb(): number
  signedGolomb(): number
}

export function bitReader(bytes: Uint8Array): BitReader {
  let at = 0
  const bit = (): number => {
    const byte = bytes[at >> 3]
    if (byte === undefined) throw new RangeError('the parameter set ends early')
    const value = (byte >> (7 - (at & 7))) & 1
    at++
    return value
  }
  const fixed = (count: number): number => {
    let value = 0
    for (let left = count; left > 0; left--) value = value * 2 + bit()
    return value
  }
  const golomb = (): number => {
    let zeros = 0
    while (bit() === 0) if (++zeros > 32) throw new RangeError('no such number')
    return 2 ** zeros - 1 + fixed(zeros)
  }
  const signedGolomb = (): number => {
    const code = golomb()
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2
  }
  return { fixed, golomb, signedGolomb }
}

export function withoutEmulation(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => !(byte === 3 && bytes[at - 1] === 0 && bytes[at - 2] === 0))
}
