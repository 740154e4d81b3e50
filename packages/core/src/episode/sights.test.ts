import { expect, test } from 'vitest'
import {
  type CoachState,
  cameraShift,
  coachState,
  DEFAULT_TAKE_LIMITS,
  judgeTake,
  type LumaPlane,
  MAX_CAMERA_SHIFT,
  motionSegment,
  type TimedSight,
  type TimedSignals,
  trafficLights,
} from './index.ts'

const limits = DEFAULT_TAKE_LIMITS
const good = { brightness: 0.47, clippedRatio: 0.01, sharpness: 300, motion: 0.01 }
const fine = { handCount: 2, cutOffCount: 0, faceCount: 0, cameraShift: 0 }
const take = (count: number, motionAt: (at: number) => number = () => 0.01): TimedSignals[] =>
  Array.from({ length: count }, (_, at) => ({ timeMs: at * 100, ...good, motion: motionAt(at) }))

/** A wall of soft blotches, seen from a place `left` pixels to the right, with a dark hand in front at `hand`. */
function picture(left: number, hand?: number): LumaPlane {
  const width = 160
  const height = 90
  const luma = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = x + left
      const wall = 128 + 50 * Math.sin(at / 5) * Math.cos(y / 4) + 40 * Math.sin((at + 2 * y) / 9)
      const isHand = hand !== undefined && Math.abs(x - hand) < 14 && Math.abs(y - 50) < 24
      luma[y * width + x] = isHand ? 30 + ((x * 7 + y * 13) % 40) : Math.max(0, Math.min(255, wall))
    }
  }
  return { luma, width, height }
}

test('EPI-13 a camera that moved is told from a hand that moves', () => {
  expect(cameraShift(picture(0), picture(0))).toBe(0)
  expect(cameraShift(picture(0, 40), picture(0, 110))).toBeLessThan(MAX_CAMERA_SHIFT)
  expect(cameraShift(picture(0), picture(8))).toBeCloseTo(8 / 160, 2)
  expect(cameraShift(picture(0, 40), picture(8, 44))).toBeGreaterThan(MAX_CAMERA_SHIFT)
  const turned = { ...picture(0), width: 90, height: 160 }
  expect(cameraShift(picture(0), turned)).toBe(1)
})

test('EPI-13 a bare wall moves unseen and is not said to', () => {
  const wall = { luma: new Uint8Array(160 * 90).fill(120), width: 160, height: 90 }
  expect(cameraShift(wall, { ...wall, luma: wall.luma.map((level) => level + 1) })).toBe(0)
})

function instructionsOf(sight: (timeMs: number) => TimedSight | undefined, signals = good): string[] {
  let state: CoachState | undefined
  return Array.from({ length: 30 }, (_, at) => {
    const timeMs = at * 100
    state = coachState(state, { timeMs, signals, fps: 30, sight: sight(timeMs) }, limits)
    return state.instruction
  })
}

test('EPI-14 the coach speaks of hands and faces, most urgent first, and after light', () => {
  const ask = (change: Partial<TimedSight>): string[] =>
    instructionsOf((timeMs) => ({ timeMs, ...fine, ...change }))
  expect(new Set(ask({}))).toEqual(new Set(['ready']))
  expect(ask({ handCount: 0 }).at(-1)).toBe('no-hands')
  expect(ask({ cutOffCount: 1 }).at(-1)).toBe('hand-cut-off')
  expect(ask({ faceCount: 1, handCount: 0 }).at(-1)).toBe('face-visible')
  expect(ask({ faceCount: 3 }).at(-1)).toBe('several-people')
  expect(ask({ cameraShift: 0.1 }).at(-1)).toBe('camera-moved')
  expect(ask({ handCount: null, faceCount: null }).at(-1)).toBe('ready')
  const dark = instructionsOf((timeMs) => ({ timeMs, ...fine, handCount: 0 }), { ...good, brightness: 0.05 })
  expect(new Set(dark)).toEqual(new Set(['too-dark']))
})

test('EPI-14 a detector that fell silent is not believed for long', () => {
  const stale = instructionsOf(() => ({ timeMs: 0, ...fine, handCount: 0 }))
  expect(stale).toContain('no-hands')
  expect(stale.at(-1)).toBe('ready')
})

test('EPI-14 lasting sights are notices and amber lights, short ones nothing; the take passes', () => {
  const sights = Array.from({ length: 40 }, (_, at): TimedSight => {
    const timeMs = at * 250
    const gone = (timeMs >= 2_000 && timeMs < 4_000) || timeMs === 7_000
    return { timeMs, ...fine, handCount: gone ? 0 : 2 }
  })
  const probe = { durationMs: 10_000, width: 1280, height: 720, fps: 30, droppedRatio: 0, longestGapMs: 34 }
  const verdict = judgeTake({ probe, signals: take(100), limits, sights })
  expect(verdict.passes).toBe(true)
  expect(verdict.faults).toEqual([
    { code: 'no-hands', severity: 'notice', fromMs: 2_000, toMs: 3_750, value: 0, limit: 1 },
  ])
  const lights = trafficLights(take(100), limits, sights)
  expect(lights.map(({ light, code }) => [light, code])).toEqual([
    ['good', undefined],
    ['attention', 'no-hands'],
    ['good', undefined],
  ])
})

test('EPI-15 the still ends of a take are found, and what lies between is kept', () => {
  const lively = (at: number): number => (at >= 30 && at < 70 ? 0.02 : 0.000_3)
  const segment = motionSegment(take(100, lively), { durationMs: 10_000, minMs: 2_000 })
  expect(segment.fromMs).toBeGreaterThan(2_300)
  expect(segment.fromMs).toBeLessThanOrEqual(3_000)
  expect(segment.toMs).toBeGreaterThanOrEqual(6_900)
  expect(segment.toMs).toBeLessThan(7_700)
  const flicker = motionSegment(
    take(100, (at) => (at === 5 ? 0.1 : lively(at))),
    { durationMs: 10_000, minMs: 2_000 },
  )
  expect(flicker.fromMs).toBeGreaterThan(2_300)
})

test('EPI-15 a hand that now moves faster and now slower is not cut', () => {
  const signals = take(60, (at) => 0.008 + 0.005 * Math.sin(at / 3))
  expect(motionSegment(signals, { durationMs: 6_000, minMs: 2_000 })).toEqual({ fromMs: 0, toMs: 6_000 })
})

test('EPI-15 nothing is cut where nothing or everything moves, and no take becomes too short', () => {
  const whole = { fromMs: 0, toMs: 10_000 }
  for (const motion of [0, 0.01])
    expect(
      motionSegment(
        take(100, () => motion),
        { durationMs: 10_000, minMs: 2_000 },
      ),
    ).toEqual(whole)
  const brief = motionSegment(
    take(100, (at) => (at >= 50 && at < 55 ? 0.02 : 0.000_1)),
    {
      durationMs: 10_000,
      minMs: 4_000,
    },
  )
  expect(brief.toMs - brief.fromMs).toBeCloseTo(4_000, 6)
  expect(brief.fromMs).toBeLessThan(5_000)
  expect(brief.toMs).toBeGreaterThan(5_500)
})

test('EPI-16 what is unsharp while much changes went too fast', () => {
  const signals = take(60).map((signal) => ({ ...signal, sharpness: 12 }))
  const probe = { durationMs: 6_000, width: 1280, height: 720, fps: 30, droppedRatio: 0, longestGapMs: 34 }
  const codesOf = (motion: number): string[] =>
    judgeTake({ probe, signals: signals.map((signal) => ({ ...signal, motion })), limits }).faults.map(
      ({ code }) => code,
    )
  expect(codesOf(0.005)).toEqual(['blurred'])
  expect(codesOf(0.03)).toEqual(['motion-blur'])
})
