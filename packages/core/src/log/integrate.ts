import { assert } from '../kit/index.ts'
import { type HashAddress, isLogNumber, nodeHash, type ReadHash } from './merkle.ts'
import { subtreeRoot } from './subtree-root.ts'

export type StoredHash = HashAddress & { hash: Uint8Array }

export type Growth = {
  /** Entries in the log before. */
  size: number
  /** Reads what earlier calls told to store: at most one hash a level. */
  readHash: ReadHash
  /** Hashes of the new entries, in order. */
  leafHashes: readonly Uint8Array[]
}

export type Grown = {
  size: number
  root: Uint8Array
  /** Hashes of the subtrees that became complete, by level and then index. Store them before the root is signed. */
  stored: StoredHash[]
}

/** Adds leaves to a log without reading it whole: about two hashes a leaf, each written once and never changed. */
export function integrate({ size, readHash, leafHashes }: Growth): Grown {
  const newSize = size + leafHashes.length
  assert(isLogNumber(size) && isLogNumber(newSize), 'the size of a log is a whole number below its limit')
  const fresh: { first: number; hashes: Uint8Array[] }[] = [{ first: size, hashes: [...leafHashes] }]

  const read: ReadHash = (level, index) => {
    const row = fresh[level]
    return row !== undefined && index >= row.first ? row.hashes[index - row.first]! : readHash(level, index)
  }

  for (let level = 1; 2 ** level <= newSize; level++) {
    const first = Math.floor(size / 2 ** level)
    const end = Math.floor(newSize / 2 ** level)
    const hashes: Uint8Array[] = []
    for (let index = first; index < end; index++)
      hashes.push(nodeHash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1)))
    fresh.push({ first, hashes })
  }

  const stored = fresh.flatMap(({ first, hashes }, level) =>
    hashes.map((hash, at) => ({ level, index: first + at, hash })),
  )
  return { size: newSize, root: subtreeRoot(0, newSize, read), stored }
}
