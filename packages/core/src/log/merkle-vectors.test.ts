import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { fromBase64 } from '../kit/index.ts'
import { verifyConsistency } from './verify-consistency.ts'
import { verifyInclusion } from './verify-inclusion.ts'
import { verifySubtreeConsistency, verifySubtreeInclusion } from './verify-subtree.ts'

const root = resolve(import.meta.dirname, '../../../..')
const dataFolder = resolve(root, process.env.CHIRON_DATA ?? '../shared/data')
const folder = join(dirname(dataFolder), 'vectors/merkle/testdata')
const missing = existsSync(folder) ? '' : `(no vectors at ${folder}: skipped)`

type Vector = Record<string, number> & {
  root: string
  root1: string
  root2: string
  leafHash: string
  proof: string[] | null
  wantErr: boolean
}

/** Verdicts of `verify` beside the stated ones, by file. */
function verdicts(kind: string, verify: (vector: Vector, proof: Uint8Array[]) => boolean) {
  const files = readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })
  const names = files.filter((name) => name.endsWith('.json')).sort()
  const stated: [string, boolean][] = []
  const given: [string, boolean][] = []
  for (const name of names) {
    const vector: Vector = JSON.parse(readFileSync(join(folder, kind, name), 'utf8'))
    stated.push([name, !vector.wantErr])
    given.push([name, verify(vector, (vector.proof ?? []).map(fromBase64))])
  }
  return { stated, given, acceptedCount: stated.filter(([, holds]) => holds).length }
}

test.skipIf(missing !== '')(`LOG-3 the official inclusion vectors ${missing}`, () => {
  const { stated, given, acceptedCount } = verdicts('inclusion', (vector, proof) =>
    verifyInclusion({
      index: vector.leafIdx!,
      size: vector.treeSize!,
      leafHash: fromBase64(vector.leafHash),
      root: fromBase64(vector.root),
      proof,
    }),
  )
  expect(given).toEqual(stated)
  expect([stated.length, acceptedCount]).toEqual([98, 6])
})

test.skipIf(missing !== '')(`LOG-4 the official consistency vectors ${missing}`, () => {
  const { stated, given, acceptedCount } = verdicts('consistency', (vector, proof) =>
    verifyConsistency({
      size1: vector.size1!,
      size2: vector.size2!,
      root1: fromBase64(vector.root1),
      root2: fromBase64(vector.root2),
      proof,
    }),
  )
  expect(given).toEqual(stated)
  expect([stated.length, acceptedCount]).toEqual([98, 6])
})

test.skipIf(missing !== '')(`LOG-3 the official subtree inclusion vectors ${missing}`, () => {
  const { stated, given, acceptedCount } = verdicts('subtreeinclusion', (vector, proof) =>
    verifySubtreeInclusion({
      index: vector.leafIdx!,
      start: vector.start!,
      end: vector.end!,
      leafHash: fromBase64(vector.leafHash),
      root: fromBase64(vector.root),
      proof,
    }),
  )
  expect(given).toEqual(stated)
  expect([stated.length, acceptedCount]).toEqual([204, 12])
})

test.skipIf(missing !== '')(`LOG-4 the official subtree consistency vectors ${missing}`, () => {
  const { stated, given, acceptedCount } = verdicts('subtreeconsistency', (vector, proof) =>
    verifySubtreeConsistency({
      start: vector.start!,
      end: vector.end!,
      size: vector.size!,
      root1: fromBase64(vector.root1),
      root2: fromBase64(vector.root2),
      proof,
    }),
  )
  expect(given).toEqual(stated)
  expect([stated.length, acceptedCount]).toEqual([118, 12])
})
