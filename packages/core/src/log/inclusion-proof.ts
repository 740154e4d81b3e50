import { assert } from '../kit/index.ts'
import { isLogNumber, type ReadHash } from './merkle.ts'
import { splitWidth, subtreeRoot } from './subtree-root.ts'

/**
 * The hashes that lead from entry `index` to the root of the log at `size`, the leaf's sibling first
 * (RFC 6962 §2.1.1). `index` is below `size`.
 */
export function inclusionProof(index: number, size: number, readHash: ReadHash): Uint8Array[] {
  assert(isLogNumber(index) && isLogNumber(size) && index < size, 'a proof is for an entry inside the log')
  const proof: Uint8Array[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitWidth(end - start)
    if (index < middle) {
      proof.push(subtreeRoot(middle, end, readHash))
      end = middle
    } else {
      proof.push(subtreeRoot(start, middle, readHash))
      start = middle
    }
  }
  return proof.reverse()
}
