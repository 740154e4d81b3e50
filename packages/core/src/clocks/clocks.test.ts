import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import { alignClocks, type ClockPair, inverseAlignment, joinAlignments, mapTime } from './index.ts'

const OFFSET_MS = 48_213.7

/** Pairs of two clocks, `to` arriving late by up to `jitterMs`, some of them by far more. */
function pairs(
  seed: string,
  made: { driftPpm: number; spanMs: number; jitterMs: number; farRatio?: number },
) {
  const dice = seededRandom(seed)
  const { driftPpm, spanMs, jitterMs, farRatio = 0 } = made
  return Array.from({ length: 600 }, (_, at): ClockPair => {
    const fromMs = 1000 + (at * spanMs) / 599
    const late = (dice.next() - 0.5) * jitterMs + (dice.next() < farRatio ? 80 + dice.next() * 400 : 0)
    return { fromMs, toMs: fromMs + OFFSET_MS + (fromMs * driftPpm) / 1e6 + late }
  })
}

test('CLK-1 offset and drift are found through jitter and far-off pairs, and the truth lies within the error', () => {
  for (const driftPpm of [-80, 50, 200]) {
    for (let round = 0; round < 5; round++) {
      const noisy = pairs(`${driftPpm}-${round}`, { driftPpm, spanMs: 120_000, jitterMs: 8, farRatio: 0.3 })
      const found = alignClocks(noisy)!
      expect(Math.abs(found.driftPpm - driftPpm)).toBeLessThan(found.driftErrorPpm + 25)
      for (const fromMs of [1000, 60_000, 121_000]) {
        const truth = fromMs + OFFSET_MS + (fromMs * driftPpm) / 1e6
        // A third of the pairs come late, which moves a median by a part of the jitter.
        expect(Math.abs(mapTime(found, fromMs) - truth)).toBeLessThan(Math.min(6, found.errorMs))
      }
    }
  }
  const clean = alignClocks(pairs('clean', { driftPpm: 120, spanMs: 60_000, jitterMs: 0 }))!
  expect(clean.driftPpm).toBeCloseTo(120, 3)
  expect(clean.errorMs).toBeLessThan(1e-6)
  expect(clean.count).toBe(200)
})

test('CLK-2 a drift that could be chance, or of a take too short to tell, is none', () => {
  const called = Array.from({ length: 40 }, (_, round) =>
    alignClocks(pairs(`none-${round}`, { driftPpm: 0, spanMs: 30_000, jitterMs: 10 })),
  ).filter((found) => found?.driftPpm !== 0)
  expect(called.length).toBeLessThanOrEqual(2) // one in a hundred by design
  const short = alignClocks(pairs('short', { driftPpm: 200, spanMs: 3_000, jitterMs: 4 }))!
  expect(short.driftPpm).toBe(0)
  expect(Math.abs(short.offsetMs - OFFSET_MS)).toBeLessThan(short.errorMs)
})

test('CLK-3 there and back is the time itself; joined alignments add their errors', () => {
  const one = alignClocks(pairs('one', { driftPpm: 90, spanMs: 60_000, jitterMs: 4 }))!
  const two = alignClocks(pairs('two', { driftPpm: -40, spanMs: 60_000, jitterMs: 6 }))!
  for (const timeMs of [0, 31_234.5, 90_000]) {
    expect(mapTime(inverseAlignment(one), mapTime(one, timeMs))).toBeCloseTo(timeMs, 6)
    const joined = joinAlignments(one, two)
    expect(mapTime(joined, timeMs)).toBeCloseTo(mapTime(two, mapTime(one, timeMs)), 6)
    expect(joined.errorMs).toBe(one.errorMs + two.errorMs)
  }
})

test('CLK-4 what says nothing gives no alignment', () => {
  expect(alignClocks([])).toBeUndefined()
  expect(alignClocks([{ fromMs: 1, toMs: 2 }])).toBeUndefined()
  expect(alignClocks([5, 5, 5].map((fromMs) => ({ fromMs, toMs: 9 })))).toBeUndefined()
  expect(
    alignClocks([Number.NaN, Number.POSITIVE_INFINITY].map((fromMs) => ({ fromMs, toMs: 9 }))),
  ).toBeUndefined()
})
