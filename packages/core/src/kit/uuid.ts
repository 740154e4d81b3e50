import { assert } from './assert.ts'
import { toHex } from './encode.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const RANDOM_BYTE_COUNT = 10
const MAX_TIME_MS = 2 ** 48 - 1

/**
 * A UUID version 7 (RFC 9562 §5.7) in lower case: 48 bits of milliseconds since 1970, then 74 of the
 * random bits. The caller brings clock and dice; `random` has at least 10 bytes.
 */
export function uuidv7(nowMs: number, random: Uint8Array): string {
  assert(Number.isInteger(nowMs) && nowMs >= 0 && nowMs <= MAX_TIME_MS, 'nowMs must be whole milliseconds')
  assert(random.length >= RANDOM_BYTE_COUNT, 'uuidv7 needs at least 10 random bytes')
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Math.floor(nowMs / 2 ** 16))
  view.setUint16(4, nowMs % 2 ** 16)
  bytes.set(random.subarray(0, RANDOM_BYTE_COUNT), 6)
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f))
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f))
  const hex = toHex(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Whether a value is a UUID of any version in its one lower-case spelling. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}
