import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { campaignRoutes, mediaPaths, mediaRoutes, reviewRoutes } from '@chiron/contract'
import type { Hand, Redaction } from '@chiron/core/sight'
import { ffmpegPath } from '@chiron/formats/node'
import { notesBox } from '@chiron/formats/notes'
import { expect, test } from 'vitest'
import { read, tidy } from '../../../platform/tx.ts'
import {
  agree,
  claim,
  goodClip,
  HAND_CLIP,
  ok,
  openLoop,
  ownSubmission,
  submitted,
  takeAnswer,
  uploaded,
  writeBytes,
} from '../../../testing/loop.ts'
import { testChiron } from '../../../testing.ts'
import { eraseEpisode } from '../erase-episode.ts'
import { readEpisode, updateEpisode } from '../store.ts'

const FACES = path.resolve(HAND_CLIP, '../../faces/human_group-2.jpg')
const skips = existsSync(FACES) && existsSync(HAND_CLIP) ? '' : `${FACES} or ${HAND_CLIP} is not here`
if (skips) process.stderr.write(`Faces that get past the phone are not tried: ${skips}.\n`)
const onFootage = test.skipIf(skips !== '')

const chiron = await testChiron()
const loop = await openLoop(chiron)
const { lab } = loop
const campaignId = await loop.demonstrate({ quota: 50 })

const redaction: Redaction = {
  tool: { name: 'a phone', version: '1' },
  models: ['face'],
  looksPerSecond: 5,
  minConfidence: 0.3,
  carryMs: 500,
  covers: [],
  background: 'kept',
  sound: 'dropped',
  dates: 'stripped',
  approvedAt: '2026-01-01T00:00:00.000Z',
}

/** Two seconds of a still picture or a clip, with the noise of a camera, 320 × 240. */
function clipOf(name: string, input: readonly string[], filter: string): string {
  const file = writeBytes(name, new Uint8Array())
  const shape = 'scale=320:240:force_original_aspect_ratio=increase,crop=320:240,fps=30,noise=alls=6:allf=t'
  const coding = ['-t', '2', '-vf', `${filter},${shape}`, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-an']
  execFileSync(ffmpegPath(), ['-v', 'error', '-y', ...input, ...coding, file])
  return file
}

async function sent(file: string) {
  const worker = await lab.worker()
  await agree(chiron, worker, campaignId)
  const lease = await claim(chiron, worker, campaignId)
  const upload = await uploaded(worker, lab, file)
  const answer = { ...takeAnswer(upload, chiron.deps.clock.now()), redaction }
  const { id, episodeId } = await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer })
  await chiron.drain()
  return { worker, take: await ownSubmission(chiron, worker, id), episodeId: episodeId ?? '' }
}

const statusOf = async (url: string, headers: Record<string, string>): Promise<number> =>
  (await chiron.http.inject({ method: 'GET', url, headers })).statusCode

onFootage(
  'MED-21 MED-22 a face that got past the phone is found, sent back, quarantined, and counted',
  async () => {
    const face = clipOf('face.mp4', ['-loop', '1', '-i', FACES], 'crop=iw*0.5:ih*0.35:iw*0.2:ih*0.1')
    const { worker, take, episodeId } = await sent(face)
    expect(take.state).toBe('returned')
    expect(take.reasons.map(({ code }) => code)).toContain('face-visible')
    const url = mediaPaths.episodeVideo(episodeId)
    expect(await statusOf(url, lab.headers('manager'))).toBe(200)
    for (const role of ['reviewer', 'auditor'] as const)
      expect(await statusOf(url, lab.headers(role))).toBe(403)
    expect(await statusOf(mediaPaths.ownVideo(episodeId), worker.headers)).toBe(200)
    expect(await statusOf(mediaPaths.episodePoster(episodeId), lab.headers('manager'))).toBe(404)

    const hand = clipOf('hand.mp4', ['-ss', '3', '-i', HAND_CLIP], 'null')
    const other = await sent(hand)
    expect(other.take.reasons.map(({ code }) => code)).not.toContain('face-visible')
    expect(await statusOf(mediaPaths.episodeVideo(other.episodeId), lab.headers('reviewer'))).toBe(200)

    const progress = await ok(chiron, campaignRoutes.read, {
      params: { campaignId },
      headers: lab.headers('manager'),
    })
    const figure = progress.measures.find(({ id }) => id === 'privacy')
    expect(figure).toMatchObject({ value: 0.5, n: 2 })
    const page = await ok(chiron, mediaRoutes.readEpisode, {
      params: { episodeId: other.episodeId },
      headers: lab.headers('manager'),
    })
    expect(page.redaction).toEqual(redaction)
  },
)

onFootage(
  'MED-21 REV-5 whoever made it appeals, and a manager who finds no face lifts the quarantine',
  async () => {
    const face = clipOf('face.mp4', ['-loop', '1', '-i', FACES], 'crop=iw*0.5:ih*0.35:iw*0.2:ih*0.1')
    const { worker, take, episodeId } = await sent(face)
    await ok(chiron, reviewRoutes.appeal, {
      headers: worker.headers,
      body: { id: randomUUID(), submissionId: take.id, text: 'It is a doll.' },
    })
    const queue = await ok(chiron, reviewRoutes.list, {
      headers: lab.headers('reviewer'),
      query: { campaignId },
    })
    expect(queue.items).toMatchObject([{ why: 'appeal', mayDecide: false }])
    const reviewId = queue.items[0]?.id ?? ''
    const detail = await ok(chiron, reviewRoutes.read, {
      headers: lab.headers('manager'),
      params: { reviewId },
    })
    expect(detail.mayDecide).toBe(true)
    expect(detail.episode?.quarantine?.toMs).toBeGreaterThan(0)
    const accept = (role: 'reviewer' | 'manager') =>
      chiron.call(reviewRoutes.decide, {
        headers: lab.headers(role),
        params: { reviewId },
        body: { decision: 'accept' },
      })
    const refused = await accept('reviewer')
    expect([refused.status, refused.body.code]).toEqual([403, 'quarantined'])
    expect((await accept('manager')).status).toBe(200)
    await chiron.drain()

    expect((await ownSubmission(chiron, worker, take.id)).state).toBe('accepted')
    expect(await statusOf(mediaPaths.episodeVideo(episodeId), lab.headers('reviewer'))).toBe(200)
    expect(await statusOf(mediaPaths.episodePoster(episodeId), lab.headers('reviewer'))).toBe(200)
    const after = await ok(chiron, mediaRoutes.readEpisode, {
      params: { episodeId },
      headers: lab.headers('auditor'),
    })
    expect(after).toMatchObject({ state: 'accepted', quarantine: null, faults: [] })
    const decided = after.provenance.find(({ action }) => action === 'appeal.decide')
    expect(decided?.facts).toMatchObject({ liftsQuarantine: true })
  },
)

const hand: Hand = {
  side: 'left',
  confidence: 0.9,
  points: Array.from({ length: 21 }, (_, at): [number, number, number] => [at / 30, 0.5, 0]),
}
const tool = { name: 'a detector', version: '1', model: 'lite' }
const stream = { tool, clock: 'film' as const, filmStartMs: 0, frames: [{ timeMs: 40, hands: [hand] }] }
const withNotes = (name: string, notes: unknown): string =>
  writeBytes(name, Buffer.concat([readFileSync(goodClip()), notesBox(gzipSync(JSON.stringify(notes)))]))

test('MED-20 hands behind a film are read by the team, and gone with it', async () => {
  const { episodeId, take } = await sent(withNotes('hands.mp4', { version: 1, hands: stream }))
  expect(take.state).toBe('waiting')
  const ask = (headers: Record<string, string>) =>
    chiron.call(mediaRoutes.readHands, { params: { episodeId }, headers })
  expect((await ask(lab.headers('reviewer'))).body).toEqual({ hands: stream })
  const stranger = await chiron.workspace()
  expect((await ask(stranger.headers('owner'))).status).toBe(404)
  const key = { workspaceId: lab.workspaceId, id: episodeId }
  await tidy(lab.as('owner'), (tx) => updateEpisode(tx, key, { state: 'frozen' }))
  expect((await ask(lab.headers('reviewer'))).status).toBe(410)
  await eraseEpisode(chiron.deps, key)
  const erased = await read(lab.as('owner'), (tx) => readEpisode(tx, key))
  expect(erased).toMatchObject({ state: 'erased', redaction: null, face_check: null })
})

test('MED-20 what is no stream of hands is none, and the film is taken all the same', async () => {
  const odd = [
    { version: 1, hands: { ...stream, frames: [{ timeMs: 1, hands: [{ ...hand, points: [] }] }] } },
    'text',
  ]
  for (const [at, notes] of odd.entries()) {
    const { episodeId, take } = await sent(withNotes(`odd-${at}.mp4`, notes))
    expect(take.state).toBe('waiting')
    const reply = await ok(chiron, mediaRoutes.readHands, {
      params: { episodeId },
      headers: lab.headers('reviewer'),
    })
    expect(reply).toEqual({ hands: null })
  }
})
