import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type Lease,
  logRoutes,
  mediaPaths,
  mediaRoutes,
  ontologyRoutes,
  payRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { filesUnder, sha256OfReply } from './audit.ts'
import { makeClip, sha256Of, unlike } from './clips.ts'
import { agree, type Lab, OUTCOMES, openLab, questions, takeAnswer, takes, type Worker } from './lab.ts'
import { pause } from './load.ts'
import { IN_WORDS, refusal, type Said } from './refusal.ts'
import { ServerProcess } from './server-process.ts'
import { mountSmallDisk } from './small-disk.ts'
import { beginUpload, lookAt, sendPart, sendWhole } from './tus-sender.ts'

const CLIP_MS = 800
const DISK_MEGABYTES = 300
const home = await mkdtemp(path.join(tmpdir(), 'chiron-small-disk-'))
const disk = mountSmallDisk(home, DISK_MEGABYTES)
if (!disk)
  console.warn('The test of a full disk is left out: this user may not mount a small disk (root may).')
const server = await ServerProcess.at({ home })
const clip = makeClip(`testsrc2=size=320x240:rate=10:duration=${CLIP_MS / 1000}`)

afterAll(async () => {
  await server.stop()
  disk?.unmount()
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

async function importClips(lab: Lab, campaignId: string, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) {
    const bytes = unlike(clip, 50)
    const target = { url: `${server.url}${mediaPaths.uploads}`, headers: lab.manager.headers }
    const { uploadId } = await sendWhole(target, { bytes, metadata: { purpose: 'episode' } })
    const rights = 'Drawn by the test itself.'
    await lab.manager.client.call(mediaRoutes.importEpisode, {
      body: { id: randomUUID(), campaignId, uploadId, rights },
    })
  }
}

async function claimed(worker: Worker, campaignId: string): Promise<Lease> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { lease } = await worker.client.call(taskRoutes.claim, { body: { campaignId, termsVersion: 1 } })
    if (lease) return lease
    await pause(100)
  }
  throw new Error('no task came')
}

const answerTo = (lease: Lease, answer: Record<string, unknown> = { choices: { outcome: OUTCOMES[0] } }) => ({
  id: randomUUID(),
  leaseId: lease.id,
  answer,
  activeMs: 1000,
})

test.skipIf(!disk)(
  'a full disk is told in words, loses nothing that was acknowledged, and things go on once there is room',
  async () => {
    if (!disk) return
    await server.start()
    const lab = await openLab(server, 'Small disk')
    const [film, judge] = [
      await lab.publish({ ...takes, flow: { ...takes.flow, answers: null, acceptLabels: [] } }),
      await lab.publish(questions),
    ]
    await importClips(lab, judge, 6)
    const worker = await lab.worker('Wanda')
    await agree(worker, film)
    const target = { url: `${server.url}${mediaPaths.uploads}`, headers: worker.headers }
    const held = [await claimed(worker, judge), await claimed(worker, judge), await claimed(worker, judge)]
    const before = answerTo(held[0] as Lease)
    await worker.client.call(submissionRoutes.submit, { body: before })
    const take = await claimed(worker, film)

    // Half of a recording is here when the disk gets full.
    const bytes = unlike(clip, 12_000_000)
    const begun = await beginUpload(target, {
      bytes,
      metadata: { purpose: 'episode', sha256: sha256Of(bytes), campaignId: film },
    })
    expect(begun.status).toBe(201)
    const first = await sendPart(target, begun.url, { body: bytes.subarray(0, 3_000_000), offset: 0 })
    expect(first.status).toBe(204)
    disk.fill(2_000_000)
    const full = await sendPart(target, begun.url, { body: bytes.subarray(3_000_000), offset: 3_000_000 })
    expect(full.status).toBe(507)
    expect(JSON.parse(full.text)).toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(IN_WORDS),
    })
    const kept = Number((await lookAt(target, begun.url)).headers['upload-offset'])
    expect(kept).toBeGreaterThanOrEqual(3_000_000)

    // Not a byte is left: answers are taken or refused in words, never lost in between.
    disk.fill(0)
    const told: { id: string; taken: boolean }[] = []
    for (const lease of held.slice(1)) {
      const body = answerTo(lease)
      const outcome = await worker.client.call(submissionRoutes.submit, { body }).then(
        () => true,
        async (cause: unknown) => {
          const reply = await refusal(Promise.reject(cause))
          expect(reply.message).toMatch(IN_WORDS)
          expect([507, 500, 0]).toContain(reply.status)
          return false
        },
      )
      told.push({ id: body.id, taken: outcome })
    }
    const said = await writeUntilRefused(lab)
    expect(said.message).toMatch(IN_WORDS)
    expect(['disk-full', 'server-fault']).toContain(said.code)
    const health = await fetch(`${server.url}/healthz`)
    expect(health.status).toBe(503)
    expect(JSON.stringify(await health.json())).toMatch(/MB free/)

    disk.clear()
    await untilHealthy()
    const { uploadId } = await goOn(target, begun.url, bytes)
    const upload = { uploadId, sha256: sha256Of(bytes), bytes: bytes.length }
    const filmed = answerTo(take, takeAnswer(upload, CLIP_MS))
    await patiently(() => worker.client.call(submissionRoutes.submit, { body: filmed }))
    await checkAll(lab, worker, {
      answers: [{ id: before.id, taken: true }, ...told],
      filmedId: filmed.id,
      sha256: upload.sha256,
    })
  },
  240_000,
)

/** Large vocabularies, one after the other, until the database itself has no room. */
async function writeUntilRefused({ manager }: Lab): Promise<Said> {
  const label = { en: randomBytes(360).toString('base64') }
  const kind = 'object' as const
  const terms = Array.from({ length: 900 }, (_, at) => ({
    id: `object.thing-${at}`,
    kind,
    label: { en: `${at}${label.en}`.slice(0, 60) },
    description: label,
  }))
  for (let made = 0; made < 400; made += 1) {
    const call = manager.client.call(ontologyRoutes.create, { body: { name: `Large ${made}`, terms } })
    const failed = await call.then(
      () => undefined,
      (cause: unknown) => refusal(Promise.reject(cause)),
    )
    if (failed) return failed
  }
  throw new Error('the disk never got full')
}

const MAX_WAIT_TRIES = 600

async function untilHealthy(): Promise<void> {
  // The check wants more room than this small disk has; what counts is that the database answers.
  for (let tries = 0; tries < MAX_WAIT_TRIES; tries += 1) {
    const body = (await fetch(`${server.url}/healthz`)
      .then((reply) => reply.json())
      .catch(() => ({}))) as { checks?: { database?: string } }
    if (body.checks?.database === 'ok') return
    if (!server.runs) throw new Error(`the server ended:\n${server.output}`)
    await pause(100)
  }
  throw new Error(`the database never came back:\n${server.output}`)
}

async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await call()
    } catch (cause) {
      if (tries >= 100) throw cause
      await pause(100)
    }
  }
}

async function goOn(target: { url: string; headers: Record<string, string> }, url: string, bytes: Buffer) {
  for (let tries = 0; tries < 100; tries += 1) {
    const offset = Number((await lookAt(target, url)).headers['upload-offset'])
    if (offset === bytes.length) return { uploadId: url.split('/').at(-1) ?? '' }
    if (Number.isInteger(offset)) await sendPart(target, url, { body: bytes.subarray(offset), offset })
    await pause(50)
  }
  throw new Error('the upload did not go on')
}

interface Expected {
  answers: { id: string; taken: boolean }[]
  filmedId: string
  sha256: string
}

async function checkAll(lab: Lab, worker: Worker, { answers, filmedId, sha256 }: Expected): Promise<void> {
  const database = new pg.Client({ connectionString: server.databaseUrl() })
  await database.connect()
  try {
    const { rows } = await database.query<{ id: string }>('select id from submission')
    const there = new Set(rows.map(({ id }) => id))
    for (const { id, taken } of answers) if (taken) expect(there, 'an acknowledged answer').toContain(id)
    expect(there).toContain(filmedId)
  } finally {
    await database.end()
  }
  const { items } = await worker.client.call(mediaRoutes.ownEpisodes)
  const episode = items.find(({ submissionId }) => submissionId === filmedId)
  const video = await fetch(`${server.url}${mediaPaths.ownVideo(episode?.id ?? '')}`, {
    headers: worker.headers,
  })
  expect(await sha256OfReply(video)).toBe(sha256)
  expect((await lab.auditor.client.call(logRoutes.verify)).faults).toEqual([])
  expect((await lab.manager.client.call(payRoutes.overview)).sumsToZero).toBe(true)
  // A look that goes on has its files there, and the next one may begin at any moment.
  const scratch = path.join(home, 'scratch')
  let left = filesUnder(scratch)
  for (let tries = 0; tries < 200 && left.length > 0; tries += 1) {
    await pause(100)
    left = filesUnder(scratch)
  }
  expect(left).toEqual([])
}
