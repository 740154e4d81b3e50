import fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeClip } from '@chiron/formats/node/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Instance, startInstance } from '../../../tests/instance.ts'
import { chiron } from './testing.ts'

let instance: Instance
let work = ''
const RIGHTS = ['--rights', 'Filmed by our own staff, who agreed in writing.']
const here = (...args: string[]) => chiron(args, { CHIRON_HOME: instance.home })
/** Runs with --json and gives what was printed. */
async function json(...args: string[]) {
  const { code, out, err } = await here('--json', ...args)
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

beforeAll(async () => {
  work = await fs.mkdtemp(path.join(tmpdir(), 'chiron-cli-'))
  instance = await startInstance()
}, 180_000)

afterAll(async () => {
  await instance.stop()
  await fs.rm(work, { recursive: true, force: true })
})

async function campaign(title: string): Promise<string> {
  const made = await json(
    'campaign',
    'create',
    '--template',
    'film-task',
    '--title',
    title,
    '--quota',
    '5',
    '--pay',
    '0.45',
  )
  expect(made).toMatchObject({ state: 'draft', quota: 5, title: { en: title }, terms: { payMinor: 45 } })
  return made.id
}

async function stateOf(episodeId: string): Promise<string> {
  const { url, key } = JSON.parse(await fs.readFile(path.join(instance.home, 'cli.json'), 'utf8'))
  const reply = await fetch(`${url}/api/episodes/${episodeId}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  return (await reply.json()).state
}

test('CLI-3 on the machine of the server no setting up is needed, and its key goes to no other', async () => {
  const file = path.join(instance.home, 'cli.json')
  expect((await fs.stat(file)).mode & 0o777).toBe(0o600)
  const listed = await here('campaign', 'list')
  expect(listed.code, listed.err).toBe(0)
  expect(listed.out).toMatch(/ID +KIND +STATE +ACCEPTED +PAY +TITLE\n/)
  const elsewhere = await here('campaign', 'list', '--server', 'http://127.0.0.1:1')
  expect(elsewhere.code).toBe(2)
  expect(elsewhere.err).toContain('Give --key')
})

test('CLI-1 what the server refuses ends with 3 and its own words', async () => {
  const { code, err } = await here('campaign', 'list', '--key', 'chk_of-nobody', '--json')
  expect(code).toBe(3)
  expect(JSON.parse(err)).toMatchObject({ code: 'not-signed-in', exitCode: 3 })
})

test('a campaign is made from a template, listed, published', async () => {
  const id = await campaign('Fold a towel')
  const listed = await here('campaign', 'list')
  expect(listed.out).toMatch(new RegExp(`${id} +demonstrate +draft +0/5 +0\\.45 USD +Fold a towel`))
  const wrong = await here('campaign', 'create', '--template', 'none')
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('film-task')])
  const pay = await here('campaign', 'create', '--template', 'film-task', '--pay', '0.455')
  expect([pay.code, pay.err]).toEqual([2, expect.stringContaining('--pay 0.455')])
  const published = await here('campaign', 'publish', id)
  // A template has no picture of success yet: the server says what is missing.
  expect([published.code, published.err]).toEqual([3, expect.stringMatching(/^chiron: .+/)])
})

test('CLI-10 with what success looks like a campaign is made and open in one command; if not, its draft is named', async () => {
  const clip = await makeClip(path.join(work, 'cup.mp4'), { size: '640x480', seconds: 2 })
  const create = [
    'campaign',
    'create',
    '--template',
    'film-task',
    '--quota',
    '5',
    '--pay',
    '0.45',
    '--publish',
  ]
  const open = await json(...create, '--example', clip)
  expect(open).toMatchObject({ state: 'published', exampleMediaId: expect.any(String) })
  // The title of a template is told in every language; another is not.
  expect(Object.keys(open.title)).toContain('ar')
  const bare = await here(...create, '--title', 'Fold a towel')
  const [, draftId] = /It stays as a draft: chiron campaign publish (\S+)/.exec(bare.err) ?? []
  expect([bare.code, draftId], bare.err).toEqual([3, expect.any(String)])
  const all = await json('campaign', 'list')
  const draft = all.find(({ id }: { id: string }) => id === draftId)
  expect(draft).toMatchObject({ state: 'draft', title: { en: 'Fold a towel' } })
  const text = path.join(work, 'words.txt')
  await fs.writeFile(text, 'no picture')
  const wrong = await here(...create, '--example', text)
  expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining('picture')])
  const nowhere = await here(...create, '--example', path.join(work, 'none.jpg'))
  expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('cannot be read')])
})

test('CLI-4 of a folder the good video comes in, the broken one is named, and again nothing comes twice', async () => {
  const id = await campaign('Imported')
  const folder = path.join(work, 'clips')
  await fs.mkdir(folder)
  const good = await makeClip(path.join(folder, 'good.mp4'), { size: '640x480', seconds: 4 })
  const bytes = await fs.readFile(good)
  await fs.writeFile(path.join(folder, 'broken.mp4'), bytes.subarray(0, bytes.length >> 1))
  await fs.writeFile(path.join(folder, 'empty.mp4'), '')
  await fs.writeFile(path.join(folder, 'notes.txt'), 'not a video')
  const first = await here('import', 'video', folder, '--campaign', id, ...RIGHTS)
  expect(first.out).toMatch(/✓ .*good\.mp4 → episode [0-9a-f-]{36}/)
  expect(first.out).toMatch(/✗ .*broken\.mp4: the video is damaged/)
  expect(first.out).toMatch(/✗ .*empty\.mp4: .*empty/)
  expect(first.out).toContain('1 of 3 came in.')
  expect(first.code).toBe(1)
  const again = await here('import', 'video', folder, '--campaign', id, ...RIGHTS, '--json')
  expect(again.code).toBe(1)
  const outcomes = JSON.parse(again.out)
  expect(outcomes.map(({ fault }: { fault?: string }) => fault !== undefined)).toEqual([true, true, false])
  expect(first.out).toContain(outcomes[2].episodeId)
  const nowhere = await here(
    'import',
    'video',
    folder,
    '--campaign',
    '01938f00-0000-7000-8000-000000000000',
    ...RIGHTS,
  )
  expect([nowhere.code, nowhere.out]).toEqual([3, ''])
})

test('CLI-5 an export goes into an empty place only, whole, and is verified', async () => {
  const id = await campaign('Exported')
  const clip = await makeClip(path.join(work, 'one.mp4'), { size: '640x480', seconds: 4 })
  const [{ episodeId }] = await json('import', 'video', clip, '--campaign', id, ...RIGHTS)
  const full = await here('export', id, '--name', 'towels', '--out', path.dirname(clip))
  expect([full.code, full.err]).toEqual([2, expect.stringContaining('is not empty')])
  const out = path.join(work, 'towels')
  await expect.poll(() => stateOf(episodeId), { timeout: 60_000 }).toBe('accepted')
  const done = await json('export', id, '--name', 'towels', '--out', out)
  expect(done.verdict.holds).toBe(true)
  expect(await fs.readdir(path.join(out, 'chiron', 'episodes'))).toEqual([`${episodeId}.json`])
  expect((await fs.readdir(work)).filter((name) => name.startsWith('towels'))).toEqual(['towels'])
  const mcap = path.join(work, 'as-mcap')
  const replayed = await json('export', id, '--name', 'replay', '--format', 'mcap', '--out', mcap)
  expect(replayed.verdict.holds).toBe(true)
  expect(await fs.readdir(path.join(mcap, 'mcap', 'chunk-000'))).toEqual(['episode-000.mcap'])
  const wrong = await here('export', id, '--name', 'x', '--format', 'rosbag', '--out', path.join(work, 'x'))
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('lerobot, mcap, both')])
  const taken = await here(
    'export',
    id,
    '--name',
    'towels',
    '--format',
    'both',
    '--out',
    path.join(work, 'x'),
  )
  expect([taken.code, taken.err]).toEqual([3, expect.stringContaining('ordered as lerobot')])
}, 120_000)
