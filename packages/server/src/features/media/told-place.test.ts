import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { mediaPaths } from '@chiron/contract'
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

/** The smallest JPEG that ffmpeg draws, with a place in an Exif segment, as a phone writes one. */
function placedPicture(): Buffer {
  const file = writeBytes('drawn.jpg', new Uint8Array())
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=1:duration=1', '-frames:v', '1']
  execFileSync(ffmpegPath(), ['-v', 'error', ...source, '-y', file])
  const plain = readFileSync(file)
  const told = Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\b\0\0\0\0\0\0', 'latin1'), Buffer.from(PLACE)])
  const head = Buffer.from([0xff, 0xe1, 0, told.length + 2])
  return Buffer.concat([plain.subarray(0, 2), head, told, plain.subarray(2)])
}

const takePicture = (name: string, bytes: Uint8Array) =>
  takeFile(loop.lab.as('manager'), {
    file: writeBytes(name, bytes),
    uploadId: randomUUID(),
    purpose: 'brief',
    sha256: digest(bytes),
    memberId: loop.lab.memberId('manager'),
  })

test('MED-25 a picture for a brief is kept without its place; its upload keeps what was sent', async () => {
  const placed = placedPicture()
  expect(placed.includes(PLACE)).toBe(true)
  const taken = await takePicture('placed.jpg', placed)
  expect(taken).toMatchObject({ bytes: placed.length, sha256: digest(placed) })
  const shown = await chiron.http.inject({
    url: mediaPaths.briefMedia(taken.uploadId),
    headers: loop.lab.headers('manager'),
  })
  expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/jpeg'])
  expect(shown.rawPayload.length).toBeGreaterThan(500)
  const held = await everythingHeld()
  expect(held.filter(({ bytes }) => bytes.includes(shown.rawPayload)).length).toBe(1)
  expect(held.filter(({ bytes }) => bytes.includes(PLACE)).map(({ name }) => name)).toEqual([])
})

test('MED-25 other kinds of pictures and damaged ones are refused with what to do', async () => {
  const gif = Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
  for (const [name, bytes] of Object.entries({ gif, heic })) {
    const refused = takePicture(`other.${name}`, bytes)
    await expect(refused).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('JPEG'),
    })
  }
  const cut = placedPicture().subarray(0, 300)
  await expect(takePicture('cut.jpg', cut)).rejects.toMatchObject({ code: 'bad-input' })
})
