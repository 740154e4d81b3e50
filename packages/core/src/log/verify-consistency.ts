import { verifySubtreeConsistency } from './verify-subtree.ts'

export type ConsistencyClaim = {
  size1: number
  size2: number
  root1: Uint8Array
  root2: Uint8Array
  proof: readonly Uint8Array[]
}

/**
 * Whether the log of `size2` entries with `root2` begins with the log of `size1` entries with `root1`
 * (RFC 9162 §2.1.4.2). Never at size 0: an empty log says nothing, so nothing may be built on it.
 */
export function verifyConsistency({ size1, size2, ...claim }: ConsistencyClaim): boolean {
  if (size1 === 0) return false
  return verifySubtreeConsistency({ ...claim, start: 0, end: size1, size: size2 })
}
