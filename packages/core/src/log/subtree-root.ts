import { assert } from '../kit/index.ts'
import { emptyRoot, nodeHash, type ReadHash } from './merkle.ts'

/** The complete subtrees that leaves [start, end) fall into, largest first. */
function peaks(start: number, end: number): { level: number; index: number }[] {
  const found: { level: number; index: number }[] = []
  let at = start
  while (at < end) {
    let level = 0
    let width = 1
    while (width * 2 <= end - at) {
      width *= 2
      level++
    }
    assert(at % width === 0, 'a subtree starts at a multiple of its width')
    found.push({ level, index: at / width })
    at += width
  }
  return found
}

/**
 * The root over leaves [start, end) of a stored tree; `start` is a multiple of the smallest power of
 * two that is at least `end - start`. Reads at most one hash a level.
 */
export function subtreeRoot(start: number, end: number, readHash: ReadHash): Uint8Array {
  let root: Uint8Array | null = null
  for (const { level, index } of peaks(start, end).reverse()) {
    const peak = readHash(level, index)
    root = root === null ? peak : nodeHash(peak, root)
  }
  return root ?? emptyRoot
}

/** The largest power of two below `size`; `size` is at least 2. Where RFC 6962 splits a tree. */
export function splitWidth(size: number): number {
  let width = 1
  while (width * 2 < size) width *= 2
  return width
}
