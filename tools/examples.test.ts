import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { jcs, utf8 } from '@chiron/core/kit'
import {
  encodeTlogProof,
  inclusionProof,
  integrate,
  leafHash,
  signCheckpoint,
  verifierKeyOf,
} from '@chiron/core/log'
import { afterAll, expect, test } from 'vitest'

const SCRIPT = path.join(import.meta.dirname, '../examples/verify-record.mjs')
const folder = mkdtempSync(path.join(tmpdir(), 'chiron-example-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const secretKey = new Uint8Array(32).fill(7)
const keyOf = (name: string) => verifierKeyOf({ name, secretKey })

/** What the server gives for one entry of a log of this size. */
function receipt(index: number, size: number) {
  const entries = Array.from({ length: size }, (_, at) => jcs({ action: 'a.b', at: `${at}` }))
  const leafHashes = entries.map((entry) => leafHash(utf8(entry)))
  const never = (): never => {
    throw new Error('a tree built from its first leaf reads nothing')
  }
  const { root, stored } = integrate({ size: 0, readHash: never, leafHashes })
  const hashes = new Map(stored.map(({ level, index: at, hash }) => [`${level}/${at}`, hash]))
  const proof = inclusionProof(index, size, (level, at) => hashes.get(`${level}/${at}`) ?? never())
  const checkpoint = signCheckpoint({ origin: 'example/log', size, root }, secretKey)
  return {
    proof: encodeTlogProof({ index, proof, checkpoint }),
    entry: entries[index]!,
    verifierKey: keyOf('example/log'),
  }
}

function run(content: object, ...more: string[]): { code: number | null; said: string } {
  const file = path.join(folder, 'proof.json')
  writeFileSync(file, JSON.stringify(content))
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, file, ...more], {
    encoding: 'utf8',
  })
  return { code: status, said: stdout + stderr }
}

test('the example script believes what core believes, at every place of small logs', () => {
  for (const [index, size] of [
    [0, 1],
    [0, 2],
    [1, 2],
    [2, 3],
    [4, 5],
    [5, 7],
    [6, 7],
    [3, 8],
    [12, 13],
  ] as const) {
    expect(run(receipt(index, size)).said).toContain(`It holds: entry ${index} of ${size}`)
  }
  expect(run(receipt(2, 5), keyOf('example/log')).code).toBe(0)
})

test('the example script refuses another entry, place, signature or key', () => {
  const good = receipt(2, 5)
  const bad = [
    { ...good, entry: good.entry.replace('2', '3') },
    { ...good, proof: good.proof.replace('index 2', 'index 3') },
    { ...good, proof: good.proof.replace('\n5\n', '\n6\n') },
    { ...good, proof: good.proof.replace(/\n[^\n]+\n\n/, '\n\n') },
    { ...good, verifierKey: good.verifierKey.replace('example', 'exampel') },
  ]
  for (const each of bad)
    expect(run(each)).toMatchObject({ code: 1, said: expect.stringContaining('It does NOT hold') })
  expect(run(good, verifierKeyOf({ name: 'example/log', secretKey: new Uint8Array(32) })).code).toBe(1)
})
