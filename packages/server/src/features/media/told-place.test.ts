import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ffmpegPath } from '@chiron/formats/node'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import { agree, goodClip, openLoop, writeBytes } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { storedBlob } from './readable-episode.ts'
import { takeFile } from './take-file.ts'

const chiron = await testChiron()
const { blobs, config } = chiron.deps
const origin = await chiron.http.listen({ port: 0, host: '127.0.0.1' })
const loop = await openLoop(chiron)
const campaignId = await loop.demonstrate()

const PLACE = '+48.1234+011.5678/'

/** The good clip as a phone's own camera app writes it: with the place, the device and the time. */
function placed(name: string, more: string[] = []): Buffer {
  const file = writeBytes(name, new Uint8Array())
  const told = ['-metadata', `location=${PLACE}`, '-metadata', 'creation_time=2026-01-02T03:04:05Z']
  execFileSync(ffmpegPath(), ['-v', 'error', '-i', goodClip(), '-c', 'copy', ...told, ...more, '-y', file])
  return readFileSync(file)
}

/** Sends a film by tus as its worker, whole, in one piece; the reply to its last byte. */
async function sent(bytes: Buffer): Promise<{ status: number; code?: string }> {
  const worker = await loop.lab.worker()
  await agree(chiron, worker, campaignId)
  const meta = Object.entries({ purpose: 'episode', campaignId })
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')
  const headers = { ...worker.headers, 'tus-resumable': '1.0.0' }
  const begun = await fetch(`${origin}/api/uploads`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': meta },
  })
  const reply = await fetch(`${origin}${begun.headers.get('location')}`, {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })
  const text = await reply.text()
  return { status: reply.status, ...(text ? { code: JSON.parse(text).code } : {}) }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** All bytes the server holds, file by file: as they lie there, and each blob as it reads once decrypted. */
async function everythingHeld(): Promise<{ name: string; bytes: Buffer }[]> {
  const files = readdirSync(config.home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  const held = files.map((name) => ({ name, bytes: readFileSync(name) }))
  const rows = await read(loop.lab.as('owner'), (tx) => tx.selectFrom('blob').selectAll().execute())
  for (const row of rows) {
    await blobs.withPlainFile(storedBlob(row), async (file) => {
      held.push({ name: `blob ${row.id}`, bytes: readFileSync(file) })
    })
  }
  return held
}

test('MED-17 a film that tells where it was filmed is refused, and nothing of it is kept', async () => {
  const films = [placed('phone.mp4'), placed('phone.mov'), placed('film.mkv')]
  for (const bytes of films) expect(await sent(bytes)).toEqual({ status: 422, code: 'place-told' })
  // What tells no place is taken: else a store that takes nothing would pass.
  const clean = readFileSync(goodClip())
  expect((await sent(clean)).status).toBe(204)

  const held = await everythingHeld()
  expect(held.filter(({ bytes }) => digest(bytes) === digest(clean)).length).toBe(1)
  const marks = [...films.map((film) => film.subarray(-64)), Buffer.from(PLACE.slice(0, -1))]
  // The good clip's pictures are those of the placed films: only where one of these ends like it is that no mark.
  const own = marks.filter((mark) => !clean.includes(mark))
  expect(own.length).toBeGreaterThanOrEqual(2)
  expect(
    held.filter(({ bytes }) => own.some((mark) => bytes.includes(mark))).map(({ name }) => name),
  ).toEqual([])
})

test('MED-17 the same for an example of a brief, and for a film that is imported', async () => {
  const file = writeBytes('brief.mov', placed('again.mov'))
  for (const purpose of ['brief', 'episode'] as const) {
    const taking = takeFile(loop.lab.as('manager'), {
      file,
      uploadId: randomUUID(),
      purpose,
      memberId: loop.lab.memberId('manager'),
    })
    await expect(taking).rejects.toMatchObject({ code: 'place-told' })
  }
})
