import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type Lease,
  mediaPaths,
  mediaRoutes,
  type Submission,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256OfReply } from './audit.ts'
import { ffmpegFile, makeClip, sha256Of, unlike } from './clips.ts'
import { agree, type Lab, openLab, takeAnswer, takes, type Worker } from './lab.ts'
import { pause } from './load.ts'
import { IN_WORDS, refusal } from './refusal.ts'
import { ServerProcess } from './server-process.ts'
import { beginUpload, lookAt, sendPart, sendWhole, type Target } from './tus-sender.ts'

const MAX_UPLOAD_BYTES = 8_000_000
const CLIP_MS = 800
const CHECK_MS = 90_000
const home = await mkdtemp(path.join(tmpdir(), 'chiron-bad-media-'))
const server = await ServerProcess.at({ home, env: { MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES) } })
const clip = makeClip(`testsrc2=size=320x240:rate=10:duration=${CLIP_MS / 1000}`)
let lab: Lab
let campaignId: string

beforeAll(async () => {
  await server.start()
  lab = await openLab(server, 'Bad media')
  const { answers: _answers, ...flow } = takes.flow
  const config = { ...takes.config, orientation: 'landscape' }
  // Checks alone decide here.
  const plain = { ...flow, answers: null, acceptLabels: [], review: { whenDisputed: true, sampleRatio: 0 } }
  campaignId = await lab.publish({ ...takes, config, flow: plain })
})
afterAll(async () => {
  await server.stop()
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

const target = (worker: Worker): Target => ({
  url: `${server.url}${mediaPaths.uploads}`,
  headers: worker.headers,
})
const metadataOf = (bytes: Buffer) => ({ purpose: 'episode', sha256: sha256Of(bytes), campaignId })

async function filmer(name = 'Wanda'): Promise<Worker> {
  const worker = await lab.worker(name)
  await agree(worker, campaignId)
  return worker
}

async function claimed(worker: Worker): Promise<Lease> {
  const { lease } = await worker.client.call(taskRoutes.claim, { body: { campaignId, termsVersion: 1 } })
  if (!lease) throw new Error('there is nothing left to film')
  return lease
}

const send = (
  worker: Worker,
  leaseId: string,
  answer: Record<string, unknown>,
  more: { sentAt?: string } = {},
) =>
  worker.client.call(submissionRoutes.submit, {
    body: { id: randomUUID(), leaseId, answer, activeMs: 1000, ...more },
  })

/** Uploads these bytes as a take and sends the answer of a phone that believes in them. */
async function handIn(worker: Worker, bytes: Buffer, durationMs = CLIP_MS): Promise<Submission> {
  const lease = await claimed(worker)
  const { uploadId } = await sendWhole(target(worker), { bytes, metadata: metadataOf(bytes) })
  const upload = { uploadId, sha256: sha256Of(bytes), bytes: bytes.length }
  return (await send(worker, lease.id, takeAnswer(upload, durationMs))).submission
}

async function checked(worker: Worker, submissionId: string): Promise<Submission> {
  const deadlineMs = performance.now() + CHECK_MS
  for (;;) {
    const seen = await worker.client.call(submissionRoutes.readOwn, { params: { submissionId } })
    if (seen.state !== 'checking' || performance.now() > deadlineMs) return seen
    await pause(150)
  }
}

const longFilm = () =>
  ffmpegFile(['-f', 'lavfi', '-i', 'color=gray:size=64x48:rate=1:duration=14400', ...TINY])
const TINY = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-x264-params', 'keyint=600']
const soundAlone = () => ffmpegFile(['-f', 'lavfi', '-i', 'sine=duration=1'])
const damaged = () => {
  const bytes = Buffer.from(clip)
  // The index stays whole, the pictures do not.
  const media = bytes.indexOf('mdat') + 40
  randomBytes(2000).copy(bytes, media, 0, Math.min(2000, bytes.length - media))
  return bytes
}

/** The same film with the flag “to be shown turned by 90°” (ISO/IEC 14496-12 §8.3.2, version 0 of the box). */
function turned(film: Buffer): Buffer {
  const bytes = Buffer.from(film)
  const matrix = bytes.indexOf('tkhd') + 44
  const quarterTurn = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000]
  for (const [at, value] of quarterTurn.entries()) bytes.writeInt32BE(value, matrix + 4 * at)
  return bytes
}

const NOT_TAKES: readonly [what: string, make: () => Buffer, code: RegExp][] = [
  ['text with a video’s name', () => Buffer.from('this is no video\n'.repeat(400)), /^video-not-a-video$/],
  ['random bytes', () => randomBytes(50_000), /^video-not-a-video$/],
  ['the first half of a video', () => clip.subarray(0, clip.length / 2), /^video-(truncated|not-a-video)$/],
  ['all but the last byte', () => clip.subarray(0, clip.length - 1), /^video-truncated$/],
  ['four hours of it', longFilm, /^(video-)?too-long$/],
  ['sound without a picture', soundAlone, /^video-no-track$/],
  ['pictures that are noise', damaged, /^video-(damaged|truncated|not-a-video)$/],
]

test.each(NOT_TAKES)(
  'handed in as a take: %s. It comes back at once with why, and can be filmed again',
  async (_what, make, code) => {
    const worker = await filmer()
    const sent = await handIn(worker, make())
    const seen = await checked(worker, sent.id)
    expect(seen.state).toBe('returned')
    expect(seen.faults.map((fault) => fault.code)).toEqual([expect.stringMatching(code)])
    expect(seen.reasons.map((reason) => reason.code)).toEqual(seen.faults.map((fault) => fault.code))
    const again = await worker.client.call(submissionRoutes.retake, { params: { submissionId: sent.id } })
    expect(again).toMatchObject({ taskId: sent.taskId, attempt: 2 })
    const good = unlike(clip, 10)
    const { uploadId } = await sendWhole(target(worker), { bytes: good, metadata: metadataOf(good) })
    const upload = { uploadId, sha256: sha256Of(good), bytes: good.length }
    const second = await send(worker, again.id, takeAnswer(upload, CLIP_MS))
    expect((await checked(worker, second.submission.id)).state).toBe('accepted')
  },
)

test('a rotation flag: a phone that was held the wrong way is told; a landscape film stored on its side is fine', async () => {
  const worker = await filmer()
  const wrong = await checked(worker, (await handIn(worker, turned(clip))).id)
  expect(wrong).toMatchObject({ state: 'returned' })
  expect(wrong.faults.map((fault) => fault.code)).toContain('wrong-rotation')
  const standing = makeClip(`testsrc2=size=240x320:rate=10:duration=${CLIP_MS / 1000}`)
  const right = await checked(worker, (await handIn(worker, turned(standing))).id)
  expect(right).toMatchObject({ state: 'accepted', faults: [] })
})

test('0 bytes and too many bytes are refused before anything is sent', async () => {
  const worker = await filmer()
  const none = await refusal(
    sendWhole(target(worker), { bytes: Buffer.alloc(0), metadata: metadataOf(Buffer.alloc(0)) }),
  )
  expect(none).toMatchObject({ code: 'not-a-video', message: expect.stringMatching(IN_WORDS) })
  const large = Buffer.alloc(MAX_UPLOAD_BYTES + 1)
  const much = await refusal(sendWhole(target(worker), { bytes: large, metadata: metadataOf(large) }))
  expect(much).toMatchObject({ status: 413, code: 'too-large', message: expect.stringMatching(IN_WORDS) })
})

test('an upload that is cut at any byte goes on there, and arrives as it was', async () => {
  const worker = await filmer()
  const bytes = unlike(clip, 150_000)
  const last = bytes.length - 1
  const cuts = [0, 1, 2, 7, 8, 511, 512, 4095, 4096, 65_535, 65_536, 65_537, last - 1, last]
  const spread = Array.from({ length: 14 }, (_, at) => Math.floor((at / 14) * last))
  for (const cutAt of [...cuts, ...spread]) {
    let cut: number | undefined = cutAt
    const { uploadId } = await sendWhole(
      target(worker),
      { bytes, metadata: metadataOf(bytes) },
      {
        pauseMs: 5,
        cut: () => {
          const now = cut
          cut = undefined
          return now
        },
      },
    )
    const whole = await lookAt(target(worker), `${server.url}${mediaPaths.uploads}/${uploadId}`)
    expect(Number(whole.headers['upload-offset']), `cut at ${cutAt}`).toBe(bytes.length)
  }
  // One that was cut again and again becomes an episode with exactly these bytes.
  let times = 0
  const { uploadId } = await sendWhole(
    target(worker),
    { bytes, metadata: metadataOf(bytes) },
    {
      pauseMs: 5,
      cut: (left) => (times++ < 30 ? Math.floor(left / 17) : undefined),
    },
  )
  const lease = await claimed(worker)
  const answer = takeAnswer({ uploadId, sha256: sha256Of(bytes), bytes: bytes.length }, CLIP_MS)
  const { submission } = await send(worker, lease.id, answer)
  const { items } = await worker.client.call(mediaRoutes.ownEpisodes)
  const episode = items.find((each) => each.submissionId === submission.id)
  const reply = await fetch(`${server.url}${mediaPaths.ownVideo(episode?.id ?? '')}`, {
    headers: worker.headers,
  })
  expect(await sha256OfReply(reply)).toBe(sha256Of(bytes))
})

test('bytes that are not those announced are refused, and the true ones taken afterwards', async () => {
  const worker = await filmer()
  const bytes = unlike(clip, 1000)
  const wrong = { ...metadataOf(bytes), sha256: sha256Of(randomBytes(8)) }
  const damagedOnTheWay = await refusal(sendWhole(target(worker), { bytes, metadata: wrong }))
  expect(damagedOnTheWay).toMatchObject({ status: 422, code: 'checksum-mismatch' })
  expect(damagedOnTheWay.message).toMatch(IN_WORDS)

  const lease = await claimed(worker)
  const { uploadId } = await sendWhole(target(worker), { bytes, metadata: metadataOf(bytes) })
  const upload = { uploadId, sha256: sha256Of(randomBytes(8)), bytes: bytes.length }
  const other = await refusal(send(worker, lease.id, takeAnswer(upload, CLIP_MS)))
  expect(other).toMatchObject({ code: 'checksum-mismatch', message: expect.stringMatching(IN_WORDS) })
  const { submission } = await send(
    worker,
    lease.id,
    takeAnswer({ ...upload, sha256: sha256Of(bytes) }, CLIP_MS),
  )
  expect((await checked(worker, submission.id)).state).toBe('accepted')
})

test('an upload is continued only from where the server has it, by whoever began it, and used once', async () => {
  const worker = await filmer()
  const bytes = unlike(clip, 1000)
  const begun = await beginUpload(target(worker), { bytes, metadata: metadataOf(bytes) })
  const ahead = await sendPart(target(worker), begun.url, { body: bytes.subarray(500), offset: 500 })
  expect(ahead.status).toBe(409)
  const stranger = await filmer('Stranger')
  for (const reply of [
    await lookAt(target(stranger), begun.url),
    await sendPart(target(stranger), begun.url, { body: bytes, offset: 0 }),
  ])
    expect(reply.status).toBe(404)
  const { uploadId } = await sendWhole(target(worker), { bytes, metadata: metadataOf(bytes) })
  const answer = takeAnswer({ uploadId, sha256: sha256Of(bytes), bytes: bytes.length }, CLIP_MS)
  await send(worker, (await claimed(worker)).id, answer)
  const lease = await claimed(worker)
  expect(await refusal(send(worker, lease.id, answer))).toMatchObject({ code: 'already-used' })
  const thief = await claimed(stranger)
  expect(await refusal(send(stranger, thief.id, answer))).toMatchObject({ code: 'not-found' })
})

test('a device whose clock is a day off is not believed about when it filmed, and is told', async () => {
  const worker = await filmer()
  const bytes = unlike(clip, 1000)
  const tomorrow = new Date(Date.now() + 24 * 3600_000).toISOString()
  const lease = await claimed(worker)
  const { uploadId } = await sendWhole(target(worker), { bytes, metadata: metadataOf(bytes) })
  const answer = takeAnswer({ uploadId, sha256: sha256Of(bytes), bytes: bytes.length }, CLIP_MS)
  const sent = await send(worker, lease.id, { ...answer, recordedAt: tomorrow }, { sentAt: tomorrow })
  const seen = await checked(worker, sent.submission.id)
  expect(seen.state).toBe('accepted')
  expect(seen.faults).toMatchObject([{ code: 'clock-wrong', severity: 'notice' }])
  const { items } = await lab.manager.client.call(mediaRoutes.listEpisodes, { query: { limit: 200 } })
  const recordedMs = Date.parse(items.find(({ id }) => id === seen.episodeId)?.recordedAt ?? '')
  expect(Math.abs(recordedMs - Date.now())).toBeLessThan(120_000)
})
