import fc from 'fast-check'
import { expect, test } from 'vitest'
import { avcLevel, bitrateFor } from './avc-setting.ts'
import { memoryCupboard } from './cupboard.ts'
import { frameGrid } from './frame-grid.ts'
import { lookPace } from './look-pace.ts'
import { stripCreationTime, wholeFragmentBytes } from './mp4-boxes.ts'
import { refusalOf } from './open-camera.ts'
import { partWriter } from './part-writer.ts'
import { readTake, takeIds, writeNotes } from './take-notes.ts'

const place = (fps: number, timesMs: number[]): number[] => {
  const grid = frameGrid(fps)
  const places: number[] = []
  for (const [frame, timeMs] of timesMs.entries()) {
    const { repeats, takes } = grid.place(timeMs)
    for (let at = 0; at < repeats; at++) places.push(frame - 1)
    if (takes) places.push(frame)
  }
  return places
}

test('CAP-1 a steady camera gives each of its frames one place, also with jitter', () => {
  const jitter = fc.array(fc.double({ min: -15, max: 15, noNaN: true }), { minLength: 60, maxLength: 60 })
  fc.assert(
    fc.property(jitter, (shifts) => {
      const times = shifts.map((shift, frame) => 1000 + (frame * 1000) / 30 + (frame === 0 ? 0 : shift))
      expect(place(30, times)).toEqual(times.map((_, frame) => frame))
    }),
  )
})

test('CAP-1 the grid is filled without holes and never runs off, whatever the camera does', () => {
  const steps = fc.array(fc.double({ min: 0.1, max: 400, noNaN: true }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 10, max: 60 }), (gaps, fps) => {
      const grid = frameGrid(fps)
      let timeMs = 5000
      grid.place(timeMs)
      for (const gap of gaps) {
        timeMs += gap
        const before = grid.frameCount()
        const { repeats, takes } = grid.place(timeMs)
        expect(grid.frameCount()).toBe(before + (takes ? repeats + 1 : 0))
        const behind = ((timeMs - 5000) * fps) / 1000 - (grid.frameCount() - 1)
        expect(behind).toBeLessThanOrEqual(0.65 + 1e-6)
        expect(behind).toBeGreaterThanOrEqual(-1.65 - 1e-6)
      }
    }),
  )
})

/** Frames that are looked at in a second of a camera, by their kind, when a look takes so long. */
const looksOf = (fps: number, tookMs: number): { beat: number[]; between: number[] } => {
  const pace = lookPace()
  const looked = { beat: [] as number[], between: [] as number[] }
  for (let frame = 0; frame < fps; frame++) {
    const kind = pace.due((frame * 1000) / fps, tookMs)
    if (kind !== undefined) looked[kind].push(frame)
  }
  return looked
}

test('CAP-14 beats stay an interval apart, and a quick device looks once more between each two', () => {
  const { beat, between } = looksOf(30, 10)
  expect(beat).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27])
  expect(between).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26, 29])
  for (const fps of [15, 20, 24, 25, 30, 60]) {
    const looks = looksOf(fps, 10)
    expect(looks.beat.length + looks.between.length).toBeGreaterThanOrEqual(12)
    expect(looks.beat).toEqual(looksOf(fps, 1_000).beat)
  }
})

test('CAP-14 a device whose looks are slow keeps its beats and looks no more often', () => {
  expect(looksOf(30, 40)).toEqual({ beat: [0, 3, 6, 9, 12, 15, 18, 21, 24, 27], between: [] })
})

test('CAP-1 half the rate repeats each frame; double the rate takes every other', () => {
  const times = (fps: number): number[] => Array.from({ length: 8 }, (_, frame) => (frame * 1000) / fps)
  expect(place(30, times(15))).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7])
  expect(place(30, times(60))).toEqual([0, 1, 3, 5, 7])
})

test('CAP-1 levels of H.264 hold the picture and the rate', () => {
  expect(avcLevel({ width: 640, height: 480, fps: 30 })).toBe('1e')
  expect(avcLevel({ width: 1280, height: 720, fps: 30 })).toBe('1f')
  expect(avcLevel({ width: 720, height: 1280, fps: 60 })).toBe('20')
  expect(avcLevel({ width: 1920, height: 1080, fps: 30 })).toBe('28')
  expect(avcLevel({ width: 3840, height: 2160, fps: 30 })).toBe('33')
  expect(bitrateFor({ width: 1280, height: 720, fps: 30 })).toBe(2_764_800)
})

const box = (type: string, ...bodies: Uint8Array[]): Uint8Array => {
  const length = bodies.reduce((sum, body) => sum + body.length, 8)
  const bytes = new Uint8Array(length)
  new DataView(bytes.buffer).setUint32(0, length)
  bytes.set(new TextEncoder().encode(type), 4)
  let at = 8
  for (const body of bodies) {
    bytes.set(body, at)
    at += body.length
  }
  return bytes
}
const dated = (version: number): Uint8Array => Uint8Array.from([version, 0, 0, 0, ...Array(28).fill(7)])

test('CAP-1 creation and modification times become unknown, and nothing else changes', () => {
  const file = box(
    'moov',
    box('mvhd', dated(0)),
    box('trak', box('tkhd', dated(1)), box('mdia', box('mdhd', dated(0)))),
  )
  const clean = file.slice()
  stripCreationTime(clean)
  const changed = [...file.keys()].filter((at) => clean[at] !== file[at])
  expect(changed.length).toBe(8 + 16 + 8)
  expect(changed.every((at) => clean[at] === 0)).toBe(true)
  expect([...clean.subarray(16, 28)]).toEqual([0, 0, 0, 0, ...Array(8).fill(0)])
})

test('CAP-4 a cut-off recording ends after its last whole fragment', () => {
  const whole = [
    box('ftyp'),
    box('moov', dated(0)),
    box('moof', dated(0)),
    box('mdat', dated(0)),
    box('moof'),
    box('mdat', dated(1)),
  ]
  const file = Uint8Array.from(whole.flatMap((one) => [...one]))
  const ends = whole.map((_, at) => whole.slice(0, at + 1).reduce((sum, one) => sum + one.length, 0))
  for (let bytes = 0; bytes <= file.length; bytes++) {
    const expected = bytes >= ends[5]! ? ends[5]! : bytes >= ends[3]! ? ends[3]! : 0
    expect(wholeFragmentBytes(file.subarray(0, bytes))).toBe(expected)
  }
})

test('CAP-2 every failure of the browser has a code', () => {
  const code = (name: string): string => refusalOf(Object.assign(new Error('x'), { name })).refused
  expect(
    ['NotAllowedError', 'NotFoundError', 'OverconstrainedError', 'NotReadableError', 'TypeError'].map(code),
  ).toEqual(['no-permission', 'no-camera', 'no-camera', 'camera-busy', 'unsupported'])
})

test('CAP-4 parts that find no room on the device stay in memory', async () => {
  const cupboard = memoryCupboard()
  let room = 2
  const put = cupboard.put
  cupboard.put = async (name, piece) => {
    if (room-- <= 0) throw new DOMException('full', 'QuotaExceededError')
    await put(name, piece)
  }
  const writer = partWriter(cupboard, 't1', async () => undefined)
  for (const byte of [1, 2, 3, 4]) {
    writer.add(Uint8Array.of(byte))
    await writer.flush()
  }
  expect(await cupboard.names()).toEqual(['t1.part.000000', 't1.part.000001'])
  expect([...writer.spare.keys()]).toEqual(['t1.part.000002', 't1.part.000003'])
})

test('CAP-4 a take with notes and no film is unfinished', async () => {
  const cupboard = memoryCupboard()
  const size = { width: 1280, height: 720, fps: 30 }
  const lists = { context: {}, signals: [], sourceTimesMs: [] }
  await writeNotes(cupboard, {
    takeId: 't1',
    recordedAt: '2026-11-22T10:00:00Z',
    recording: 'avc',
    ...size,
    ...lists,
  })
  expect(await takeIds(cupboard, 'unfinished')).toEqual(['t1'])
  expect(await takeIds(cupboard, 'finished')).toEqual([])
  expect(await readTake(cupboard, 't1')).toBeUndefined()
})
