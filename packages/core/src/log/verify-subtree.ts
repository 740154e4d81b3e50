import { emptyRoot, HASH_BYTE_COUNT, isLogNumber, nodeHash, sameBytes } from './merkle.ts'

// Both verifiers climb from a subtree's last leaf to the top with three positions at once: `first` and
// `last`, the subtree's ends, and `top`, the tree's last leaf. One step up halves each.
type Climb = { first: number; last: number; top: number }

const half = (value: number): number => Math.floor(value / 2)
const isOdd = (value: number): boolean => value % 2 === 1

function stepUp(climb: Climb): void {
  climb.first = half(climb.first)
  climb.last = half(climb.last)
  climb.top = half(climb.top)
}

/** A subtree [start, end) has a root of its own when it starts at a multiple of its width rounded up to a power of two. */
function isSubtree(start: number, end: number): boolean {
  if (!isLogNumber(start) || !isLogNumber(end) || start > end) return false
  let width = 1
  while (width < end - start) width *= 2
  return start % width === 0
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTE_COUNT)
}

type SubtreeInclusion = {
  index: number
  start: number
  end: number
  leafHash: Uint8Array
  root: Uint8Array
  proof: readonly Uint8Array[]
}

/** Whether `root`, over leaves [start, end), holds `leafHash` at `index`. RFC 9162 §2.1.3.2, seen from `start`. */
export function verifySubtreeInclusion(claim: SubtreeInclusion): boolean {
  const { index, start, end, leafHash, root, proof } = claim
  if (!isSubtree(start, end) || !isLogNumber(index) || index < start || index >= end) return false
  if (!areHashes([leafHash, root, ...proof])) return false
  const climb: Climb = { first: 0, last: index - start, top: end - 1 - start }
  let hash = leafHash
  for (const sibling of proof) {
    if (climb.top === 0) return false
    if (isOdd(climb.last) || climb.last === climb.top) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(climb.last) && climb.last > 0) stepUp(climb)
    } else hash = nodeHash(hash, sibling)
    stepUp(climb)
  }
  return climb.top === 0 && sameBytes(hash, root)
}

type SubtreeConsistency = {
  start: number
  end: number
  size: number
  /** Root over leaves [start, end). */
  root1: Uint8Array
  /** Root over leaves [0, size). */
  root2: Uint8Array
  proof: readonly Uint8Array[]
}

/**
 * Whether the subtree with `root1` is part of the tree with `root2`. With start 0 this is RFC 9162
 * §2.1.4.2; other starts follow "subtree consistency" of draft-ietf-plants-merkle-tree-certs.
 */
export function verifySubtreeConsistency(claim: SubtreeConsistency): boolean {
  const { start, end, size, root1, root2, proof } = claim
  if (!isSubtree(start, end) || !isLogNumber(size) || end > size) return false
  if (start === end) return proof.length === 0 && sameBytes(root1, emptyRoot)
  if (start === 0 && end === size) return proof.length === 0 && sameBytes(root1, root2)
  if (!areHashes([root1, root2, ...proof])) return false

  // Up to the largest complete subtree at the right edge: there both roots grow from one hash.
  const climb: Climb = { first: start, last: end - 1, top: size - 1 }
  const endsAtTop = climb.last === climb.top
  while (climb.first !== climb.last && (endsAtTop || isOdd(climb.last))) stepUp(climb)

  const siblings = [...proof]
  const seed = climb.first === climb.last ? root1 : siblings.shift()
  if (seed === undefined) return false
  const grown = growBoth(climb, seed, siblings)
  return grown !== null && sameBytes(grown.subtreeHash, root1) && sameBytes(grown.treeHash, root2)
}

/** Both roots that follow from one hash and the siblings on the way up; null when they do not end at the top. */
function growBoth(climb: Climb, seed: Uint8Array, siblings: readonly Uint8Array[]) {
  let subtreeHash = seed
  let treeHash = seed
  for (const sibling of siblings) {
    if (climb.top === 0) return null
    if (isOdd(climb.last) || climb.last === climb.top) {
      if (climb.first < climb.last) subtreeHash = nodeHash(sibling, subtreeHash)
      treeHash = nodeHash(sibling, treeHash)
      while (!isOdd(climb.last) && climb.last > 0) stepUp(climb)
    } else treeHash = nodeHash(treeHash, sibling)
    stepUp(climb)
  }
  return climb.top === 0 ? { subtreeHash, treeHash } : null
}
