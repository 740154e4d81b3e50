import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Instance, startInstance } from '../../../tests/instance.ts'
import { chiron } from './testing.ts'

let instance: Instance
let work = ''
const here = (...args: string[]) => chiron(args, { CHIRON_HOME: instance.home })

beforeAll(async () => {
  work = await fs.mkdtemp(path.join(tmpdir(), 'chiron-cli-simulate-'))
  instance = await startInstance()
}, 180_000)

afterAll(async () => {
  await instance.stop()
  await fs.rm(work, { recursive: true, force: true })
})

test('CLI-40 runs lie in the folder, the same again runs nothing anew, another order is refused', async () => {
  const out = path.join(work, 'arena')
  const args = ['simulate', '--count', '2', '--controllers', 'good=1,poor=0', '--out', out]
  const first = await here(...args, '--json')
  expect(first.code, first.err).toBe(0)
  const { runs } = JSON.parse(first.out)
  expect(runs).toHaveLength(4)
  expect(runs[0]).toMatchObject({
    controller: 'good',
    scenario: 'pick-place-001',
    success: true,
    failure: null,
    source: { template: 'pick-place', controller: { kind: 'pick-place', skill: 1 } },
  })
  const trajectory = await fs.readFile(path.join(out, runs[0].files.trajectory), 'utf8')
  expect(trajectory.split('\n')[0]).toContain('time_ms,qpos.object.x')
  expect(trajectory.trim().split('\n')).toHaveLength(137)
  const lines = (await fs.readFile(path.join(out, 'results.csv'), 'utf8')).trim().split('\n')
  expect(lines).toHaveLength(5)
  const written = (await fs.stat(path.join(out, runs[3].files.trajectory))).mtimeMs
  const again = await here(...args)
  expect(again.out).toContain('good: 2 of 2 succeeded, progress 1.00 on average')
  expect((await fs.stat(path.join(out, runs[3].files.trajectory))).mtimeMs).toBe(written)
  const other = await here(...args, '--seed', '2')
  expect([other.code, other.err]).toEqual([2, expect.stringContaining('runs of another order')])
  // A run is played again by its own trajectory.
  const replay = `again=${path.join(out, runs[0].files.trajectory)}`
  const replayed = [
    '--count',
    '1',
    '--controllers',
    '',
    '--replay',
    replay,
    '--out',
    path.join(work, 'again'),
  ]
  expect((await here('simulate', ...replayed)).out).toContain('again: 1 of 1 succeeded')
}, 120_000)

test('CLI-41 a draft takes no rollouts; frozen, they come in once, with what they were simulated by', async () => {
  const out = path.join(work, 'sent')
  const args = [
    'simulate',
    '--count',
    '1',
    '--controllers',
    'good=1,poor=0',
    '--video',
    '--out',
    out,
    '--suite',
    'Table',
  ]
  const draft = await here(...args)
  expect(draft.out, draft.err).toContain('Table@1 is a draft with 1 scenarios')
  const sent = await here(...args, '--freeze', '--json')
  expect(sent.code, sent.err).toBe(0)
  const { rolloutIds, suiteVersion } = JSON.parse(sent.out).sent
  expect([rolloutIds.length, suiteVersion]).toEqual([2, 1])
  const again = JSON.parse((await here(...args, '--freeze', '--json')).out).sent
  expect(again.rolloutIds).toEqual(rolloutIds)
  const { url, key } = JSON.parse(await fs.readFile(path.join(instance.home, 'cli.json'), 'utf8'))
  const reply = await fetch(`${url}/api/rollouts/${rolloutIds[0]}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(await reply.json()).toMatchObject({
    world: 'sim',
    policyName: 'good',
    policyLabel: 'skill-1',
    scenarioKey: 'pick-place-001',
    success: true,
    source: { format: 'sim', sim: { template: 'pick-place', controller: { kind: 'pick-place', skill: 1 } } },
    streams: expect.arrayContaining([
      expect.objectContaining({ name: 'front', kind: 'video', sampleCount: 136 }),
      expect.objectContaining({ name: 'state', kind: 'trajectory', sampleCount: 136 }),
      expect.objectContaining({ name: 'contacts', kind: 'trajectory' }),
    ]),
  })
  // Other scenarios under the same name are the next version.
  const more = ['simulate', '--count', '2', '--controllers', 'good=1', '--out', path.join(work, 'more')]
  const next = await here(...more, '--suite', 'Table', '--freeze', '--json')
  expect(JSON.parse(next.out).sent).toMatchObject({ suiteVersion: 2 })
}, 120_000)

test('CLI-42 stopped, it keeps what is done and says how to go on; wrong use is told', async () => {
  const out = path.join(work, 'stopped')
  const main = path.join(import.meta.dirname, 'main.ts')
  const args = ['simulate', '--count', '40', '--controllers', 'good=1', '--out', out]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = once(child, 'close')
  await expect.poll(() => countIn(path.join(out, 'good')), { timeout: 60_000 }).toBeGreaterThan(0)
  child.kill('SIGINT')
  expect(await ended).toEqual([1, null])
  expect(said).toMatch(/Stopped after \d+ of 40 runs; they are kept in .*The same command goes on/)
  const words = async (...wrong: string[]) =>
    (await here('simulate', '--out', path.join(work, 'no'), ...wrong)).err
  expect(await words('--template', 'swim')).toContain(
    'there are pick-place, balance-humanoid, balance-g1, or give a file',
  )
  expect(await words('--template', 'balance-g1')).toContain('needs --robot FILE')
  expect(await words('--count', '300')).toContain('144 scenarios, not 300')
  expect(await words('--controllers', 'good=7')).toContain('a skill is a number from 0 to 1')
}, 120_000)

const EXAMPLE = path.resolve(import.meta.dirname, '../../../examples/template/heavy-things.json')

test('CLI-43 a template of one’s own comes from a file: its ranges are drawn, its rule judges, and its suite freezes', async () => {
  const out = path.join(work, 'own')
  const args = ['--count', '4', '--controllers', 'able=1', '--out', out, '--suite', 'Heavy', '--freeze']
  const done = await here('simulate', '--template', EXAMPLE, ...args, '--json')
  expect(done.code, done.err).toBe(0)
  const { runs, sent } = JSON.parse(done.out)
  expect(sent.rolloutIds).toHaveLength(4)
  const suite = JSON.parse(await fs.readFile(path.join(out, 'suite.json'), 'utf8'))
  const weightOf = (key: string) =>
    suite.scenarios.find((each: { key: string }) => each.key === key).settings.weight
  for (const { scenario, success, failure, source } of runs) {
    expect([scenario, success]).toEqual([scenario, weightOf(scenario) === 'light'])
    expect(failure).toBe(success ? null : 'failure.missed-grasp')
    expect(source.template).toBe('heavy-things')
  }
}, 120_000)

test('CLI-43 what is wrong with a template is told by place, before anything runs', async () => {
  const good = JSON.parse(await fs.readFile(EXAMPLE, 'utf8'))
  const file = path.join(work, 'wrong.json')
  await fs.copyFile(EXAMPLE.replace('.json', '.xml'), path.join(work, 'heavy-things.xml'))
  const words = async (change: (template: typeof good) => void) => {
    const template = structuredClone(good)
    change(template)
    await fs.writeFile(file, JSON.stringify(template))
    const { code, err } = await here('simulate', '--template', file, '--out', path.join(work, 'no'))
    expect(code, err).toBe(2)
    return err
  }
  expect(await words((it) => (it.factors[0].levels[0].values.mass = [0.1, 0.05]))).toContain(
    'factors[0].levels[0].values.mass: the low end of a range comes first',
  )
  expect(await words((it) => delete it.factors[0].levels[1].values.mass)).toContain(
    'mjcf: nothing says “mass”: give it in “base”, or at every level of a factor',
  )
  expect(await words((it) => (it.failures[0].unless.body = 'blok'))).toContain(
    'failures[0]: the scene has no “blok”',
  )
  expect(await words((it) => (it.failures[0].if = it.failures[0].unless))).toContain(
    'failures[0]: one condition',
  )
  expect(await words((it) => (it.factors[1].key = 'weight'))).toContain(
    'factors[1].key: “weight” is there twice',
  )
  expect(await words((it) => (it.key = 'pick-place'))).toContain('key: is a template of Chiron')
  expect(await words((it) => (it.mjcfFile = 'none.xml'))).toContain('mjcfFile: none.xml cannot be read')
  expect(await words((it) => (it.factors[0].label = {}))).toContain(
    'factors[0].label: needs words in a language',
  )
  expect(await words((it) => (it.durationMS = 3))).toContain('durationMS')
  await fs.writeFile(file, '{')
  const broken = await here('simulate', '--template', file, '--out', path.join(work, 'no'))
  expect(broken.err).toContain('is no JSON')
}, 120_000)

const countIn = async (folder: string): Promise<number> =>
  (await fs.readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).length
