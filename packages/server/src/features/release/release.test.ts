import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { consentRoutes, mediaRoutes, releaseFilePath, releaseRoutes } from '@chiron/contract'
import { utf8 } from '@chiron/core/kit'
import { readParquet, readRelease } from '@chiron/formats/lerobot'
import { readMessages, readRecordings } from '@chiron/formats/mcap'
import { readFolder } from '@chiron/formats/node'
import { notesBox } from '@chiron/formats/notes'
import { PATHS, verifyRelease } from '@chiron/formats/proof'
import { expect, test } from 'vitest'
import { systemCtx } from '../../platform/context.ts'
import { read, tidy } from '../../platform/tx.ts'
import {
  agree,
  darkClip,
  film,
  goodClip,
  HAND_CLIP,
  hasHandClip,
  judge,
  makeClip,
  ok,
  openLoop,
  uploaded,
} from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { proveRecord } from '../log/index.ts'
import { takeFile } from '../media/index.ts'
import { importEpisode } from '../submission/index.ts'
import { buildRelease } from './build-release.ts'
import { createRelease } from './create-release.ts'
import { releaseFolder } from './release-folder.ts'
import { takeBuild } from './store.ts'

const chiron = await testChiron({ poolSize: 4 })
const { deps } = chiron
type Loop = Awaited<ReturnType<typeof openLoop>>
const DAY_MS = 24 * 3600 * 1000

/** A campaign whose takes are accepted by their checks alone. */
async function checkedCampaign(loop: Loop, quota = 6): Promise<string> {
  const flow = { ...loop.drafts.takes.flow, answers: null, acceptLabels: [] }
  return loop.demonstrate({ flow, quota })
}

async function filmedBy(loop: Loop, campaignId: string, file = goodClip(), durationMs = 4000) {
  const worker = await loop.lab.worker()
  const consentId = await agree(chiron, worker, campaignId)
  const take = await film(chiron, loop, { worker, campaignId, file, durationMs })
  await chiron.drain()
  return { worker, consentId, episodeId: take.episodeId ?? '' }
}

const order = ({ lab }: Loop, campaignId: string, name: string) =>
  ok(chiron, releaseRoutes.create, { headers: lab.headers('manager'), body: { campaignId, name } })
const detail = ({ lab }: Loop, releaseId: string) =>
  ok(chiron, releaseRoutes.read, { params: { releaseId }, headers: lab.headers('auditor') })
const folderOf = ({ lab }: Loop, name: string) =>
  releaseFolder(lab.as('manager'), { workspace_id: lab.workspaceId, name })
const withdraw = (worker: TestWorker, consentId: string) =>
  ok(chiron, consentRoutes.withdraw, { params: { consentId }, headers: worker.headers })

test('REL-1 REL-4 real takes become a dataset that holds, offline; a flipped byte is named', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await loop.demonstrate({ quota: 4 })
  const asking = await loop.choose({ sourceCampaignId: campaignId })
  const clips = [
    hasHandClip ? ([HAND_CLIP, 4600] as const) : ([goodClip(), 4000] as const),
    [goodClip(), 4000] as const,
  ]
  for (const [file, durationMs] of clips) await filmedBy(loop, campaignId, file, durationMs)
  const judges = [await lab.worker('A'), await lab.worker('B')]
  for (const worker of judges) {
    for (let clip = 0; clip < clips.length; clip += 1) {
      await judge(chiron, { worker, campaignId: asking, outcome: 'outcome.success' })
      await chiron.drain()
    }
  }
  const made = await order(loop, campaignId, 'first')
  expect(made).toMatchObject({ state: 'building', name: 'first', campaignId })
  await chiron.drain()
  const release = await detail(loop, made.id)
  expect(release).toMatchObject({ state: 'ready', progress: 1, episodeCount: 2, excluded: [], recalls: [] })
  expect(release.remuxedCount + release.transcodedCount).toBe(2)
  expect(release.episodes.map(({ index, label }) => [index, label])).toEqual([
    [0, 'outcome.success'],
    [1, 'outcome.success'],
  ])
  const folder = folderOf(loop, 'first')
  const verdict = await verifyRelease(readFolder(folder))
  expect(verdict.checks.filter(({ holds }) => !holds)).toEqual([])
  expect(verdict.holds).toBe(true)
  const files = await readFolder(folder).list()
  expect(release.files.map((file) => file.path)).toEqual(files.map((file) => file.path))
  expect(release.bytes).toBe(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))

  const dataset = await readRelease(readFolder(folder))
  expect(dataset.info).toMatchObject({ fps: 30, episodeCount: 2 })
  expect(dataset.episodes.map(({ columns }) => columns['label.outcome'])).toEqual([
    'outcome.success',
    'outcome.success',
  ])
  expect(Object.keys(dataset.info.features)).toContain('capture.native_seconds')
  const manifest = JSON.parse(await fs.readFile(path.join(folder, PATHS.manifest), 'utf8'))
  expect(manifest).toMatchObject({ purposes: ['Teach robots to tidy up.'], team: `Lab ${lab.slug}` })
  const [told] = release.episodes
  const provenance = JSON.parse(
    await fs.readFile(path.join(folder, PATHS.episode(told?.episodeId ?? '')), 'utf8'),
  )
  expect(provenance.log).toMatchObject({ entry: { action: 'release.add' }, facts: { workerId: null } })
  const everything = await Promise.all(
    files
      .filter(({ path: name }) => /json|md$/.test(name))
      .map(({ path: name }) => fs.readFile(path.join(folder, name), 'utf8')),
  )
  // No name and no id of a person left with it.
  const people = await read(lab.as('manager'), (tx) =>
    tx.selectFrom('enrolment').select('worker_id').execute(),
  )
  for (const { worker_id } of people) expect(everything.join()).not.toContain(worker_id)

  const victim = path.join(folder, release.files.find((file) => file.path.endsWith('.mp4'))?.path ?? '')
  const bytes = await fs.readFile(victim)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  await fs.writeFile(victim, bytes)
  const broken = await verifyRelease(readFolder(folder))
  expect(broken.holds).toBe(false)
  expect(broken.checks.filter(({ holds }) => !holds).map(({ file }) => file)).toContain(
    path.relative(folder, victim),
  )
}, 180_000)

test('REL-2 REL-3 REL-6 REL-7 WR-14 only what may leave leaves; what is withdrawn afterwards is recalled', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await checkedCampaign(loop)
  const [kept, leaving] = [await filmedBy(loop, campaignId), await filmedBy(loop, campaignId)]
  const gone = await filmedBy(loop, campaignId)
  const dark = await filmedBy(loop, campaignId, darkClip())
  await withdraw(gone.worker, gone.consentId)
  const first = await order(loop, campaignId, 'one')
  await chiron.drain()
  const one = await detail(loop, first.id)
  expect(one.episodes.map(({ episodeId }) => episodeId)).toEqual([kept.episodeId, leaving.episodeId])
  expect(Object.fromEntries(one.excluded.map(({ episodeId, why }) => [episodeId, why]))).toEqual({
    [gone.episodeId]: 'The consent to it has ended.',
    [dark.episodeId]: expect.stringMatching(/checks|came back/),
  })
  const headers = lab.headers('reviewer')
  const video = one.files.filter((file) => file.path.endsWith('.mp4'))[1]?.path ?? ''
  const get = (file: string, more: Record<string, string> = {}, of = first.id) =>
    chiron.http.inject({ url: releaseFilePath(of, file), headers: { ...headers, ...more } })
  const part = await get(video, { range: 'bytes=4-7' })
  expect([part.statusCode, part.body, part.headers['content-type']]).toEqual([206, 'ftyp', 'video/mp4'])

  await withdraw(leaving.worker, leaving.consentId)
  const closed = await get(video)
  expect([closed.statusCode, closed.json().code]).toEqual([410, 'gone'])
  await chiron.drain()
  const recalled = await detail(loop, first.id)
  expect(recalled.recalls).toMatchObject([{ episodeId: leaving.episodeId, state: 'open' }])
  expect(recalled.recalls[0]?.why).toContain('withdrawn')
  expect(recalled.episodes.map((each) => each.recalled)).toEqual([false, true])

  const second = await order(loop, campaignId, 'two')
  await chiron.drain()
  const two = await detail(loop, second.id)
  expect(two.episodes.map(({ episodeId }) => episodeId)).toEqual([kept.episodeId])
  expect(two.recalls).toEqual([])
  expect((await verifyRelease(readFolder(folderOf(loop, 'two')))).holds).toBe(true)
  const page = await ok(chiron, mediaRoutes.readEpisode, { params: { episodeId: kept.episodeId }, headers })
  expect(page.releases.map(({ name }) => name)).toEqual(['one', 'two'])
  expect(page.provenance.filter(({ action }) => action === 'release.add')).toHaveLength(2)

  // Erasing reaches our own copies; the rest of the release stays.
  deps.clock.advance(4 * DAY_MS)
  await chiron.sweepAll()
  await chiron.drain()
  expect((await get(video)).statusCode).toBe(410)
  const left = (await readFolder(folderOf(loop, 'one')).list()).map((file) => file.path)
  expect(left).not.toContain(video)
  expect(left).toContain(one.files.find((file) => file.path.endsWith('.mp4'))?.path)
}, 60_000)

test('REL-7 files go out by the names the release lists, to its own team', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await checkedCampaign(loop)
  const { worker } = await filmedBy(loop, campaignId)
  const { id } = await order(loop, campaignId, 'files')
  await chiron.drain()
  const headers = lab.headers('auditor')
  const get = (url: string, as = headers) => chiron.http.inject({ url, headers: as })
  const whole = await get(releaseFilePath(id, PATHS.manifest))
  expect([whole.statusCode, whole.json().releaseId]).toEqual([200, id])
  const secret = path.join(deps.config.home, 'secret')
  expect((await fs.stat(secret)).isFile()).toBe(true)
  for (const file of [
    '../../../secret',
    '..%2f..%2f..%2fsecret',
    '%2e%2e/%2e%2e/%2e%2e/secret',
    secret,
    '',
    'nothing.json',
    'chiron',
    '.%2FREADME.md',
  ]) {
    const reply = await get(releaseFilePath(id, file))
    expect([400, 404], file).toContain(reply.statusCode)
    expect(reply.body).not.toContain(await fs.readFile(secret, 'utf8'))
  }
  const past = await chiron.http.inject({
    url: releaseFilePath(id, 'README.md'),
    headers: { ...headers, range: 'bytes=999999-' },
  })
  expect(past.statusCode).toBe(416)
  const stranger = (await chiron.workspace()).headers('owner')
  expect((await get(releaseFilePath(id, 'README.md'), stranger)).statusCode).toBe(404)
  expect((await get(releaseFilePath(id, 'README.md'), worker.headers)).statusCode).toBe(401)
  expect((await get(releaseFilePath('not-an-id', 'README.md'))).statusCode).toBe(404)
}, 30_000)

test('REL-1 the same name gives the same release; another campaign’s is refused; an empty one says why', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await checkedCampaign(loop)
  const { id } = await order(loop, campaignId, 'empty')
  expect((await order(loop, campaignId, 'empty')).id).toBe(id)
  await chiron.drain()
  const failed = await detail(loop, id)
  expect(failed).toMatchObject({ state: 'failed', files: [], episodes: [] })
  expect(failed.failure).toContain('nothing to release yet')
  const other = await checkedCampaign(loop)
  const body = { campaignId: other, name: 'empty' }
  const taken = await chiron.call(releaseRoutes.create, { headers: lab.headers('manager'), body })
  expect(taken.body.code).toBe('conflict')
  for (const name of ['../up', 'a/b', '.hidden', 'Upper', '']) {
    const bad = await chiron.call(releaseRoutes.create, {
      headers: lab.headers('manager'),
      body: { campaignId, name },
    })
    expect(bad.status, name).toBe(400)
  }
  const auditor = await chiron.call(releaseRoutes.create, {
    headers: lab.headers('auditor'),
    body: { campaignId, name: 'x' },
  })
  expect(auditor.status).toBe(403)

  await filmedBy(loop, campaignId)
  expect((await order(loop, campaignId, 'empty')).id).toBe(id)
  await chiron.drain()
  expect(await detail(loop, id)).toMatchObject({ state: 'ready', failure: null, episodeCount: 1 })
  const list = await ok(chiron, releaseRoutes.list, { headers: lab.headers('reviewer') })
  expect(list.items.map(({ name }) => name)).toEqual(['empty'])
}, 30_000)

test('REL-2 a consent to another purpose covers nothing, imports leave under the stated rights', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const manager = lab.as('manager')
  const campaignId = await checkedCampaign(loop)
  const filmed = await filmedBy(loop, campaignId)
  const bringIn = async (origin: 'import' | 'simulated', picture: string) => {
    const file = makeClip(`${origin}.mp4`, `${picture}=size=320x240:rate=25:duration=2`)
    const upload = {
      file,
      uploadId: randomUUID(),
      purpose: 'episode',
      memberId: lab.memberId('manager'),
    } as const
    const { uploadId } = await takeFile(manager, upload)
    const id = randomUUID()
    const rights = 'Pictures made by this test alone.'
    await importEpisode(manager, { id, campaignId, uploadId, rights, origin })
    return id
  }
  const [imported, simulated] = [await bringIn('import', 'testsrc2'), await bringIn('simulated', 'testsrc')]
  await chiron.drain()
  await order(loop, campaignId, 'both')
  await chiron.drain()
  const dataset = await readRelease(readFolder(folderOf(loop, 'both')))
  expect(dataset.episodes.map(({ columns }) => columns['provenance.basis']).sort()).toEqual([
    'attested',
    'consent',
    'simulated',
  ])
  const verdict = await verifyRelease(readFolder(folderOf(loop, 'both')))
  expect(verdict.holds).toBe(true)
  expect(verdict.checks.find(({ id }) => id === 'consent')?.what).toContain(
    'statement that it holds the rights (1)',
  )
  const told = JSON.parse(
    await fs.readFile(path.join(folderOf(loop, 'both'), PATHS.episode(imported)), 'utf8'),
  )
  expect(told).toMatchObject({ workerPseudonym: 'import', deviceTier: 'import', country: null })
  expect(told).toMatchObject({ origin: 'import', basis: 'attested' })

  // Nobody can change the purpose of a published campaign; a server that lost its rule must still not export.
  await tidy(manager, async (tx) => {
    const other = { purpose: { en: 'Sell adverts.' }, recipients: { en: 'Everybody.' } }
    const { body } = await tx
      .selectFrom('campaign_terms')
      .select('body')
      .where('campaign_id', '=', campaignId)
      .executeTakeFirstOrThrow()
    const terms = { ...(body as object), ...other }
    await tx
      .insertInto('campaign_terms')
      .values({
        workspace_id: lab.workspaceId,
        campaign_id: campaignId,
        version: 2,
        body: JSON.stringify(terms),
        created_at: deps.clock.now(),
      })
      .execute()
    await tx.updateTable('campaign').set({ terms_version: 2 }).where('id', '=', campaignId).execute()
  })
  const { id } = await order(loop, campaignId, 'other')
  await chiron.drain()
  const other = await detail(loop, id)
  expect(other.state).toBe('failed')
  expect(other.excluded.map(({ episodeId }) => episodeId)).toEqual(
    expect.arrayContaining([filmed.episodeId, imported, simulated]),
  )
  expect(other.excluded[0]?.why).toContain('another purpose')
}, 30_000)

test('REL-5 a build that died leaves nothing under its name and is taken up again; only one builds', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const ctx = systemCtx(deps, 'release.build', lab.workspaceId)
  const campaignId = await checkedCampaign(loop)
  await filmedBy(loop, campaignId)
  const { id } = await createRelease(lab.as('manager'), { campaignId, name: 'killed' })
  const folder = folderOf(loop, 'killed')
  // As a killed process leaves it: the build is taken, and bytes lie about under both names.
  const now = deps.clock.now()
  const until = new Date(now.getTime() + 60_000)
  await tidy(ctx, (tx) => takeBuild(tx, { workspaceId: lab.workspaceId, id, builder: 'dead', now, until }))
  const half = path.join(path.dirname(folder), '.killed.partial-999999999')
  for (const left of [folder, half]) {
    await fs.mkdir(left, { recursive: true })
    await fs.writeFile(path.join(left, 'garbage'), 'half')
  }
  await chiron.drain()
  await chiron.sweepAll()
  expect((await detail(loop, id)).state).toBe('building')
  expect(
    (await chiron.http.inject({ url: releaseFilePath(id, 'garbage'), headers: lab.headers('owner') }))
      .statusCode,
  ).toBe(409)
  deps.clock.advance(61_000)
  await Promise.all([buildRelease(ctx, id), buildRelease(ctx, id), chiron.sweepAll()])
  expect(await detail(loop, id)).toMatchObject({ state: 'ready', episodeCount: 1 })
  expect((await verifyRelease(readFolder(folder))).holds).toBe(true)
  expect(await fs.readdir(path.dirname(folder))).toEqual(['killed'])
  await buildRelease(ctx, id)
  const records = await read(lab.as('manager'), (tx) =>
    tx.selectFrom('record').select(['id', 'action']).where('subject_id', '=', id).orderBy('id').execute(),
  )
  expect(records.map(({ action }) => action)).toEqual(['release.create', 'release.build'])
  expect((await proveRecord(lab.as('auditor'), records[1]?.id ?? '')).proofText).toContain('tlog-proof')
}, 30_000)

test('REL-3 REL-6 a consent that ends while a release is built is not in it', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const ctx = systemCtx(deps, 'release.build', lab.workspaceId)
  const campaignId = await checkedCampaign(loop)
  const takes = [
    await filmedBy(loop, campaignId),
    await filmedBy(loop, campaignId),
    await filmedBy(loop, campaignId),
  ]
  for (const [at, take] of takes.slice(0, 2).entries()) {
    const { id } = await createRelease(lab.as('manager'), { campaignId, name: `racing-${at}` })
    const building = buildRelease(ctx, id)
    // Somewhere in the middle of the build: once as it begins, once when its first episode is being written.
    if (at === 1)
      await expect
        .poll(async () => (await detail(loop, id)).progress, { interval: 5, timeout: 20_000 })
        .toBeGreaterThan(0)
    await withdraw(take.worker, take.consentId)
    await building
    await chiron.drain()
    const release = await detail(loop, id)
    expect(release.state).toBe('ready')
    const inIt = release.episodes.some(({ episodeId }) => episodeId === take.episodeId)
    const recalled = release.recalls.some(({ episodeId }) => episodeId === take.episodeId)
    expect(inIt).toBe(recalled)
  }
  expect(await uploaded(takes[2]!.worker, lab, goodClip())).toBeDefined()
}, 60_000)

test('REL-8 a release as MCAP or both is proven, recalled and erased alike', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await checkedCampaign(loop)
  const [first, leaving] = [await filmedBy(loop, campaignId), await filmedBy(loop, campaignId)]
  const orderAs = (name: string, format: 'lerobot' | 'mcap' | 'both') =>
    chiron.call(releaseRoutes.create, { headers: lab.headers('manager'), body: { campaignId, name, format } })
  const ordered = { both: await orderAs('in-both', 'both'), mcap: await orderAs('in-mcap', 'mcap') }
  await chiron.drain()
  for (const [name, formats] of [
    ['in-both', ['lerobot', 'mcap']],
    ['in-mcap', ['mcap']],
  ] as const) {
    const folder = readFolder(folderOf(loop, name))
    const verdict = await verifyRelease(folder)
    expect(verdict.checks.filter(({ holds }) => !holds)).toEqual([])
    const manifest = JSON.parse(
      await fs.readFile(path.join(folderOf(loop, name), 'chiron/manifest.json'), 'utf8'),
    )
    expect(manifest.formats).toEqual(formats)
    const [recording] = await readRecordings(folder)
    expect(recording).toMatchObject({ episodeId: first.episodeId, episodeIndex: 0 })
    expect(recording?.topics.map(({ topic }) => topic)).toEqual(['/phone/video', '/quality'])
    expect(manifest.episodes[0].videos.map((video: { format: string }) => video.format)).toEqual(formats)
  }
  const both = await detail(loop, ordered.both.body.id)
  expect(both).toMatchObject({ format: 'both', state: 'ready', episodeCount: 2 })
  expect((await orderAs('in-both', 'mcap')).body).toMatchObject({ code: 'conflict' })
  expect((await order(loop, campaignId, 'in-both')).id).toBe(ordered.both.body.id)

  const victim = path.join(folderOf(loop, 'in-mcap'), 'mcap/chunk-000/episode-001.mcap')
  const bytes = await fs.readFile(victim)
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  await fs.writeFile(victim, bytes)
  const broken = await verifyRelease(readFolder(folderOf(loop, 'in-mcap')))
  expect(broken.checks.find(({ holds }) => !holds)?.file).toBe('mcap/chunk-000/episode-001.mcap')

  await withdraw(leaving.worker, leaving.consentId)
  const url = releaseFilePath(both.id, 'mcap/chunk-000/episode-001.mcap')
  expect((await chiron.http.inject({ url, headers: lab.headers('reviewer') })).statusCode).toBe(410)
  await chiron.drain()
  deps.clock.advance(4 * DAY_MS)
  await chiron.sweepAll()
  await chiron.drain()
  for (const name of ['in-both', 'in-mcap']) {
    const left = (await readFolder(folderOf(loop, name)).list()).map((file) => file.path)
    expect(left.filter((file) => file.startsWith('mcap/'))).toEqual(['mcap/chunk-000/episode-000.mcap'])
  }
}, 60_000)

/** A clip with what the phone felt behind its pictures: fifty samples a second, from `fromMs` on. */
async function clipWithMotion(name: string, fromMs: number): Promise<string> {
  const timesMs = Array.from({ length: 250 }, (_, at) => 90_000 + fromMs + at * 20)
  const motion = {
    motion: {
      timesMs,
      acceleration: timesMs.map((timeMs) => [(timeMs - 90_000) / 1000, 9.81, 0]),
      rotationRate: timesMs.map(() => [0, 0.5, 0]),
    },
    orientation: {
      timesMs,
      quaternion: timesMs.map((_, at) => (at % 2 ? [0, 0, 0, 1] : [0, 0, 0, -1])),
      isAbsolute: false,
    },
    toCamera: { atMs: 90_000, offsetMs: 5000, driftPpm: 0, driftErrorPpm: 0, errorMs: 7, count: 200 },
    cameraStartMs: 95_000,
  }
  const file = path.join(path.dirname(goodClip()), name)
  const notes = notesBox(utf8(JSON.stringify({ version: 1, motion })))
  await fs.writeFile(file, Buffer.concat([await fs.readFile(goodClip()), notes]))
  return file
}

test('REL-9 MED-16 MED-10 what the phone felt is seen, leaves in both formats, and ends with the recording', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await checkedCampaign(loop)
  const file = await clipWithMotion('felt.mp4', -100)
  const { worker, consentId, episodeId } = await filmedBy(loop, campaignId, file)
  const headers = lab.headers('reviewer')
  const { motion } = await ok(chiron, mediaRoutes.readMotion, { params: { episodeId }, headers })
  expect(motion).toMatchObject({ sampleCount: 250, errorMs: 7 })
  expect(motion?.timesMs[5]).toBe(0)
  expect(motion?.turning[0]).toBe(0.5)
  const body = { campaignId, name: 'felt', format: 'both' as const }
  await ok(chiron, releaseRoutes.create, { headers: lab.headers('manager'), body })
  await chiron.drain()
  const folder = readFolder(folderOf(loop, 'felt'))
  expect((await verifyRelease(folder)).holds).toBe(true)
  const dataset = await readRelease(folder)
  expect(dataset.info.features).toMatchObject({
    'observation.device.acceleration': { dtype: 'float32', shape: [3] },
    'observation.device.orientation': { dtype: 'float32', shape: [4] },
  })
  const { rows } = await readParquet((await folder.open(dataset.episodes[0]!.dataPath))!)
  const times = rows.map((row) => row['capture.native_seconds'] as number)
  for (const [frame, row] of rows.entries()) {
    expect((row['observation.device.acceleration'] as number[])[0]).toBeCloseTo(times[frame] as number, 4)
    expect(row['observation.device.orientation']).toEqual([0, 0, 0, -1])
  }
  const at = 'mcap/chunk-000/episode-000.mcap'
  const messages: { timeMs: number; body: unknown }[] = []
  for await (const message of readMessages(at, (await folder.open(at))!))
    if (message.topic === '/phone/motion') messages.push(message)
  expect(messages[0]).toMatchObject({ timeMs: 0, body: { sensor_ms: 90_000 } })
  expect(messages).toHaveLength(245)

  // One that felt nothing at the end: LeRobot goes without, MCAP keeps what there is.
  await filmedBy(loop, campaignId, await clipWithMotion('late.mp4', -4000))
  await ok(chiron, releaseRoutes.create, {
    headers: lab.headers('manager'),
    body: { campaignId, name: 'part', format: 'both' },
  })
  await chiron.drain()
  const part = readFolder(folderOf(loop, 'part'))
  expect(Object.keys((await readRelease(part)).info.features).join()).not.toContain('observation.device')
  const topics = (await readRecordings(part)).map((one) => one.topics.map(({ topic }) => topic))
  expect(topics.every((each) => each.includes('/phone/motion'))).toBe(true)

  const plain = await filmedBy(loop, campaignId)
  const none = await ok(chiron, mediaRoutes.readMotion, { params: { episodeId: plain.episodeId }, headers })
  expect(none.motion).toBeNull()
  await withdraw(worker, consentId)
  expect((await chiron.call(mediaRoutes.readMotion, { params: { episodeId }, headers })).status).toBe(410)
}, 90_000)
