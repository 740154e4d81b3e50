import { expect, test } from 'vitest'
import { type Hand, type HandStream, momentsToCorrect } from './index.ts'

const START_MS = 4000
const hand = (side: Hand['side'], confidence: number): Hand => ({
  side,
  confidence,
  points: Array.from({ length: 21 }, (): Hand['points'][number] => [0.123_456, 1.5, 0]),
})
const stream = (looks: [filmMs: number, ...Hand[]][]): HandStream => ({
  tool: { name: 't', version: '1', model: 'm' },
  clock: 'camera',
  filmStartMs: START_MS,
  frames: looks.map(([filmMs, ...hands]) => ({ timeMs: filmMs + START_MS, hands })),
})
const timesOf = (of: HandStream, count: number, durationMs = 10_000) =>
  momentsToCorrect(of, { durationMs, count }).map(({ timeMs }) => timeMs)

/** Hands from 2 s to 8 s, ten looks a second, the surer the further from 3.1 s and 6.5 s. */
const usual = stream(
  Array.from({ length: 100 }, (_, at): [number, ...Hand[]] => {
    const ms = at * 100
    if (ms < 2000 || ms > 8000) return [ms]
    const away = Math.min(Math.abs(ms - 3100), Math.abs(ms - 6500)) / 10_000
    return [ms, hand('right', 0.6 + away)]
  }),
)

test('SEE-9 the least sure look of each span of the time with hands, in the film’s order', () => {
  expect(timesOf(usual, 2)).toEqual([3100, 6500])
  expect(timesOf(usual, 1)).toEqual([3100])
  const [one, two, three] = timesOf(usual, 3)
  expect(one).toBe(3100)
  expect(two! - one!).toBeGreaterThanOrEqual(500)
  expect(three).toBe(6500)
  expect(momentsToCorrect(usual, { durationMs: 10_000, count: 1 })[0]?.hands).toEqual([
    { side: 'right', confidence: 0.6, points: Array.from({ length: 21 }, () => [0.1235, 1.5]) },
  ])
})

test('SEE-9 a hand that one look alone saw is no hand, and nothing beyond the film is asked about', () => {
  const lone = stream([
    [0],
    [1000, hand('left', 0.1)],
    [2000],
    [3000, hand('right', 0.8)],
    [3400, hand('right', 0.9)],
  ])
  expect(timesOf(lone, 2)).toEqual([3000])
  expect(timesOf(lone, 2, 3200)).toEqual([])
  expect(timesOf(stream([[0], [1000]]), 2)).toEqual([])
  expect(timesOf(stream([]), 2)).toEqual([])
  expect(
    timesOf(
      stream([
        [-400, hand('left', 0.2)],
        [-100, hand('left', 0.3)],
      ]),
      1,
    ),
  ).toEqual([])
  const other = stream([
    [0, hand('left', 0.5)],
    [200, hand('right', 0.5)],
  ])
  expect(timesOf(other, 1)).toEqual([])
})

test('SEE-9 moments lie half a second apart, and of two hands of one side the surer is shown', () => {
  const short = stream([
    [0, hand('left', 0.5)],
    [100, hand('left', 0.4)],
    [200, hand('left', 0.3)],
  ])
  expect(timesOf(short, 3)).toEqual([0])
  const many = stream([
    [0, hand('right', 0.9), hand('left', 0.4), hand('left', 0.7)],
    [100, hand('right', 0.9), hand('left', 0.9)],
  ])
  const hands = momentsToCorrect(many, { durationMs: 1000, count: 1 })[0]?.hands
  expect(hands?.map(({ side, confidence }) => [side, confidence])).toEqual([
    ['left', 0.7],
    ['right', 0.9],
  ])
})

test('SEE-9 ten minutes of looks are gone through at once', () => {
  const long = stream(Array.from({ length: 18_000 }, (_, at) => [at * 33, hand('right', (at % 97) / 100)]))
  expect(timesOf(long, 5, 600_000)).toHaveLength(5)
})
