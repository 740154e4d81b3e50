import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesSource } from '../io.ts'
import { notesBox } from '../notes/index.ts'
import { toldPlace } from '../video/index.ts'
import { fileSource } from './index.ts'
import { runFfmpeg } from './run-ffmpeg.ts'
import { makeClip } from './testing/index.ts'

let work = ''
const at = (name: string) => join(work, name)
const placeIn = async (name: string) => toldPlace(await fileSource(at(name)))

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'chiron-place-test-'))
  await makeClip(at('plain.mp4'), { seconds: 1 })
})
afterAll(() => rm(work, { recursive: true, force: true }))

/** The same film, written anew with something said beside it. */
async function said(name: string, args: string[]): Promise<void> {
  await runFfmpeg(['-i', at('plain.mp4'), '-c', 'copy', ...args, '-y', at(name)])
}

test('VID-10 a place is found in each way that a camera writes it', async () => {
  const place = '+48.1234+011.5678/'
  const apple = `com.apple.quicktime.location.ISO6709=${place}`
  const ways: [name: string, args: string[], found: string][] = [
    ['phone.mp4', ['-metadata', `location=${place}`], 'loci'],
    ['phone.mov', ['-metadata', `location=${place}`], '©xyz'],
    ['old.3gp', ['-metadata', `location=${place}`], 'loci'],
    [
      'apple.mov',
      ['-movflags', 'use_metadata_tags', '-metadata', apple],
      'com.apple.quicktime.location.ISO6709',
    ],
    ['film.mkv', ['-metadata', `LOCATION=${place}`], 'LOCATION'],
    ['film.mp4', ['-movflags', 'frag_keyframe+empty_moov', '-metadata', `location=${place}`], 'loci'],
    ['track.mp4', ['-metadata:s:v:0', `handler_name=At ${place}`], '+48.1234+011.5678'],
  ]
  for (const [name, args, found] of ways) {
    await said(name, args)
    expect(await placeIn(name), name).toBe(found)
  }
})

test('VID-10 a film that tells no place, and what is no film, are none of it', async () => {
  await said('dated.mp4', [
    '-metadata',
    'creation_time=2026-01-02T03:04:05Z',
    '-metadata',
    'title=+1.5 and -2.5',
  ])
  await said('plain.mkv', ['-metadata', 'title=A film'])
  await makeClip(at('plain.webm'), { encoder: ['-c:v', 'libvpx'], seconds: 1 })
  const film = await fileSource(at('plain.mp4'))
  const whole = await film.read(0, film.sizeBytes)
  const noted = Uint8Array.from([...whole, ...notesBox(new TextEncoder().encode('{"hands":[0.5,-0.25]}'))])
  await writeFile(at('noted.mp4'), noted)
  for (const name of ['plain.mp4', 'dated.mp4', 'plain.mkv', 'plain.webm', 'noted.mp4'])
    expect(await placeIn(name), name).toBeNull()
  for (let end = 0; end < whole.length; end += Math.ceil(whole.length / 40))
    expect(await toldPlace(bytesSource(whole.slice(0, end)))).toBeNull()
  expect(await toldPlace(bytesSource(new TextEncoder().encode('+48.1234+011.5678/')))).toBeNull()
})
