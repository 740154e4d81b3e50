import { expect, test } from 'vitest'
import {
  cutMotion,
  MAX_MOTION_SAMPLES,
  type MotionStream,
  motionOnFilm,
  motionStreamSchema,
  orientationQuaternion,
  valuesAt,
} from './index.ts'

const TIMES = Array.from({ length: 101 }, (_, at) => 5000 + at * 20)

function stream(change: Partial<MotionStream> = {}): MotionStream {
  return {
    motion: {
      timesMs: TIMES,
      acceleration: TIMES.map((timeMs) => [timeMs / 1000, 0, 9.81]),
      rotationRate: TIMES.map(() => [0.1, 0, 0]),
    },
    orientation: { timesMs: TIMES, quaternion: TIMES.map(() => [0, 0, 0, 1]), isAbsolute: false },
    toCamera: { atMs: 5000, offsetMs: 100_000, driftPpm: 0, driftErrorPpm: 0, errorMs: 4, count: 100 },
    cameraStartMs: 105_200,
    ...change,
  }
}

test('MOT-1 a stream that cannot be is refused', () => {
  const good = stream()
  expect(motionStreamSchema.parse(good)).toEqual(good)
  const wrong: MotionStream[] = [
    stream({ motion: { ...good.motion, timesMs: [...TIMES].reverse() } }),
    stream({ motion: { ...good.motion, acceleration: good.motion.acceleration.slice(1) } }),
    stream({ cameraStartMs: Number.NaN }),
    stream({
      orientation: {
        timesMs: Array.from({ length: MAX_MOTION_SAMPLES + 1 }, (_, at) => at),
        quaternion: Array.from({ length: MAX_MOTION_SAMPLES + 1 }, () => [0, 0, 0, 1]),
        isAbsolute: true,
      },
    }),
  ]
  for (const each of wrong) expect(motionStreamSchema.safeParse(each).success).toBe(false)
})

test('MOT-2 samples stand on the film’s clock where the alignment says', () => {
  const { motion, errorMs } = motionOnFilm(stream())
  expect(motion.timesMs[0]).toBe(-200)
  expect(motion.timesMs[10]).toBe(0)
  expect(errorMs).toBe(4)
})

test('MOT-3 between samples lies the straight line; outside and over gaps lies nothing', () => {
  const { motion } = motionOnFilm(stream())
  const values = valuesAt(motion.timesMs, motion.acceleration, [-300, 0, 10, 1799, 1800, 1801])
  expect(values.map((value) => value?.[0])).toEqual([
    undefined,
    5.2,
    expect.closeTo(5.21, 9),
    expect.closeTo(6.999, 9),
    7,
    undefined,
  ])
  const gap = valuesAt([0, 100, 700, 720], [[1], [1], [2], [2]], [50, 400, 710])
  expect(gap).toEqual([[1], undefined, [2]])
  expect(valuesAt([], [], [1])).toEqual([undefined])
})

/** A vector turned by a quaternion. */
function turned([x, y, z, w]: readonly number[], [a, b, c]: readonly [number, number, number]): number[] {
  const rows = [
    [1 - 2 * (y! * y! + z! * z!), 2 * (x! * y! - z! * w!), 2 * (x! * z! + y! * w!)],
    [2 * (x! * y! + z! * w!), 1 - 2 * (x! * x! + z! * z!), 2 * (y! * z! - x! * w!)],
    [2 * (x! * z! - y! * w!), 2 * (y! * z! + x! * w!), 1 - 2 * (x! * x! + y! * y!)],
  ]
  return rows.map(([p, q, r]) => p! * a + q! * b + r! * c)
}

test('MOT-4 orientation is the quaternion of the W3C’s rotations', () => {
  const near = (found: number[], wanted: number[]) =>
    found.forEach((value, at) => {
      expect(value).toBeCloseTo(wanted[at] as number, 12)
    })
  // The standard's own example: held upright as in front of the eyes, the top edge points up.
  near(turned(orientationQuaternion(0, 90, 0), [0, 1, 0]), [0, 0, 1])
  // Lying flat, its top to the west (alpha counts against the clock).
  near(turned(orientationQuaternion(90, 0, 0), [0, 1, 0]), [-1, 0, 0])
  near(turned(orientationQuaternion(0, 0, 90), [1, 0, 0]), [0, 0, -1])
  for (const [alpha, beta, gamma] of [
    [10, 20, 30],
    [300, -170, 80],
  ] as const)
    expect(Math.hypot(...orientationQuaternion(alpha, beta, gamma))).toBeCloseTo(1, 12)
})

test('MOT-5 cutting a take cuts its streams and leaves their clocks alone', () => {
  const cut = cutMotion(stream(), 1000, 1200)
  const { motion } = motionOnFilm(cut)
  expect(motion.timesMs[0]).toBe(-500)
  expect(motion.timesMs.at(-1)).toBe(700)
  const whole = motionOnFilm(stream()).motion
  const [before] = valuesAt(whole.timesMs, whole.acceleration, [1111])
  expect(valuesAt(motion.timesMs, motion.acceleration, [111])[0]).toEqual(before)
  expect(cut.motion.timesMs.every((timeMs) => TIMES.includes(timeMs))).toBe(true)
  expect(motionStreamSchema.safeParse(cut).success).toBe(true)
})
