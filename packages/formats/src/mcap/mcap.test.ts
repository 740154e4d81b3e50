import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlacedPoint } from '@chiron/core/kinds'
import { seededRandom } from '@chiron/core/kit'
import {
  BODY_BONES,
  BODY_LANDMARKS,
  type BodyStream,
  HAND_JOINTS,
  type HandStream,
  type Redaction,
} from '@chiron/core/sight'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesSource } from '../io.ts'
import { prepareNativeVideo, probeFile, zstd } from '../node/index.ts'
import { runFfmpeg } from '../node/run-ffmpeg.ts'
import { handsClip, makeClip, PHONE } from '../node/testing/index.ts'
import { opensStream } from '../video/index.ts'
import {
  type CorrectedHandsRecord,
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

const HANDS: HandStream = {
  tool: { name: '@mediapipe/tasks-vision', version: '0.10.35', model: 'hand lite' },
  clock: 'camera',
  filmStartMs: 5000,
  frames: [
    { timeMs: 4990, hands: [] },
    {
      timeMs: 5033.5,
      hands: [
        {
          side: 'left',
          confidence: 0.87,
          points: Array.from({ length: 21 }, (_, at): [number, number, number] => [at / 20, 0.5, -0.01]),
        },
      ],
    },
    { timeMs: 5233.5, hands: [] },
  ],
}
const REDACTION: Redaction = {
  tool: { name: '@mediapipe/tasks-vision', version: '0.10.35' },
  models: ['face full', 'hand lite'],
  looksPerSecond: 5,
  minConfidence: 0.3,
  carryMs: 500,
  covers: [{ fromMs: 100, toMs: 900, boxes: [{ x: 0.25, y: 0, width: 0.5, height: 0.25 }] }],
  sheets: {
    tool: { name: 'a finder', version: '3' },
    looksPerSecond: 2.5,
    carryMs: 1000,
    found: [
      { kind: 'paper', fromMs: 50, toMs: 700, lookCount: 4, choice: 'covered' },
      { kind: 'screen', fromMs: 100, toMs: 900, lookCount: 5, choice: 'nothing-private' },
    ],
    covers: [{ fromMs: 50, toMs: 700, boxes: [{ x: 0.5, y: 0.5, width: 0.25, height: 0.25 }] }],
  },
  background: 'kept',
  sound: 'dropped',
  dates: 'stripped',
  approvedAt: '2026-11-20T11:22:33.000Z',
}

test('MCA-6 hands and covers are read back as they were kept, with times, tool and version', async () => {
  const bytes = await writeRecording(await inputOf(uneven, { hands: HANDS, redaction: REDACTION }), zstd)
  const messages = await messagesIn(bytes)
  const of = (topic: string) => messages.filter((message) => message.topic === topic)
  const hand = HANDS.frames[1]!.hands[0]!
  expect(of('/phone/hands')).toEqual([
    {
      topic: '/phone/hands',
      timeMs: 33.5,
      body: {
        native_ms: 5033.5,
        hands: [{ ...hand, points: hand.points.map(([x, y, z]) => ({ x, y, z })) }],
      },
    },
    { topic: '/phone/hands', timeMs: 233.5, body: { native_ms: 5233.5, hands: [] } },
  ])
  const [drawn] = of('/phone/hands/annotations')
  // The wrist and the thumb's first joint: twenty bones, two ends each, in pixels of 320 × 240.
  const { points } = (drawn!.body as { points: { points: { x: number; y: number }[] }[] }).points[0]!
  expect(points).toHaveLength(40)
  expect(points.slice(0, 2)).toEqual([
    { x: 0, y: 120 },
    { x: 16, y: 120 },
  ])
  const { boxes } = REDACTION.covers[0]!
  const sheetBoxes = REDACTION.sheets!.covers[0]!.boxes
  expect(of('/phone/covers')).toEqual([
    {
      topic: '/phone/covers',
      timeMs: 50,
      body: { from_ms: 50, to_ms: 700, of: 'sheet', boxes: sheetBoxes },
    },
    { topic: '/phone/covers', timeMs: 100, body: { from_ms: 100, to_ms: 900, of: 'face', boxes } },
  ])
  const told = await readRecording(PATH, bytesSource(new Uint8Array(bytes)))
  const by = { tool: '@mediapipe/tasks-vision', version: '0.10.35' }
  expect(told.hands).toEqual({ ...by, model: 'hand lite', clock: 'camera' })
  expect(told.redaction).toMatchObject({ ...by, covers: '1', sound: 'dropped' })
  expect(told.redaction).toMatchObject({ sheets_tool: 'a finder', sheets_version: '3', sheets_covers: '1' })
  expect(JSON.parse(told.redaction?.sheets_found ?? '')).toEqual([
    { kind: 'paper', from_ms: 50, to_ms: 700, choice: 'covered' },
    { kind: 'screen', from_ms: 100, to_ms: 900, choice: 'nothing-private' },
  ])
  expect(JSON.stringify(told.redaction)).not.toContain('11:22')
  expect(JSON.parse(told.clocks['/phone/hands'] ?? '')).toMatchObject({ offsetMs: -5000, errorMs: 0 })
  const plain = await writeRecording(await inputOf(uneven), zstd)
  const bare = await readRecording(PATH, bytesSource(new Uint8Array(plain)))
  expect([bare.hands, bare.redaction, bare.clocks]).toEqual([undefined, undefined, {}])
})

const BODY: BodyStream = {
  tool: { name: '@mediapipe/tasks-vision', version: '0.10.35', model: 'pose lite', sha256: 'ab'.repeat(32) },
  clock: 'film',
  filmStartMs: 1000,
  frames: [
    { timeMs: 900, count: 0, body: null },
    {
      timeMs: 1100,
      count: 2,
      // The feet are not in sight.
      body: BODY_LANDMARKS.map((name, at) => [at / 32, 0.5, -0.1, /ankle|heel|foot/.test(name) ? 0.2 : 0.9]),
    },
    { timeMs: 1300.5, count: 0, body: null },
  ],
}

test('MCA-8 the body is read back as it was kept, with its landmarks’ names, tool, model and digest', async () => {
  const bytes = await writeRecording(await inputOf(uneven, { body: BODY }), zstd)
  const messages = await messagesIn(bytes)
  const of = (topic: string) => messages.filter((message) => message.topic === topic)
  const landmarks = BODY.frames[1]!.body!.map(([x, y, z, visibility], at) => {
    return { name: BODY_LANDMARKS[at], x, y, z, visibility }
  })
  expect(of('/phone/body')).toEqual([
    { topic: '/phone/body', timeMs: 100, body: { native_ms: 1100, count: 2, landmarks } },
    { topic: '/phone/body', timeMs: 300.5, body: { native_ms: 1300.5, count: 0, landmarks: [] } },
  ])
  const [drawn, nothing] = of('/phone/body/annotations')
  const { points } = (drawn!.body as { points: { points: { x: number; y: number }[] }[] }).points[0]!
  // Bones that end where nothing is in sight are not drawn: shins and feet, four on each side.
  expect(points).toHaveLength(2 * (BODY_BONES.length - 8))
  expect(points[0]).toEqual({ x: (11 / 32) * 320, y: 120 })
  expect((nothing!.body as { points: unknown[] }).points).toEqual([])
  const told = await readRecording(PATH, bytesSource(new Uint8Array(bytes)))
  const { name: tool, version, model, sha256 } = BODY.tool
  expect(told.body).toEqual({ tool, version, model, model_sha256: sha256, clock: 'film' })
  expect(JSON.parse(told.clocks['/phone/body'] ?? '')).toMatchObject({ offsetMs: -1000, errorMs: 0 })
})

test('MCA-8 a recording without the body says why where it was asked for, and nothing where it was not', async () => {
  const absent = await writeRecording(await inputOf(uneven, { body: { absent: 'device' } }), zstd)
  const told = await readRecording(PATH, bytesSource(new Uint8Array(absent)))
  expect(told.body).toEqual({ absent: 'device' })
  expect(told.topics.map(({ topic }) => topic)).not.toContain('/phone/body')
  const plain = await writeRecording(await inputOf(uneven), zstd)
  expect((await readRecording(PATH, bytesSource(new Uint8Array(plain)))).body).toBeUndefined()
})

test('MCA-7 what people put right is read back as they agreed on it, beside the detector’s, and drawn in pixels', async () => {
  const judged = { agreement: 1, stateShare: 0.5 }
  const points = HAND_JOINTS.map(
    (_, joint): PlacedPoint =>
      joint === 20
        ? { state: 'outside', x: null, y: null, errorPx: null, ...judged }
        : { state: 'seen', x: joint / 20, y: 0.5, errorPx: 1.5, ...judged },
  )
  const hands: CorrectedHandsRecord['hands'] = [
    { side: 'left', points: null, agreement: 1 },
    { side: 'right', points, agreement: 0.9 },
  ]
  const corrected: CorrectedHandsRecord[] = [{ timeMs: 512.5, answerCount: 3, by: 'member', hands }]
  const bytes = await writeRecording(await inputOf(uneven, { hands: HANDS, corrected }), zstd)
  const messages = await messagesIn(bytes)
  const of = (topic: string) => messages.filter((message) => message.topic === topic)
  expect(of('/phone/hands')).toHaveLength(2)
  const [put] = of('/people/hands')
  expect(put?.timeMs).toBe(512.5)
  const told = put?.body as { answer_count: number; by: string; hands: { points: object[] }[] }
  expect([told.answer_count, told.by]).toEqual([3, 'member'])
  expect(told.hands).toMatchObject([
    { side: 'left', is_in_picture: false, points: [] },
    { side: 'right', is_in_picture: true, agreement: 0.9 },
  ])
  const rest = { agreement: 1, state_share: 0.5 }
  expect(told.hands[1]?.points[8]).toEqual({
    joint: 'index_tip',
    ...{ state: 'seen', x: 0.4, y: 0.5, error_px: 1.5 },
    ...rest,
  })
  expect(told.hands[1]?.points[20]).toEqual({ joint: 'little_tip', state: 'outside', ...rest })
  const [drawn] = of('/people/hands/annotations')
  const lines = (drawn!.body as { points: { points: object[] }[] }).points.map((line) => line.points)
  // Nineteen bones: that of the joint which is not in the picture has no end.
  expect(lines.map(({ length }) => length)).toEqual([0, 38])
  expect(lines[1]?.slice(0, 2)).toEqual([
    { x: 0, y: 120 },
    { x: 16, y: 120 },
  ])
  const early = await inputOf(uneven, { corrected: [{ ...corrected[0]!, timeMs: -1 }] })
  await expect(writeRecording(early, zstd)).rejects.toThrow(/before its start/)
})

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
