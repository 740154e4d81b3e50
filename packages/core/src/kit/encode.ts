import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { Refusal } from './refusal.ts'

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const STANDARD_CODES = Uint8Array.from(STANDARD, (letter) => letter.charCodeAt(0))
const URL_SAFE_CODES = Uint8Array.from(URL_SAFE, (letter) => letter.charCodeAt(0))
const VALUE_OF = new Map([...STANDARD].map((letter, value) => [letter.charCodeAt(0), value]))
/** Letters made at once: far below what a call takes as arguments. */
const PIECE_CHARS = 8192

/** The UTF-8 bytes of a text. A lone surrogate becomes U+FFFD, as everywhere on the web. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return utf8ToBytes(text)
}

/**
 * The text of UTF-8 bytes.
 * @throws Refusal `utf8-invalid` when they are none
 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decodeURIComponent(toHex(bytes).replace(/../g, '%$&'))
  } catch {
    throw new Refusal('utf8-invalid')
  }
}

/** Lower-case hexadecimal, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes)
}

/**
 * The bytes of a hexadecimal text of either case.
 * @throws Refusal `hex-invalid` when it has an odd length or another character
 */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) throw new Refusal('hex-invalid')
  const bytes = new Uint8Array(hex.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16)
  return bytes
}

function encode(bytes: Uint8Array, alphabet: string): string {
  const lettersOf = alphabet === STANDARD ? STANDARD_CODES : URL_SAFE_CODES
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  for (let at = 0, to = 0; at < bytes.length; at += 3, to += 4) {
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    codes[to] = lettersOf[word >> 18] as number
    codes[to + 1] = lettersOf[(word >> 12) & 63] as number
    codes[to + 2] = lettersOf[(word >> 6) & 63] as number
    codes[to + 3] = lettersOf[word & 63] as number
  }
  const lengthChars = Math.ceil((bytes.length * 4) / 3)
  let text = ''
  for (let at = 0; at < lengthChars; at += PIECE_CHARS) {
    const piece = codes.subarray(at, Math.min(at + PIECE_CHARS, lengthChars))
    text += String.fromCharCode.apply(null, piece as unknown as number[]) // spreading bytes is ten times slower
  }
  return text
}

/** Standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return encode(bytes, STANDARD) + ['', '==', '='][bytes.length % 3]
}

/** URL-safe base64 without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE)
}

/** Whether a text is standard, padded base64 in its one canonical spelling. */
export function isBase64(text: string): boolean {
  return decode(text) !== null
}

/**
 * The bytes of a standard, padded base64 text. Only the one canonical spelling is taken, so two
 * different texts never mean the same bytes.
 * @throws Refusal `base64-invalid` on anything else
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = decode(text)
  if (bytes === null) throw new Refusal('base64-invalid')
  return bytes
}

function decode(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null
  const padCount = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const digitCount = text.length - padCount
  const bytes = new Uint8Array(Math.floor((digitCount * 3) / 4))
  let word = 0
  let bitCount = 0
  let at = 0
  for (let digit = 0; digit < digitCount; digit++) {
    const value = VALUE_OF.get(text.charCodeAt(digit))
    if (value === undefined) return null
    word = ((word << 6) | value) & 0xfff
    bitCount += 6
    if (bitCount < 8) continue
    bitCount -= 8
    bytes[at++] = word >> bitCount
  }
  const spareBits = word & ((1 << bitCount) - 1)
  return spareBits === 0 ? bytes : null
}
