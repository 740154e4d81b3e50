import fs from 'node:fs/promises'
import path from 'node:path'
import { consentRoutes, mediaPaths, mediaRoutes, submissionRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import {
  agree,
  bytesOf,
  claim,
  darkClip,
  film,
  goodClip,
  makeClip,
  ok,
  openLoop,
  ownSubmission,
  takeAnswer,
  uploaded,
  writeBytes,
} from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { episodeCore } from './episode-core.ts'
import { probeEpisode } from './probe-episode.ts'
import { readEpisode } from './store.ts'
import { takeFile } from './take-file.ts'

const chiron = await testChiron()
const loop = await openLoop(chiron)
const { lab } = loop
const campaignId = await loop.demonstrate({ quota: 50 })

async function agreed(): Promise<TestWorker & { consentId: string }> {
  const worker = await lab.worker()
  return { ...worker, consentId: await agree(chiron, worker, campaignId) }
}

const row = (id: string | null) =>
  read(lab.as('owner'), (tx) => readEpisode(tx, { workspaceId: lab.workspaceId, id: id ?? '' }))

async function filmed(file: string, durationMs = 2000) {
  const worker = await agreed()
  const take = await film(chiron, loop, { worker, campaignId, file, durationMs })
  await chiron.drain()
  return { worker, take: await ownSubmission(chiron, worker, take.id), episode: await row(take.episodeId) }
}

test('MED-6 a good take is measured, has its poster, and passes', async () => {
  const { episode, take } = await filmed(goodClip())
  expect(episode).toMatchObject({ state: 'checked', frame_count: 60, width: 320, height: 240, faults: [] })
  expect(episode?.duration_ms).toBeCloseTo(2000, 0)
  expect(episode?.signals).toHaveLength(20)
  expect(episode?.poster_id).not.toBeNull()
  expect(take.state).toBe('waiting')
})

test('MED-6 WR-13 a dark take comes back at once, with the moment', async () => {
  const { take, episode } = await filmed(darkClip())
  expect(take).toMatchObject({ state: 'returned', decidedBy: null })
  expect(take.reasons).toMatchObject([{ code: 'too-dark', momentMs: 0 }])
  expect(episode?.state).toBe('returned')
})

test('MED-6 not a video, truncated, hours long, wrong way round: each a clear fault, nothing lost', async () => {
  const whole = bytesOf(goodClip())
  const odd: [string, string, number?][] = [
    [writeBytes('letter.mp4', Buffer.from('Dear server, this is not a video at all.')), 'video-not-a-video'],
    [writeBytes('cut.mp4', whole.subarray(0, Math.floor(whole.length / 2))), 'video-truncated'],
    [makeClip('hours.mp4', 'color=gray:size=320x240:rate=1:duration=14400'), 'video-too-long'],
    [makeClip('narrow.mp4', 'testsrc2=size=200x200:rate=30:duration=2'), 'too-small'],
  ]
  for (const [file, code] of odd) {
    const { take, episode } = await filmed(file)
    expect(take.state, code).toBe('returned')
    expect(take.reasons.map((reason) => reason.code)).toContain(code)
    expect(episode?.sha256).toHaveLength(64)
  }
  const upright = await loop.demonstrate({
    quota: 2,
    config: {
      minSeconds: 1,
      maxSeconds: 30,
      camera: 'environment',
      orientation: 'portrait',
      minHeight: 240,
      fps: 30,
    },
  })
  const worker = await lab.worker()
  await agree(chiron, worker, upright)
  const sent = await film(chiron, loop, { worker, campaignId: upright })
  await chiron.drain()
  const take = await ownSubmission(chiron, worker, sent.id)
  expect(take.reasons.map(({ code }) => code)).toEqual(['wrong-rotation'])
})

test('MED-7 SUB-7 an import is noted, not judged; unreadable ones are refused', async () => {
  const ctx = lab.as('manager')
  const bring = async (file: string, id: string) => {
    const upload = await takeFile(ctx, {
      file,
      uploadId: crypto.randomUUID(),
      purpose: 'episode',
      memberId: ctx.actor.id,
    })
    const body = {
      id,
      campaignId,
      uploadId: upload.uploadId,
      rights: 'Filmed by our own team in our own lab.',
    }
    return ok(chiron, mediaRoutes.importEpisode, { headers: lab.headers('manager'), body })
  }
  const ids = [crypto.randomUUID(), crypto.randomUUID()] as const
  const dark = await bring(darkClip(), ids[0])
  expect(dark).toMatchObject({ origin: 'import', state: 'arrived', workerPseudonym: null })
  await bring(writeBytes('poem.mp4', Buffer.from('Shall I compare thee to a summer’s day')), ids[1])
  await chiron.drain()
  const noted = await row(ids[0])
  expect(noted?.state).toBe('checked')
  expect(noted?.faults).toMatchObject([{ code: 'too-dark', severity: 'notice' }])
  expect((await row(ids[1]))?.state).toBe('refused')
  // The same id again is the same episode, though its upload is spent.
  const again = await ok(chiron, mediaRoutes.importEpisode, {
    headers: lab.headers('manager'),
    body: { id: ids[0], campaignId, uploadId: 'whatever', rights: 'Filmed by our own team in our own lab.' },
  })
  expect(again.id).toBe(ids[0])
})

test('MED-8 a check that got lost is made by the sweep, once', async () => {
  const worker = await agreed()
  const take = await film(chiron, loop, { worker, campaignId })
  const id = take.episodeId ?? ''
  chiron.deps.clock.advance(10 * 60_000)
  await chiron.sweepAll()
  expect((await row(id))?.state).toBe('checked')
  await Promise.all([probeEpisode(chiron.deps, lab.workspaceId, id), chiron.drain()])
  const records = await read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('record')
      .select('id')
      .where('action', '=', 'media.probe')
      .where('subject_id', '=', id)
      .execute(),
  )
  expect(records).toHaveLength(1)
  expect((await ownSubmission(chiron, worker, take.id)).state).toBe('waiting')
})

const get = (url: string, headers: Record<string, string>) =>
  chiron.http.inject({ method: 'GET', url, headers })

test('MED-9 members, the worker and nobody else see a recording; Range is honoured', async () => {
  const { worker, episode } = await filmed(goodClip())
  const id = episode?.id ?? ''
  const bytes = bytesOf(goodClip())
  const whole = await get(mediaPaths.episodeVideo(id), lab.headers('auditor'))
  expect([whole.statusCode, whole.headers['content-type'], whole.headers['cache-control']]).toEqual([
    200,
    'video/mp4',
    'private, no-store',
  ])
  expect(whole.rawPayload.equals(bytes)).toBe(true)
  const part = await get(mediaPaths.episodeVideo(id), {
    ...lab.headers('reviewer'),
    range: 'bytes=1000-1999',
  })
  expect([part.statusCode, part.headers['content-range']]).toEqual([206, `bytes 1000-1999/${bytes.length}`])
  expect(part.rawPayload.equals(bytes.subarray(1000, 2000))).toBe(true)
  const beyond = await get(mediaPaths.episodeVideo(id), {
    ...lab.headers('reviewer'),
    range: 'bytes=99999999-',
  })
  expect(beyond.statusCode).toBe(416)
  const poster = await get(mediaPaths.ownPoster(id), worker.headers)
  expect([poster.statusCode, poster.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect((await get(mediaPaths.ownVideo(id), worker.headers)).rawPayload.equals(bytes)).toBe(true)
  const stranger = await agreed()
  expect((await get(mediaPaths.ownVideo(id), stranger.headers)).statusCode).toBe(404)
  const rival = await chiron.workspace()
  expect((await get(mediaPaths.episodeVideo(id), rival.headers('owner'))).statusCode).toBe(404)
  expect((await get(mediaPaths.episodeVideo(id), worker.headers)).statusCode).toBe(401)
  expect(
    (await get(mediaPaths.briefMedia(loop.exampleMediaId), worker.headers)).headers['content-type'],
  ).toBe('image/png')
  const outsider = await rival.worker()
  expect((await get(mediaPaths.briefMedia(loop.exampleMediaId), outsider.headers)).statusCode).toBe(404)
})

test('MED-5 an upload is used once, by its owner alone', async () => {
  const worker = await agreed()
  const upload = await uploaded(worker, lab, goodClip())
  const answer = takeAnswer(upload, chiron.deps.clock.now())
  const send = async (sender: TestWorker) => {
    const lease = await claim(chiron, sender, campaignId)
    const body = { id: crypto.randomUUID(), leaseId: lease?.id, answer, activeMs: 1 }
    return (await chiron.call(submissionRoutes.submit, { headers: sender.headers, body })).body.code
  }
  expect(await send(await agreed())).toBe('not-found')
  expect(await send(worker)).toBeUndefined()
  expect(await send(worker)).toBe('already-used')
})

test('MED-10 MED-11 VRD-7 an ended consent blinds every read at once, then freezes, then destroys', async () => {
  const { worker, episode, take } = await filmed(goodClip())
  const id = episode?.id ?? ''
  const other = await filmed(goodClip())
  await ok(chiron, consentRoutes.withdraw, {
    headers: worker.headers,
    params: { consentId: worker.consentId },
  })
  // No job has run: the row still says `checked`.
  expect((await row(id))?.state).toBe('checked')
  for (const url of [mediaPaths.episodeVideo(id), mediaPaths.episodePoster(id)])
    expect((await get(url, lab.headers('owner'))).statusCode).toBe(410)
  expect((await get(mediaPaths.ownVideo(id), worker.headers)).statusCode).toBe(410)
  const owner = lab.as('owner')
  const core = await read(owner, (tx) => episodeCore(tx, owner, { workspaceId: lab.workspaceId, id }))
  expect(core).toMatchObject({ state: 'frozen', signals: [], probe: null, consent: { state: 'withdrawn' } })
  const listed = await ok(chiron, mediaRoutes.listEpisodes, {
    headers: lab.headers('owner'),
    query: { campaignId },
  })
  expect(listed.items.find((item) => item.id === id)?.state).toBe('frozen')
  await chiron.drain()
  expect((await row(id))?.state).toBe('frozen')
  // It had passed its checks: paid all the same (WR-24), though nobody can see it any more.
  expect((await ownSubmission(chiron, worker, take.id)).state).toBe('accepted')
  await chiron.sweepAll()
  expect((await row(id))?.state).toBe('frozen')
  chiron.deps.clock.advance(25 * 3600 * 1000)
  await chiron.sweepAll()
  const gone = await row(id)
  expect(gone).toMatchObject({ state: 'erased', probe: null, signals: [], device: {}, poster_id: null })
  const blob = await read(owner, (tx) =>
    tx
      .selectFrom('blob')
      .selectAll()
      .where('id', '=', episode?.blob_id ?? '')
      .executeTakeFirstOrThrow(),
  )
  expect(blob.key_wrapped).toBeNull()
  const files = await fs.readdir(path.join(chiron.deps.config.home, 'blobs'), { recursive: true })
  expect(files.some((file) => file.endsWith(episode?.blob_id ?? 'none'))).toBe(false)
  expect(files.some((file) => file.endsWith(other.episode?.blob_id ?? 'none'))).toBe(true)
  expect((await get(mediaPaths.episodeVideo(id), lab.headers('owner'))).statusCode).toBe(410)
  expect((await get(mediaPaths.episodeVideo(other.episode?.id ?? ''), lab.headers('owner'))).statusCode).toBe(
    200,
  )
})
