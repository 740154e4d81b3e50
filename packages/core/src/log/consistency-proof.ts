import { assert } from '../kit/index.ts'
import { isLogNumber, type ReadHash } from './merkle.ts'
import { splitWidth, subtreeRoot } from './subtree-root.ts'

/**
 * The hashes that show the log at `size2` begins with the log at `size1` (RFC 6962 §2.1.2).
 * `size1` is from 1 to `size2`: nothing can be shown about an empty log.
 */
export function consistencyProof(size1: number, size2: number, readHash: ReadHash): Uint8Array[] {
  assert(
    isLogNumber(size1) && isLogNumber(size2) && size1 >= 1 && size1 <= size2,
    'a log is compared with an earlier one that has entries',
  )
  const proof: Uint8Array[] = []
  let start = 0
  let end = size2
  while (end !== size1) {
    const middle = start + splitWidth(end - start)
    if (size1 <= middle) {
      proof.push(subtreeRoot(middle, end, readHash))
      end = middle
    } else {
      proof.push(subtreeRoot(start, middle, readHash))
      start = middle
    }
  }
  // Starting at 0, what remains is the earlier log itself: the verifier already has its root.
  if (start > 0) proof.push(subtreeRoot(start, end, readHash))
  return proof.reverse()
}
