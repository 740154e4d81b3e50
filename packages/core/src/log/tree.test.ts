import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256, sortBy, toHex } from '../kit/index.ts'
import {
  consistencyProof,
  emptyRoot,
  hashesNeeded,
  inclusionProof,
  integrate,
  leafHash,
  nodeHash,
  type ReadHash,
  type StoredHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './index.ts'
import { verifySubtreeInclusion } from './verify-subtree.ts'

/** Distinct leaf hashes. */
function leaves(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, at) => leafHash(sha256(`entry ${at}`)))
}

/** A log in memory: what a table of hashes does for the server. */
function tableOf(rows: readonly StoredHash[]): { readHash: ReadHash; keys: Set<string> } {
  const hashes = new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]))
  const readHash: ReadHash = (level, index) => {
    const hash = hashes.get(`${level}/${index}`)
    if (hash === undefined) throw new Error(`nothing is stored at ${level}/${index}`)
    return hash
  }
  return { readHash, keys: new Set(hashes.keys()) }
}

function grow(batches: readonly Uint8Array[][]) {
  const rows: StoredHash[] = []
  let size = 0
  let root = emptyRoot
  for (const leafHashes of batches) {
    const grown = integrate({ size, readHash: tableOf(rows).readHash, leafHashes })
    rows.push(...grown.stored)
    size = grown.size
    root = grown.root
  }
  return { rows, size, root, ...tableOf(rows) }
}

/** RFC 6962 §2.1 word for word: the slow truth. */
function rootByDefinition(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return sha256('')
  if (hashes.length === 1) return hashes[0]!
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(rootByDefinition(hashes.slice(0, split)), rootByDefinition(hashes.slice(split)))
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice()
  const at = Math.floor(bit / 8) % copy.length
  copy[at] = copy[at]! ^ (1 << (bit % 8))
  return copy
}

const bit = fc.nat({ max: 255 })

test('LOG-1 growing in any batches gives the root and hashes of the whole tree', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 8 }), (counts) => {
      const all = leaves(counts.reduce((sum, count) => sum + count, 0))
      const ends = counts.map((_, at) => counts.slice(0, at + 1).reduce((sum, count) => sum + count, 0))
      const log = grow(counts.map((count, at) => all.slice(ends[at]! - count, ends[at])))
      expect(log.size).toBe(all.length)
      expect(toHex(log.root)).toBe(toHex(rootByDefinition(all)))
      expect(toHex(treeRoot(all))).toBe(toHex(log.root))
      expect(log.keys.size).toBe(log.rows.length)
      const atOnce = integrate({ size: 0, readHash: log.readHash, leafHashes: all }).stored
      const byAddress = sortBy(
        log.rows,
        (row) => row.level,
        (row) => row.index,
      )
      expect(byAddress).toEqual(atOnce)
    }),
    { numRuns: 60 },
  )
})

test('LOG-1 an empty log has the root of nothing and stays as it is', () => {
  expect(toHex(emptyRoot)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  const log = grow([[], leaves(3), []])
  expect([log.size, log.rows.length, toHex(log.root)]).toEqual([3, 4, toHex(treeRoot(leaves(3)))])
  expect(integrate({ size: 0, readHash: log.readHash, leafHashes: [] })).toEqual({
    size: 0,
    root: emptyRoot,
    stored: [],
  })
})

test('LOG-2 entries and nodes have their own first byte', () => {
  expect(leafHash(new Uint8Array(0))).toEqual(sha256(new Uint8Array([0])))
  expect(leafHash(new Uint8Array([7, 8]))).toEqual(sha256(new Uint8Array([0, 7, 8])))
  const [left, right] = leaves(2)
  const joined = new Uint8Array([1, ...left!, ...right!])
  expect(nodeHash(left!, right!)).toEqual(sha256(joined))
  expect(toHex(leafHash(joined.slice(1)))).not.toBe(toHex(nodeHash(left!, right!)))
  expect(() => nodeHash(left!, right!.slice(1))).toThrow('32-byte')
})

test('LOG-3 every inclusion proof up to size 70 verifies', () => {
  const all = leaves(70)
  const { readHash } = grow([all])
  for (let size = 1; size <= all.length; size++) {
    const root = treeRoot(all.slice(0, size))
    for (let index = 0; index < size; index++) {
      const proof = inclusionProof(index, size, readHash)
      expect(verifyInclusion({ index, size, leafHash: all[index]!, root, proof })).toBe(true)
    }
  }
})

test('LOG-3 an inclusion proof holds for nothing else', () => {
  const claim = fc
    .integer({ min: 2, max: 300 })
    .chain((size) =>
      fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }), bit, hashAt: fc.nat() }),
    )
  fc.assert(
    fc.property(claim, ({ size, index, bit, hashAt }) => {
      const all = leaves(size)
      const { readHash, root } = grow([all])
      const proof = inclusionProof(index, size, readHash)
      const good = { index, size, leafHash: all[index]!, root, proof }
      expect(verifyInclusion(good)).toBe(true)
      const wrongHash = proof.map((hash, at) => (at === hashAt % proof.length ? flipped(hash, bit) : hash))
      expect(verifyInclusion({ ...good, proof: wrongHash })).toBe(false)
      expect(verifyInclusion({ ...good, root: flipped(root, bit) })).toBe(false)
      expect(verifyInclusion({ ...good, leafHash: flipped(good.leafHash, bit) })).toBe(false)
      expect(verifyInclusion({ ...good, proof: proof.slice(1) })).toBe(false)
      expect(verifyInclusion({ ...good, proof: [...proof, root] })).toBe(false)
      expect(verifyInclusion({ ...good, index: (index + 1) % size })).toBe(false)
      for (const index of [size, -1, 0.5, Number.NaN, 2 ** 53])
        expect(verifyInclusion({ ...good, index })).toBe(false)
      expect(verifyInclusion({ ...good, size: 0 })).toBe(false)
    }),
    { numRuns: 60 },
  )
  expect(() => inclusionProof(3, 3, () => emptyRoot)).toThrow('inside the log')
})

test('LOG-3 a proof longer than its size allows is none, though its hashes lead to the root', () => {
  const [first, second, third, fourth] = leaves(4)
  const root = nodeHash(first!, second!)
  expect(verifyInclusion({ index: 1, size: 2, leafHash: second!, root, proof: [first!] })).toBe(true)
  expect(verifyInclusion({ index: 0, size: 1, leafHash: second!, root, proof: [first!] })).toBe(false)
  const [left, right] = [root, nodeHash(third!, fourth!)]
  const [size1, size2, root1, root2] = [1, 2, third!, nodeHash(left, right)]
  expect(verifyConsistency({ size1, size2, root1, root2, proof: [fourth!, left] })).toBe(false)
})

test('LOG-3 leaves that do not form a subtree have no root of their own', () => {
  const [, second, third] = leaves(4)
  const root = nodeHash(second!, third!)
  const claim = { index: 1, start: 1, end: 3, leafHash: second!, root, proof: [third!] }
  expect(verifySubtreeInclusion(claim)).toBe(false)
  expect(verifySubtreeInclusion({ ...claim, index: 2, start: 2, end: 4 })).toBe(true)
})

test('LOG-4 every consistency proof up to size 40 verifies', () => {
  const all = leaves(40)
  const { readHash } = grow([all])
  for (let size2 = 1; size2 <= all.length; size2++)
    for (let size1 = 1; size1 <= size2; size1++) {
      const root1 = treeRoot(all.slice(0, size1))
      const root2 = treeRoot(all.slice(0, size2))
      const proof = consistencyProof(size1, size2, readHash)
      expect(verifyConsistency({ size1, size2, root1, root2, proof })).toBe(true)
    }
})

test('LOG-4 a consistency proof holds for nothing else, and a rewritten past is found', () => {
  const claim = fc.integer({ min: 2, max: 300 }).chain((size2) =>
    fc.record({
      size2: fc.constant(size2),
      size1: fc.integer({ min: 1, max: size2 - 1 }),
      bit,
      hashAt: fc.nat(),
      rewritten: fc.nat(),
    }),
  )
  fc.assert(
    fc.property(claim, ({ size1, size2, bit, hashAt, rewritten }) => {
      const all = leaves(size2)
      const { readHash, root: root2 } = grow([all])
      const root1 = treeRoot(all.slice(0, size1))
      const proof = consistencyProof(size1, size2, readHash)
      const good = { size1, size2, root1, root2, proof }
      expect(verifyConsistency(good)).toBe(true)
      const wrongHash = proof.map((hash, at) => (at === hashAt % proof.length ? flipped(hash, bit) : hash))
      expect(verifyConsistency({ ...good, proof: wrongHash })).toBe(false)
      expect(verifyConsistency({ ...good, root1: flipped(root1, bit) })).toBe(false)
      expect(verifyConsistency({ ...good, root2: flipped(root2, bit) })).toBe(false)
      expect(verifyConsistency({ ...good, proof: [...proof, root1] })).toBe(false)
      expect(verifyConsistency({ ...good, proof: proof.slice(0, -1) })).toBe(false)
      expect(verifyConsistency({ ...good, size1: 0 })).toBe(false)

      const otherPast = all.map((hash, at) => (at === rewritten % size1 ? flipped(hash, bit) : hash))
      const other = grow([otherPast])
      const otherProof = consistencyProof(size1, size2, other.readHash)
      expect(verifyConsistency({ ...good, root2: other.root, proof: otherProof })).toBe(false)
    }),
    { numRuns: 60 },
  )
  expect(() => consistencyProof(0, 3, () => emptyRoot)).toThrow('earlier one')
})

test('LOG-5 the hashes needed are the hashes read', () => {
  const all = leaves(300)
  const { readHash, keys } = grow([all])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat({ max: 20 }), (size, place, count) => {
      const runs: ((read: ReadHash) => unknown)[] = [
        (read) => inclusionProof(place % size, size, read),
        (read) => consistencyProof((place % size) + 1, size, read),
        (read) => integrate({ size, readHash: read, leafHashes: leaves(count) }),
      ]
      for (const run of runs) {
        const needed = hashesNeeded(run)
        const read = new Set<string>()
        run((level, index) => {
          read.add(`${level}/${index}`)
          return readHash(level, index)
        })
        const addresses = needed.map(({ level, index }) => `${level}/${index}`)
        expect([...addresses].sort()).toEqual([...read].sort())
        expect(addresses.every((address) => keys.has(address))).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})
