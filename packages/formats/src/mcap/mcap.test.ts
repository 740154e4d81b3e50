import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@chiron/core/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesSource } from '../io.ts'
import { prepareNativeVideo, probeFile, zstd } from '../node/index.ts'
import { runFfmpeg } from '../node/run-ffmpeg.ts'
import { handsClip, makeClip, PHONE } from '../node/testing/index.ts'
import { opensStream } from '../video/index.ts'
import {
  pictureOf,
  type ReadMessage,
  type RecordingInput,
  readAttachment,
  readMessages,
  readRecording,
  recordingPath,
  TOPICS,
  writeRecording,
} from './index.ts'

const PATH = recordingPath(12)
const SAMPLE = { brightness: 0.4, clippedRatio: 0.02, sharpness: 321.5, motion: 0.05 }
let work = ''
let uneven = ''

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'chiron-mcap-'))
  uneven = await makeClip(join(work, 'uneven.mp4'), { filter: "select='not(eq(mod(n,5),3))'", seconds: 2 })
}, 30_000)
afterAll(() => rm(work, { recursive: true, force: true }))

async function inputOf(clip: string, change: Partial<RecordingInput> = {}): Promise<RecordingInput> {
  return {
    episodeIndex: 12,
    episodeId: '01938f00-0000-7000-8000-000000000012',
    tasks: ['Fälte das Tuch'],
    video: await prepareNativeVideo(clip),
    signals: [0, 400, 800].map((timeMs) => ({ timeMs, ...SAMPLE })),
    notes: [{ timeMs: 512.5, text: 'it falls' }],
    facts: { 'label.outcome': 'success', 'label.probability': 0.97, 'provenance.country': null },
    provenance: '{"told":true}',
    logProof: 'c2sp.org/tlog-proof@v1\n',
    ...change,
  }
}

async function messagesIn(bytes: Uint8Array): Promise<ReadMessage[]> {
  const all: ReadMessage[] = []
  for await (const message of readMessages(PATH, bytesSource(new Uint8Array(bytes)))) all.push(message)
  return all
}

test('MCA-1 MCA-2 a recording is read back the same, each stream at its own times', async () => {
  const model = { width: 320, height: 240, fx: 300, fy: 301, cx: 160, cy: 119, distortion: [0.1, 0, 0, 0, 0] }
  const input = await inputOf(uneven, { calibration: model })
  const bytes = await writeRecording(input, zstd)
  const source = bytesSource(new Uint8Array(bytes))
  const filmed = await probeFile(uneven)
  const recording = await readRecording(PATH, source)
  expect(recording).toMatchObject({
    episodeIndex: 12,
    episodeId: input.episodeId,
    tasks: ['Fälte das Tuch'],
    frameCount: filmed.frameCount,
    width: 320,
    height: 240,
    facts: { 'label.outcome': 'success', 'label.probability': '0.97' },
  })
  expect(Object.keys(recording.facts)).not.toContain('provenance.country')
  expect(Object.fromEntries(recording.topics.map(({ topic, schema }) => [topic, schema]))).toEqual({
    '/phone/video': 'foxglove.CompressedVideo',
    '/phone/calibration': 'foxglove.CameraCalibration',
    '/phone/annotations': 'foxglove.ImageAnnotations',
    '/quality': 'chiron.FrameSignals',
  })
  expect(await readAttachment(PATH, source, 'provenance.json')).toBe('{"told":true}')
  expect(await readAttachment(PATH, source, 'log.tlog-proof')).toBe(input.logProof)
  const messages = await messagesIn(bytes)
  expect(messages.map(({ timeMs }) => timeMs)).toEqual(
    messages.map(({ timeMs }) => timeMs).sort((a, b) => a - b),
  )
  const pictures = messages.filter(({ topic }) => topic === TOPICS.video.topic)
  for (const [at, picture] of pictures.entries()) {
    expect(Math.abs(picture.timeMs - ((filmed.packetTimesMs[at] ?? 0) - filmed.startMs))).toBeLessThan(0.001)
    expect(Buffer.from(pictureOf(picture)).equals(input.video.frames[at]!.bytes)).toBe(true)
  }
  const calibration = messages.find(({ topic }) => topic === '/phone/calibration')?.body
  expect(calibration).toMatchObject({ K: [300, 0, 160, 0, 301, 119, 0, 0, 1], distortion_model: 'plumb_bob' })
  const sample = messages.filter(({ topic }) => topic === '/quality')[1]
  expect(sample).toMatchObject({ timeMs: 400, body: { sharpness: 321.5, clipped_ratio: 0.02 } })
})

test('MCA-2 VID-8 every key frame begins with its parameter sets, and a decoder takes the bare stream', async () => {
  const clip = handsClip() ?? uneven // where the clip of a hand is absent, a test picture serves
  const phone = join(work, 'phone.mp4')
  await runFfmpeg(['-t', '3', '-i', clip, ...PHONE, '-an', '-y', phone])
  const { frames, plan } = await prepareNativeVideo(phone)
  expect(plan.kind).toBe('remux')
  expect(frames.filter(({ isKey }) => isKey).length).toBeGreaterThan(1)
  for (const { isKey, bytes } of frames) expect(opensStream(bytes)).toBe(isKey)
  const bare = join(work, 'bare.h264')
  await writeFile(bare, Buffer.concat(frames.map(({ bytes }) => bytes)))
  const decoded = async (path: string) => {
    const pieces: Uint8Array[] = []
    await runFfmpeg(['-i', path, '-vsync', 'passthrough', '-f', 'framemd5', '-'], (bytes) => {
      pieces.push(bytes.slice())
    })
    const lines = Buffer.concat(pieces).toString().split('\n')
    return lines.filter((line) => line.startsWith('0,')).map((line) => line.split(',').at(-1))
  }
  expect(await decoded(bare)).toEqual(await decoded(phone))
}, 30_000)

test('MCA-2 VID-8 what is encoded anew keeps the times of its frames', async () => {
  const odd = await makeClip(join(work, 'odd.webm'), {
    filter: "select='not(eq(mod(n,4),1))',scale=321:241",
    seconds: 2,
    encoder: ['-c:v', 'libvpx'],
  })
  const { frames, plan, source, width, height } = await prepareNativeVideo(odd)
  expect(plan).toEqual({ kind: 'transcode', reason: 'Encoded anew: the codec is vp8, not H.264.' })
  expect([width, height]).toEqual([320, 240])
  const apart = frames.map(({ timeMs }, at) =>
    Math.abs(timeMs - ((source.packetTimesMs[at] ?? 0) - source.startMs)),
  )
  expect(frames).toHaveLength(source.frameCount)
  expect(Math.max(...apart)).toBeLessThan(0.5) // WebM counts whole milliseconds
}, 30_000)

test('MCA-5 what the phone felt stands on the film’s clock, with the sensor’s time and the alignment beside it', async () => {
  const timesMs = [-10.5, 9.5, 29.5]
  const sensorMs = [1000, 1020, 1040]
  const alignment = { atMs: 1000, offsetMs: -1010.5, driftPpm: 0, driftErrorPpm: 0, errorMs: 6, count: 120 }
  const motion = {
    motion: {
      timesMs,
      sensorMs,
      acceleration: timesMs.map(() => [1, 2, 3]),
      rotationRate: timesMs.map(() => [4, 5, 6]),
    },
    orientation: { timesMs, sensorMs, quaternion: timesMs.map(() => [0, 0, 0, 1]), isAbsolute: true },
    alignment,
  }
  const bytes = await writeRecording(await inputOf(uneven, { motion }), zstd)
  const felt = (await messagesIn(bytes)).filter(({ topic }) => topic === '/phone/motion')
  expect(felt).toEqual([
    { topic: '/phone/motion', timeMs: 9.5, body: motionBody(1020) },
    { topic: '/phone/motion', timeMs: 29.5, body: motionBody(1040) },
  ])
  const held = (await messagesIn(bytes)).find(({ topic }) => topic === '/phone/orientation')
  expect(held?.body).toEqual({ sensor_ms: 1020, orientation: { x: 0, y: 0, z: 0, w: 1 }, is_absolute: true })
  const { clocks } = await readRecording(PATH, bytesSource(new Uint8Array(bytes)))
  expect(JSON.parse(clocks['/phone/motion'] ?? '')).toEqual(alignment)
})

function motionBody(sensorMs: number) {
  return {
    sensor_ms: sensorMs,
    acceleration: { x: 1, y: 2, z: 3 },
    rotation_rate: { x: 4, y: 5, z: 6 },
  }
}

test('MCA-3 what does not fit is refused', async () => {
  const good = await inputOf(uneven)
  const { frames } = good.video
  const wrong: [Partial<RecordingInput>, RegExp][] = [
    [{ tasks: [' '] }, /no task/],
    [{ video: { ...good.video, frames: [] } }, /no frames/],
    [{ video: { ...good.video, frames: frames.slice(1) } }, /key frame/],
    [{ video: { ...good.video, frames: [frames[0]!, frames[2]!, frames[1]!] } }, /ascend/],
    [{ signals: [{ timeMs: 0, ...SAMPLE, sharpness: Number.NaN }] }, /no number/],
    [{ notes: [{ timeMs: -1, text: 'early' }] }, /before its start/],
  ]
  for (const [change, words] of wrong) {
    const written = writeRecording({ ...good, ...change }, zstd)
    await expect(written, String(words)).rejects.toThrow(words)
  }
})

test('MCA-4 a damaged file ends as words', async () => {
  const bytes = await writeRecording(await inputOf(uneven), zstd)
  const dice = seededRandom('mcap')
  for (let round = 0; round < 60; round++) {
    const changed = new Uint8Array(bytes)
    if (round % 3 === 0) changed.fill(dice.int(256), dice.int(bytes.length))
    else changed[dice.int(bytes.length)]! ^= 1 << dice.int(8)
    const source = bytesSource(round % 5 === 0 ? changed.slice(0, dice.int(bytes.length)) : changed)
    const look = async () => {
      await readRecording(PATH, source)
      for await (const message of readMessages(PATH, source)) expect(message.topic).toBeTypeOf('string')
    }
    await look().catch((cause) => expect(cause).toMatchObject({ code: 'release-unreadable' }))
  }
}, 30_000)
