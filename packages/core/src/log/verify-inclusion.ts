import { verifySubtreeInclusion } from './verify-subtree.ts'

export type InclusionClaim = {
  index: number
  size: number
  leafHash: Uint8Array
  root: Uint8Array
  proof: readonly Uint8Array[]
}

/** Whether the log of `size` entries with `root` holds `leafHash` at `index` (RFC 9162 §2.1.3.2). Never at size 0. */
export function verifyInclusion({ size, ...claim }: InclusionClaim): boolean {
  return verifySubtreeInclusion({ ...claim, start: 0, end: size })
}
