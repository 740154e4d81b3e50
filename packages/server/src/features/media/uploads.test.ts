import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { newId } from '../../platform/clock.ts'
import { openDatabase } from '../../platform/db/database.ts'
import { read } from '../../platform/tx.ts'
import { breakingLine } from '../../testing/breaking-line.ts'
import { agree, openLoop } from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { STRAY_KEPT_MS, UPLOAD_KEPT_MS } from './jobs.ts'
import { takeFile } from './take-file.ts'

const chiron = await testChiron({ poolSize: 4, env: { MAX_UPLOAD_BYTES: '5000000' } })
const origin = await chiron.http.listen({ port: 0, host: '127.0.0.1' })
const loop = await openLoop(chiron)
const campaignId = await loop.demonstrate()

async function agreed(): Promise<TestWorker> {
  const worker = await loop.lab.worker()
  await agree(chiron, worker, campaignId)
  return worker
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const metadata = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

interface Sender {
  headers: Record<string, string>
}
const tus = (sender: Sender, more: Record<string, string> = {}) => ({
  ...sender.headers,
  'tus-resumable': '1.0.0',
  ...more,
})

async function begin(sender: Sender, length: number, meta: Record<string, string>) {
  const reply = await fetch(`${origin}/api/uploads`, {
    method: 'POST',
    headers: tus(sender, { 'upload-length': String(length), 'upload-metadata': metadata(meta) }),
  })
  const location = reply.headers.get('location') ?? ''
  return {
    status: reply.status,
    text: await reply.text(),
    url: `${origin}${location}`,
    id: location.split('/').at(-1) ?? '',
  }
}

async function send(sender: Sender, url: string, part: { bytes: Uint8Array; offset: number }) {
  const reply = await fetch(url, {
    method: 'PATCH',
    headers: tus(sender, {
      'upload-offset': String(part.offset),
      'content-type': 'application/offset+octet-stream',
    }),
    body: part.bytes as BodyInit,
  })
  return { status: reply.status, text: await reply.text() }
}

const look = (sender: Sender, url: string) => fetch(url, { method: 'HEAD', headers: tus(sender) })
const rowOf = (id: string) =>
  read(loop.lab.as('owner'), (tx) =>
    tx.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst(),
  )
const stagedFile = (id: string) => path.join(chiron.deps.config.home, 'uploads', id)

test('MED-1 MED-2 an upload goes on where it stopped, and its end is told twice', async () => {
  const worker = await agreed()
  const bytes = randomBytes(1_000_000)
  const { status, url, id } = await begin(worker, bytes.length, {
    purpose: 'episode',
    sha256: sha256(bytes),
    campaignId,
  })
  expect(status).toBe(201)
  expect((await send(worker, url, { bytes: bytes.subarray(0, 400_000), offset: 0 })).status).toBe(204)
  expect((await look(worker, url)).headers.get('upload-offset')).toBe('400000')
  expect((await send(worker, url, { bytes: bytes.subarray(0, 10), offset: 0 })).status).toBe(409)
  expect((await send(worker, url, { bytes: bytes.subarray(400_000), offset: 400_000 })).status).toBe(204)
  const row = await rowOf(id)
  expect(row).toMatchObject({
    bytes: bytes.length,
    sha256: sha256(bytes),
    worker_id: worker.workerId,
    used_at: null,
  })
  const again = await look(worker, url)
  expect([again.status, again.headers.get('upload-offset'), again.headers.get('upload-length')]).toEqual([
    200,
    '1000000',
    '1000000',
  ])
  await expect(fs.stat(stagedFile(id))).rejects.toMatchObject({ code: 'ENOENT' })
  const stored = await fs.readdir(path.join(chiron.deps.config.home, 'blobs'), { recursive: true })
  const file = stored.find((name) => name.endsWith(row?.blob_id ?? 'none')) ?? ''
  const kept = await fs.readFile(path.join(chiron.deps.config.home, 'blobs', file))
  expect(kept.length).toBe(bytes.length)
  expect(sha256(kept)).not.toBe(sha256(bytes))
})

test('MED-1 several at once; a stranger neither sees nor continues another’s', async () => {
  const [one, other] = [await agreed(), await agreed()]
  const all = await Promise.all(
    [one, other, one, other].map(async (worker) => {
      const bytes = randomBytes(300_000)
      const { url, id } = await begin(worker, bytes.length, { purpose: 'episode', campaignId })
      const half = bytes.length / 2
      await send(worker, url, { bytes: bytes.subarray(0, half), offset: 0 })
      await send(worker, url, { bytes: bytes.subarray(half), offset: half })
      return { id, digest: sha256(bytes) }
    }),
  )
  for (const { id, digest } of all) expect((await rowOf(id))?.sha256).toBe(digest)
  const { url } = await begin(one, 10, { purpose: 'episode', campaignId })
  expect((await look(other, url)).status).toBe(404)
  expect((await send(other, url, { bytes: randomBytes(10), offset: 0 })).status).toBe(404)
  expect((await look({ headers: {} }, url)).status).toBe(401)
})

test('MED-1 no way of writing an address leads to another’s upload or out of the folder', async () => {
  const [one, other] = [await agreed(), await agreed()]
  const theirs = await begin(one, 10, { purpose: 'episode', campaignId })
  const own = await begin(other, 10, { purpose: 'episode', campaignId })
  const secret = path.join(chiron.deps.config.home, 'keep.json')
  await fs.writeFile(secret, JSON.stringify({ id: 'keep', size: 10, offset: 0 }))
  const bytes = randomBytes(10)
  const ways = [
    `${own.url}?also=/${theirs.id}`,
    `${own.url}x?also=/${theirs.id}`,
    `${origin}/api/uploads/${own.id}%2F..%2F${theirs.id}`,
    `${origin}/api/uploads/..%2Fkeep`,
    `${origin}/api/uploads/..%5Ckeep`,
    `${origin}/api/uploads/${theirs.id}.json`,
  ]
  for (const way of ways) {
    await send(other, way, { bytes, offset: 0 })
    await fetch(way, { method: 'DELETE', headers: tus(other) })
    const disguised = { 'x-http-method-override': 'DELETE', 'upload-length': '0' }
    await fetch(`${origin}/api/uploads?also=/${theirs.id}`, {
      method: 'POST',
      headers: tus(other, disguised),
    })
  }
  expect((await look(one, theirs.url)).headers.get('upload-offset')).toBe('0')
  expect((await fs.readFile(secret, 'utf8')).length).toBeGreaterThan(0)
  expect((await send(one, theirs.url, { bytes, offset: 0 })).status).toBe(204)
  expect((await rowOf(theirs.id))?.worker_id).toBe(one.workerId)
})

test('MED-2 a server that died before the promotion finishes it at the next look or sweep', async () => {
  const worker = await agreed()
  const bytes = randomBytes(5000)
  const first = await begin(worker, bytes.length, { purpose: 'episode', sha256: sha256(bytes), campaignId })
  await fs.writeFile(stagedFile(first.id), bytes)
  expect(await rowOf(first.id)).toBeUndefined()
  expect((await look(worker, first.url)).headers.get('upload-offset')).toBe('5000')
  expect((await rowOf(first.id))?.sha256).toBe(sha256(bytes))
  const second = await begin(worker, bytes.length, { purpose: 'episode', campaignId })
  await fs.writeFile(stagedFile(second.id), bytes)
  await chiron.sweepAll()
  expect((await rowOf(second.id))?.worker_id).toBe(worker.workerId)
})

test('MED-14 a line that breaks at the commit destroys nothing: the bytes are there when the entry is', async () => {
  const line = await breakingLine(chiron.superuserUrl)
  const broken = openDatabase({ url: line.url, poolSize: 1, poolWaitMs: 4000, switchRole: true })
  const owner = loop.lab.as('owner')
  const ctx = { ...owner, deps: { ...owner.deps, db: broken.db } }
  const file = path.join(chiron.deps.config.home, 'whole')
  await fs.writeFile(file, randomBytes(3000))
  const plain = {
    file,
    uploadId: newId(chiron.deps.clock),
    purpose: 'episode',
    memberId: owner.actor.id,
  } as const
  line.breakAfterNextCommit()
  await expect(takeFile(ctx, plain)).rejects.toThrow()
  const row = await rowOf(plain.uploadId)
  const blobs = async () => (await chiron.deps.blobs.list(loop.lab.workspaceId)).map(({ id }) => id)
  const afterBreak = await blobs()
  expect(afterBreak).toContain(row?.blob_id)
  await takeFile(ctx, plain)
  expect(await blobs()).toEqual(afterBreak)
  expect((await rowOf(plain.uploadId))?.blob_id).toBe(row?.blob_id)
  await broken.close()
})

test('MED-3 damaged, empty, too large and odd uploads are refused in words', async () => {
  const worker = await agreed()
  const bytes = randomBytes(2000)
  const damaged = await begin(worker, bytes.length, {
    purpose: 'episode',
    sha256: sha256(randomBytes(3)),
    campaignId,
  })
  const refused = await send(worker, damaged.url, { bytes, offset: 0 })
  expect(refused.status).toBe(422)
  expect(JSON.parse(refused.text)).toMatchObject({ code: 'checksum-mismatch' })
  expect((await look(worker, damaged.url)).status).toBe(404)
  expect(JSON.parse((await begin(worker, 0, { purpose: 'episode', campaignId })).text)).toMatchObject({
    code: 'not-a-video',
  })
  const large = await begin(worker, 5_000_001, { purpose: 'episode', campaignId })
  expect([large.status, JSON.parse(large.text).code]).toEqual([413, 'too-large'])
  expect(JSON.parse((await begin(worker, 5, { purpose: 'loot' })).text)).toMatchObject({ code: 'bad-input' })
  const manager = { headers: loop.lab.headers('manager') }
  const page = Buffer.from('<html><script>alert(1)</script>')
  const brief = await begin(manager, page.length, { purpose: 'brief' })
  expect(JSON.parse((await send(manager, brief.url, { bytes: page, offset: 0 })).text)).toMatchObject({
    code: 'bad-input',
  })
  expect((await begin({ headers: loop.lab.headers('auditor') }, 5, { purpose: 'brief' })).status).toBe(403)
})

test('MED-4 not a byte is taken without a consent that holds', async () => {
  const worker = await loop.lab.worker()
  const refused = await begin(worker, 10, { purpose: 'episode', campaignId })
  expect([refused.status, JSON.parse(refused.text).code]).toEqual([409, 'consent-missing'])
  await agree(chiron, worker, campaignId)
  expect((await begin(worker, 10, { purpose: 'episode', campaignId })).status).toBe(201)
  expect((await begin(worker, 10, { purpose: 'episode' })).status).toBe(201)
  expect((await begin(worker, 10, { purpose: 'brief' })).status).toBe(403)
})

test('MED-5 what nobody finishes or uses is removed after seven days', async () => {
  const worker = await agreed()
  const unfinished = await begin(worker, 10, { purpose: 'episode', campaignId })
  const unused = await begin(worker, 10, { purpose: 'episode', campaignId })
  await send(worker, unused.url, { bytes: randomBytes(10), offset: 0 })
  const blobId = (await rowOf(unused.id))?.blob_id ?? ''
  await chiron.sweepAll()
  expect(await rowOf(unused.id)).toBeDefined()
  const old = new Date(Date.now() - UPLOAD_KEPT_MS - 1000)
  for (const name of [stagedFile(unfinished.id), `${stagedFile(unfinished.id)}.json`]) {
    await fs.utimes(name, old, old)
  }
  chiron.deps.clock.advance(UPLOAD_KEPT_MS + 3600_000)
  await chiron.sweepAll()
  expect(await rowOf(unused.id)).toBeUndefined()
  const blob = await read(loop.lab.as('owner'), (tx) =>
    tx
      .selectFrom('blob')
      .select(['key_wrapped', 'erased_at'])
      .where('id', '=', blobId)
      .executeTakeFirstOrThrow(),
  )
  expect(blob.key_wrapped).toBeNull()
  expect(blob.erased_at).not.toBeNull()
  await expect(fs.stat(stagedFile(unfinished.id))).rejects.toMatchObject({ code: 'ENOENT' })
  const kept = await rowOf(loop.exampleMediaId)
  expect(kept?.purpose).toBe('brief')
})

test('MED-13 bytes without an entry are set aside after a day and destroyed a month later; what is entered stays', async () => {
  const worker = await agreed()
  const bytes = randomBytes(100)
  const { url, id } = await begin(worker, bytes.length, { purpose: 'episode', campaignId })
  await send(worker, url, { bytes, offset: 0 })
  const blobId = (await rowOf(id))?.blob_id ?? ''
  const folder = path.join(chiron.deps.config.home, 'blobs', loop.lab.workspaceId)
  const fileOf = (blob: string) => path.join(folder, blob.slice(-2), blob)
  const [stray, young] = [newId(chiron.deps.clock), newId(chiron.deps.clock)]
  for (const name of [stray, young]) {
    await fs.mkdir(path.dirname(fileOf(name)), { recursive: true })
    await fs.writeFile(fileOf(name), 'half')
  }
  const longAgo = new Date(chiron.deps.clock.now().getTime() - 25 * 3600_000)
  for (const name of [stray, blobId]) await fs.utimes(fileOf(name), longAgo, longAgo)
  await fs.utimes(fileOf(young), chiron.deps.clock.now(), chiron.deps.clock.now())
  await chiron.sweepAll()
  const aside = fileOf(stray).replace(`${path.sep}blobs${path.sep}`, `${path.sep}strays${path.sep}`)
  await expect(fs.stat(fileOf(stray))).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await fs.readFile(aside, 'utf8')).toBe('half')
  expect((await fs.stat(fileOf(young))).size).toBe(4)
  expect((await fs.stat(fileOf(blobId))).size).toBe(100)
  chiron.deps.clock.advance(STRAY_KEPT_MS - 3600_000)
  await chiron.sweepAll()
  expect((await fs.stat(aside)).size).toBe(4)
  chiron.deps.clock.advance(2 * 3600_000)
  await chiron.sweepAll()
  await expect(fs.stat(aside)).rejects.toMatchObject({ code: 'ENOENT' })
})
