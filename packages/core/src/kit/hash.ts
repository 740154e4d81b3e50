import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as sha256OfBytes } from '@noble/hashes/sha2.js'
import { utf8 } from './encode.ts'

/** SHA-256, 32 bytes (FIPS 180-4). A text is hashed as its UTF-8 bytes. Runs without `crypto.subtle`. */
export function sha256(input: Uint8Array | string): Uint8Array<ArrayBuffer> {
  return sha256OfBytes(typeof input === 'string' ? utf8(input) : input)
}

/** HMAC-SHA256, 32 bytes (RFC 2104). */
export function hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return hmac(sha256OfBytes, key, bytes)
}

/** SHA-256 of bytes that come piece by piece. `digest` ends it: nothing can be added afterwards. */
export type Sha256Stream = {
  add: (bytes: Uint8Array) => void
  digest: () => Uint8Array<ArrayBuffer>
}

/** Starts a SHA-256 over a file or stream too long to hold. */
export function sha256Stream(): Sha256Stream {
  const state = sha256OfBytes.create()
  return {
    add: (bytes) => {
      state.update(bytes)
    },
    digest: () => state.digest(),
  }
}
