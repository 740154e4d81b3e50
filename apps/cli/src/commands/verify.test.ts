import fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openWriteFolder } from '@chiron/formats/node'
import { makeClip, makeSealedRelease } from '@chiron/formats/node/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chiron } from '../testing.ts'
import { verdictLines, verifyFolder } from './verify.ts'

let work = ''
let dataset = ''

beforeAll(async () => {
  work = await fs.mkdtemp(path.join(tmpdir(), 'chiron-cli-verify-'))
  dataset = path.join(work, 'dataset')
  const clip = await makeClip(path.join(work, 'clip.mp4'))
  const folder = await openWriteFolder(dataset)
  await makeSealedRelease(folder, [clip])
  await folder.commit()
})

afterAll(() => fs.rm(work, { recursive: true, force: true }))

test('CLI-6 a whole dataset holds, in words and as JSON', async () => {
  const { code, out } = await chiron(['verify', dataset])
  expect(out).toMatch(/^✓ /m)
  expect(out).toMatch(/\nIt holds\.\n$/)
  expect(code).toBe(0)
  const json = await chiron(['verify', '--json', dataset])
  expect(json.code).toBe(0)
  expect(JSON.parse(json.out)).toMatchObject({ holds: true, checks: expect.any(Array) })
})

test('CLI-6 one flipped byte of any file is found, and the file is named', async () => {
  const names = (await fs.readdir(dataset, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dataset, path.join(entry.parentPath, entry.name)))
  expect(names.length).toBeGreaterThan(8)
  for (const name of names) {
    const verdict = await verifyFolder(await spoiled(name), {})
    expect(verdict.holds, name).toBe(false)
    const faults = verdictLines(verdict).filter((line) => line.startsWith('✗'))
    expect(faults.join('\n')).toContain(name.split(path.sep).join('/'))
  }
})

test('CLI-1 CLI-6 a spoiled dataset ends with 1', async () => {
  const { code, out, err } = await chiron(['verify', await spoiled('meta/info.json')])
  expect(code).toBe(1)
  expect(out).toContain('✗ meta/info.json was changed')
  expect(out).toContain('It does NOT hold.')
  expect(err).toContain('does not hold')
})

async function spoiled(name: string): Promise<string> {
  const copy = path.join(work, 'spoiled')
  await fs.rm(copy, { recursive: true, force: true })
  await fs.cp(dataset, copy, { recursive: true })
  const file = path.join(copy, name)
  const bytes = await fs.readFile(file)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  await fs.writeFile(file, bytes)
  return copy
}

test('CLI-6 a key that was expected and is not the one found does not hold', async () => {
  const { code, out } = await chiron([
    'verify',
    dataset,
    '--release-key',
    'somebody.example/release+0a+AQID',
    '--json',
  ])
  expect(code).toBe(1)
  expect(JSON.parse(out).holds).toBe(false)
})
