import { assert, sha256 } from '../kit/index.ts'

/** Bytes in every hash of the log (SHA-256). */
export const HASH_BYTE_COUNT = 32

/** More entries than any log of ours can hold; below it every index is an exact number. */
export const MAX_LOG_SIZE = 2 ** 52

/** The root of a log without entries: SHA-256 of nothing (RFC 6962 §2.1). */
export const emptyRoot: Uint8Array = sha256(new Uint8Array(0))

/**
 * Reads the hash of the complete subtree over the leaves [index · 2^level, (index + 1) · 2^level).
 * Level 0 holds the leaf hashes themselves.
 */
export type ReadHash = (level: number, index: number) => Uint8Array

/** Where a stored hash lives in the tree; see `ReadHash`. */
export type HashAddress = { level: number; index: number }

/** SHA-256(0x00 ‖ entry): the hash of one entry (RFC 6962 §2.1). */
export function leafHash(entryBytes: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entryBytes.length)
  input.set(entryBytes, 1)
  return sha256(input)
}

/** SHA-256(0x01 ‖ left ‖ right): the hash of two subtrees (RFC 6962 §2.1). Both are 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  // A hash of another length would let one tree pass for another.
  assert(
    left.length === HASH_BYTE_COUNT && right.length === HASH_BYTE_COUNT,
    'a node joins two 32-byte hashes',
  )
  const input = new Uint8Array(1 + 2 * HASH_BYTE_COUNT)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + HASH_BYTE_COUNT)
  return sha256(input)
}

/** The Merkle tree hash over leaf hashes in order (RFC 6962 §2.1). For whole trees at hand; logs grow by `integrate`. */
export function treeRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  if (leafHashes.length === 0) return emptyRoot
  // Pairing neighbours and carrying a last odd one up gives the same shape as splitting at powers of two.
  let row = leafHashes
  while (row.length > 1) {
    const above: Uint8Array[] = []
    for (let at = 0; at + 1 < row.length; at += 2) above.push(nodeHash(row[at]!, row[at + 1]!))
    if (row.length % 2 === 1) above.push(row[row.length - 1]!)
    row = above
  }
  return row[0]!
}

/** Whether two byte strings are the same. Nothing secret is compared here, so time may depend on them. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** Whether a number can be the size of a log or the place of an entry. */
export function isLogNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_LOG_SIZE
}
