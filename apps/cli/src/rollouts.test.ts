import fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { verifierKeyOf } from '@chiron/core/log'
import { signSuite } from '@chiron/core/suite'
import { makeClip } from '@chiron/formats/node/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Instance, startInstance } from '../../../tests/instance.ts'
import { chiron } from './testing.ts'

let instance: Instance
let work = ''
const here = (...args: string[]) => chiron(args, { CHIRON_HOME: instance.home })

beforeAll(async () => {
  work = await fs.mkdtemp(path.join(tmpdir(), 'chiron-cli-rollouts-'))
  instance = await startInstance()
}, 180_000)

afterAll(async () => {
  await instance.stop()
  await fs.rm(work, { recursive: true, force: true })
})

test('CLI-30 of a manifest the good lines come in, the others are told, and again nothing comes twice', async () => {
  await makeClip(path.join(work, 'clip.mp4'), { seconds: 1 })
  await fs.writeFile(path.join(work, 'joints.csv'), 'time_ms,elbow\n0,0.5\n20,0.75\n')
  await fs.writeFile(path.join(work, 'back.csv'), 'time_ms,elbow\n9,0.5\n5,0.75\n')
  const runs = path.join(work, 'runs.csv')
  await fs.writeFile(runs, 'video,trajectory,success\nclip.mp4,joints.csv,1\n,back.csv,0\n,,1\n')
  const args = ['rollouts', 'import', 'csv', runs, '--policy', 'pi@step-40k', '--world', 'sim']
  const dry = await here(...args, '--dry-run')
  expect([dry.code, dry.out]).toEqual([1, expect.stringContaining('2 of 3 can come in.')])
  const first = await here(...args)
  expect(first.out).toMatch(/✓ runs\.csv, 2 → rollout [0-9a-f-]{36}/)
  expect(first.out).toContain('✗ runs.csv, 3: back.csv: Row 3: time goes back, from 9 to 5 ms')
  expect(first.out).toContain('2 of 3 came in.')
  expect(first.code).toBe(1)
  const again = await here(...args, '--json')
  const outcomes = JSON.parse(again.out)
  expect(outcomes).toMatchObject([
    { row: 2, known: true },
    { row: 3, fault: expect.any(String) },
    { row: 4, known: true },
  ])
  expect(first.out).toContain(outcomes[0].rolloutId)
  const suite = await here(...args, '--suite', 'None@1')
  expect([suite.code, suite.err]).toEqual([2, expect.stringContaining('no suite named “None”')])
}, 60_000)

test('CLI-31 a frozen suite is verified without a server, and a changed one is not', async () => {
  const signer = { name: 'lab.example/suite/lab', secretKey: new Uint8Array(32).fill(7) }
  const id = '01938f00-0000-7000-8000-000000000001'
  const criteria = { success: { en: 'Done.' }, milestones: [], timeLimitMs: null }
  const content = { factors: [], impossible: [], scenarios: [], criteria, outcomeIds: [], failureIds: [] }
  const { envelope } = signSuite(
    {
      suiteId: id,
      name: 'Kitchen',
      version: 1,
      frozenAt: '2026-11-29T10:00:00.000Z',
      signedBy: verifierKeyOf(signer),
      ontology: { id, version: 1 },
      terms: [],
      content,
    },
    signer,
  )
  const file = path.join(work, 'kitchen.json')
  await fs.writeFile(file, envelope)
  const held = await chiron(['suite', 'verify', file])
  expect([held.code, held.out]).toEqual([0, expect.stringContaining('Kitchen, version 1')])
  expect(held.out).toContain('not who signed it')
  const pinned = await chiron(['suite', 'verify', file, '--suite-key', verifierKeyOf(signer)])
  expect(pinned.out).toContain('Trusted: the key you gave')
  await fs.writeFile(file, envelope.replace('"payload":"eyJ', '"payload":"eyK'))
  const changed = await chiron(['suite', 'verify', file])
  expect([changed.code, changed.err]).toEqual([1, expect.stringContaining('does not hold')])
  expect((await chiron(['suite', 'verify', path.join(work, 'none.json')])).code).toBe(2)
})
