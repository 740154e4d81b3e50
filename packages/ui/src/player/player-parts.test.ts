import { expect, test } from 'vitest'
import { createEchoes } from './echoes.ts'
import { constantClock, shiftedClock, timedClock } from './frame-clock.ts'
import { createStepKeeper } from './keep-step.ts'
import { edgeFrames, type Lane, nextEdge, spanAt } from './lane.ts'
import { pairTiming } from './pair-timing.ts'
import { nextSpeed } from './playback.ts'
import { seriesPath, seriesScale, valueAt } from './series-path.ts'

const ntsc = constantClock({ fps: 30_000 / 1001, frameCount: 9000 })

test('UI-6 every frame is found again from the middle of its time and from its own time stamp', () => {
  for (let frame = 0; frame < 9000; frame += 7) {
    expect(ntsc.frameAtMs(ntsc.middleSec(frame) * 1000)).toBe(frame)
    expect(ntsc.frameAtMs(ntsc.startMs(frame))).toBe(frame)
    // Time stamps come rounded to a tick of 1/15360 s.
    expect(ntsc.frameOfMediaTime(Math.round((ntsc.startMs(frame) / 1000) * 15_360) / 15_360)).toBe(frame)
  }
})

test('UI-6 frames that stand unevenly are found by their own starts', () => {
  const startsMs = [0, 33, 66, 166, 200]
  const clock = timedClock({ startsMs, durationMs: 233 })
  expect(startsMs.map((start) => clock.frameAtMs(start))).toEqual([0, 1, 2, 3, 4])
  expect(startsMs.map((_, frame) => clock.frameAtMs(clock.middleSec(frame) * 1000))).toEqual([0, 1, 2, 3, 4])
  expect([clock.frameOfMediaTime(0.1659), clock.frameOfMediaTime(0.0661), clock.frameOfMediaTime(9)]).toEqual(
    [3, 2, 4],
  )
  expect(clock.middleSec(2)).toBeCloseTo(0.116, 6)
})

const clock = constantClock({ fps: 10, frameCount: 100 })
const lanes: Lane[] = [
  {
    id: 'phases',
    label: 'Phases',
    kind: 'spans',
    data: [
      { id: 'reach', fromMs: 1000, toMs: 3000 },
      { id: 'grasp', fromMs: 3000, toMs: 4000 },
      { id: 'whole', fromMs: 0, toMs: 9000 },
    ],
  },
  { id: 'events', label: 'Events', kind: 'marks', data: [{ id: 'contact', atMs: 3200, label: 'contact' }] },
]

test('span edges and marks are walked in order, then the ends of the clip', () => {
  const edges = edgeFrames(lanes, clock)
  expect(edges).toEqual([0, 10, 30, 32, 40, 90])
  expect([nextEdge(edges, 30, 1, 100), nextEdge(edges, 30, -1, 100), nextEdge(edges, 90, 1, 100)]).toEqual([
    32, 10, 99,
  ])
})

test('the span to repeat is the shortest one around the moment', () => {
  expect(spanAt(lanes, 3000)?.id).toBe('grasp')
  expect(spanAt(lanes, 500)?.id).toBe('whole')
  expect(spanAt(lanes, 9500)).toBeNull()
})

test('speeds go from 0.1 to 4 and stop there', () => {
  expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(4, 1), nextSpeed(0.1, -1)]).toEqual([1.5, 0.5, 4, 0.1])
})

test('a long series keeps its peaks when it is thinned, and breaks where there is no value', () => {
  const timesMs = Array.from({ length: 20_000 }, (_, at) => at)
  const values = timesMs.map((at) => (at === 12_345 ? 50 : at % 3))
  const path = seriesPath({ timesMs, values, min: 0, max: 50 }, 20_000)
  expect(path.split(/[ML]/).length).toBeLessThanOrEqual(1202)
  expect(path).toContain(`L${((12_345 / 20_000) * 1000).toFixed(1)} 0.0`)
  const broken = seriesPath({ timesMs: [0, 1, 2], values: [1, Number.NaN, 2] }, 4)
  expect(broken.match(/M/g)).toHaveLength(2)
  expect(seriesScale({ timesMs: [], values: [] })).toEqual({ min: 0, max: 1 })
  expect(valueAt({ timesMs: [0, 10, 20], values: [1, 2, 3] }, 15)).toBe(2)
})

test('UI-6 a frame that an app hands back late is not taken for a wish, one it asks for is', () => {
  let nowMs = 0
  const echoes = createEchoes(() => nowMs)
  for (const frame of [74, 75, 80]) echoes.report(frame, 70)
  // The clip already stands on 80 when the app has drawn 75.
  expect(echoes.isEcho(75, false)).toBe(true)
  expect(echoes.isEcho(80, false)).toBe(true)
  // Both have come back: to ask for them now is a wish, and so it is for what the app has skipped.
  expect([74, 75, 80].map((frame) => echoes.isEcho(frame, false))).toEqual([false, false, false])
  // What the app asks for already does not come back: asked for anew it is a wish.
  echoes.report(85, 85)
  expect(echoes.isEcho(85, false)).toBe(false)
  echoes.report(90, 80)
  nowMs = 1500
  expect(echoes.isEcho(90, true)).toBe(true)
  echoes.report(91, 90)
  nowMs = 3000
  expect(echoes.isEcho(91, false)).toBe(false)
})

const CLIP = { fps: 30, frameCount: 300, durationMs: 10_000, startMs: 0 }

test('UI-12 two clips share a clock from where the earlier begins to where the later ends; that one leads', () => {
  const late = { ...CLIP, startMs: 700 }
  expect(pairTiming([CLIP, late])).toEqual({
    leading: 1,
    timing: { fps: 30, frameCount: 321, durationMs: 10_700 },
    startsSec: [0.7, 0],
  })
  expect(pairTiming([late, CLIP]).leading).toBe(0)
  const inside = { ...CLIP, frameCount: 90, durationMs: 3_000, startMs: 2_000 }
  expect(pairTiming([inside, CLIP])).toEqual({
    leading: 1,
    timing: { fps: 30, frameCount: 300, durationMs: 10_000 },
    startsSec: [0, 2],
  })
  // What has no moment in common begins together.
  expect(pairTiming([CLIP, { ...CLIP, startMs: 60_000 }]).startsSec).toEqual([0, 0])
})

test('UI-12 a clip that begins later finds its frames on the shared clock, wherever it begins', () => {
  const shared = constantClock({ fps: 30, frameCount: 400 })
  for (const startSec of [0, 0.7, 0.7123, 1 / 3, 2.0249]) {
    const own = shiftedClock(shared, startSec)
    for (let picture = 0; picture < 300; picture += 7) {
      const frame = own.frameOfMediaTime(picture / 30)
      expect(Math.floor(own.middleSec(frame) * 30)).toBe(picture)
    }
  }
})

/** Plays two clips for some seconds, told of every picture; gives how many frames apart they were at each. */
function playedApart(order: { lateSec: number; drift: number; stallSec?: number; speed?: number }): number[] {
  const { lateSec, drift, stallSec = 0, speed = 1 } = order
  const keeper = createStepKeeper()
  let rates: readonly [number, number] = [speed, speed]
  let [first, second] = [0, -lateSec]
  const apart: number[] = []
  for (let at = 0; at < 300; at += 1) {
    const sec = at / 30
    const stalls = sec >= 3 && sec < 3 + stallSec
    first += rates[0] / 30
    if (!stalls) second += (rates[1] * (1 + drift)) / 30
    // A picture comes with the first refresh of the screen after its moment.
    const shown = (where: number, refresh: number) => {
      const picture = Math.floor(where * 30) / 30
      return { sec: picture, atMs: (sec - (where - picture) / speed) * 1000 + refresh * 8 }
    }
    rates = keeper.rates([shown(first, 0), shown(second, at % 3)], speed)
    expect(Math.max(...rates)).toBe(speed)
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(1 / 16)
    apart.push((first - second) * 30)
  }
  return apart
}

test('UI-12 whoever is ahead plays more slowly until both are in step again, and neither hurries', () => {
  const worstAfter = (apart: readonly number[], sec: number): number =>
    Math.max(...apart.slice(sec * 30).map(Math.abs))
  expect(worstAfter(playedApart({ lateSec: 0, drift: 0 }), 0)).toBeLessThan(1)
  expect(worstAfter(playedApart({ lateSec: 0, drift: 0.02 }), 0)).toBeLessThan(1)
  expect(worstAfter(playedApart({ lateSec: 0, drift: -0.02 }), 0)).toBeLessThan(1)
  expect(worstAfter(playedApart({ lateSec: 0.2, drift: 0 }), 2)).toBeLessThan(1)
  expect(worstAfter(playedApart({ lateSec: -0.2, drift: 0 }), 2)).toBeLessThan(1)
  const stalled = playedApart({ lateSec: 0, drift: 0, stallSec: 0.5 })
  expect(worstAfter(stalled, 0)).toBeLessThan(9)
  expect(worstAfter(stalled, 5)).toBeLessThan(1)
})
