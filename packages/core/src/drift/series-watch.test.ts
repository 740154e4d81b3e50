import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import {
  goOnWatching,
  isSpent,
  openSeriesWatch,
  type SeriesWatch,
  type Sighting,
  whereMoved,
} from './index.ts'

const ALPHA = 0.05

type Throw = (at: number) => string | number

const seen = (value: string | number, at: number, cohorts: readonly string[] = []): Sighting => ({
  id: `run ${at}`,
  value,
  cohorts,
})
const many = (count: number, value: Throw, from = 0) =>
  Array.from({ length: count }, (_, at) => seen(value(at), from + at))

function watched(name: string, known: readonly string[] | null, before: Throw, after: Throw): SeriesWatch {
  const opened = openSeriesWatch(many(200, before), known)
  return goOnWatching(opened, many(1000, after), { alpha: ALPHA, seed: `draws ${name}` }).watch
}

/** Each throw by dice of its own. */
const success = (name: string, rate: number): Throw => {
  const dice = seededRandom(name)
  return () => (dice.next() < rate ? 'success' : 'failure')
}
const measure = (name: string, shift = 0): Throw => {
  const dice = seededRandom(name)
  return () => dice.next() + dice.next() + shift
}
const OUTCOMES = ['success', 'failure']

test('DRF-6 nothing changed: an alarm in at most one of twenty watches, with known categories, learned ones and bins', () => {
  const alarmsIn = (known: readonly string[] | null, make: (name: string) => Throw) =>
    Array.from({ length: 200 }, (_, at) => {
      const thrown = make(`still ${at}`)
      return watched(`still ${at}`, known, thrown, thrown).state.alarmAt
    }).filter((at) => at !== null).length
  // 200 × .05 = 10; more than 20 would be far beyond chance.
  expect(alarmsIn(OUTCOMES, (name) => success(name, 0.8))).toBeLessThanOrEqual(20)
  expect(alarmsIn(null, (name) => success(name, 0.7))).toBeLessThanOrEqual(20)
  expect(alarmsIn(null, (name) => measure(name))).toBeLessThanOrEqual(20)
})

test('DRF-6 a fall from 85% to 50% and a measure that moved are found in nearly every watch', () => {
  const found = (make: (at: number) => SeriesWatch) =>
    Array.from({ length: 40 }, (_, at) => make(at)).filter(({ state }) => state.alarmAt !== null).length
  const fallen = found((at) =>
    watched(`fall ${at}`, OUTCOMES, success(`b ${at}`, 0.85), success(`a ${at}`, 0.5)),
  )
  expect(fallen).toBeGreaterThanOrEqual(36)
  const darker = found((at) => watched(`dark ${at}`, null, measure(`b ${at}`), measure(`a ${at}`, -0.5)))
  expect(darker).toBeGreaterThanOrEqual(36)
})

test('DRF-6 a watch that was kept and cut up elsewhere is the same to the bit', () => {
  const opened = openSeriesWatch(many(100, success('kept', 0.8)), OUTCOMES)
  const came = many(95, success('came', 0.6))
  const options = { alpha: 1e-9, seed: 'draws' }
  const whole = goOnWatching(opened, came, options).watch
  let parts = opened
  for (let at = 0; at < came.length; at += 7) {
    const kept = JSON.parse(JSON.stringify(parts)) as SeriesWatch
    parts = goOnWatching(kept, came.slice(at, at + 7), options).watch
  }
  expect(parts).toEqual(whole)
  expect(whole.track).toHaveLength(9)
  expect(whole.waiting).toHaveLength(5)
})

test('DRF-7 it ends where what was set aside is used up, or at an alarm, and says how many it took', () => {
  const opened = openSeriesWatch(many(20, success('short', 0.5)), OUTCOMES)
  const ended = goOnWatching(opened, many(100, success('short', 0.5)), { alpha: 1e-9, seed: 'e' })
  // Twenty set aside are four blocks, of ten that came each.
  expect(ended.takenCount).toBe(40)
  expect(isSpent(ended.watch)).toBe(true)
  const broken = openSeriesWatch(
    many(200, () => 'success'),
    OUTCOMES,
  )
  const rang = goOnWatching(
    broken,
    many(300, () => 'failure'),
    { alpha: 0.01, seed: 'r' },
  )
  expect(rang.takenCount).toBeLessThan(50)
  expect(rang.watch.state.alarmAt).toBe(rang.takenCount / 10)
  expect(isSpent(rang.watch)).toBe(false)
  expect(rang.watch.examples.after[1]).toEqual([1, 2, 3].map((back) => `run ${rang.takenCount - 4 + back}`))
})

test('DRF-8 the parts of cohorts sum to the change, and tell a cohort that got worse from one that came more often', () => {
  const worse = whereMoved(
    new Map([
      ['light: bright', { before: [45, 5], after: [45, 5] }],
      ['light: dim', { before: [40, 10], after: [20, 30] }],
    ]),
    0,
  )
  expect(worse[0]).toMatchObject({ cohort: 'light: dim', before: { value: 0.8 }, after: { value: 0.4 } })
  expect(worse[0]?.byRate).toBeCloseTo(-0.2, 12)
  expect(worse[0]?.byMix).toBeCloseTo(0, 12)
  const more = whereMoved(
    new Map([
      ['light: bright', { before: [90, 0], after: [50, 0] }],
      ['light: dim', { before: [5, 5], after: [25, 25] }],
      ['light: new', { before: [0, 0], after: [0, 10] }],
    ]),
    0,
  )
  const change = 75 / 110 - 95 / 100
  expect(more.reduce((sum, { byRate, byMix }) => sum + byRate + byMix, 0)).toBeCloseTo(change, 12)
  expect(more.every(({ byRate }) => Math.abs(byRate) < 1e-12)).toBe(true)
  expect(whereMoved(new Map([['x', { before: [0, 0], after: [1, 1] }]]), 0)).toEqual([])
})
