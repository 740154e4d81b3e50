import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CoachState,
  coachState,
  DEFAULT_TAKE_LIMITS,
  type FrameSignals,
  INSTRUCTION_MIN_MS,
  type Instruction,
  judgeTake,
  SIGNAL_INTERVAL_MS,
  serverLimits,
  type TakeProbe,
  type TimedSignals,
  takeLimitsSchema,
  trafficLights,
} from './index.ts'

const limits = DEFAULT_TAKE_LIMITS
const good: FrameSignals = { brightness: 0.47, clippedRatio: 0.01, sharpness: 300, motion: 0.01 }
const probe: TakeProbe = {
  durationMs: 10_000,
  width: 1280,
  height: 720,
  fps: 30,
  droppedRatio: 0,
  longestGapMs: 34,
}

const take = (change: (timeMs: number) => Partial<FrameSignals>, count = 100): TimedSignals[] =>
  Array.from({ length: count }, (_, at) => {
    const timeMs = at * SIGNAL_INTERVAL_MS
    return { timeMs, ...good, ...change(timeMs) }
  })
const during =
  (fromMs: number, toMs: number, change: Partial<FrameSignals>) =>
  (timeMs: number): Partial<FrameSignals> =>
    timeMs >= fromMs && timeMs < toMs ? change : {}
const codes = (signals: TimedSignals[], change: Partial<TakeProbe> = {}, by = limits): string[] =>
  judgeTake({ probe: { ...probe, ...change }, signals, limits: by }).faults.map(({ code }) => code)

test('EPI-6 a good take passes without faults', () => {
  expect(judgeTake({ probe, signals: take(() => ({})), limits })).toEqual({ passes: true, faults: [] })
  expect(takeLimitsSchema.parse(limits)).toEqual(limits)
})

test('EPI-6 each bad picture has its code, with the moment and the worst value', () => {
  const cases: [string, Partial<FrameSignals>][] = [
    ['too-dark', { brightness: 0.1 }],
    ['too-bright', { brightness: 0.9 }],
    ['too-bright', { brightness: 0.7, clippedRatio: 0.6 }],
    ['too-dark', { brightness: 0.3, clippedRatio: 0.6 }],
    ['blurred', { sharpness: 10 }],
    ['shaking', { motion: 0.09 }],
    ['frozen', { motion: 0 }],
  ]
  for (const [code, change] of cases) {
    const signals = take(during(2_000, 6_000, change))
    const { passes, faults } = judgeTake({ probe, signals, limits })
    expect(passes).toBe(false)
    expect(faults).toMatchObject([{ code, severity: 'fixable', fromMs: 2_000, toMs: 5_900 }])
    expect(Object.values(change)).toContain(faults[0]!.value)
  }
})

test('EPI-7 a short spell is no fault; spells close together are one', () => {
  expect(codes(take(during(2_000, 2_600, { brightness: 0.1 })))).toEqual([])
  const flicker = take((timeMs) => (timeMs < 4_000 && timeMs % 400 < 200 ? { brightness: 0.1 } : {}))
  expect(judgeTake({ probe, signals: flicker, limits }).faults).toMatchObject([
    { code: 'too-dark', fromMs: 0, toMs: 3_700 },
  ])
})

test('EPI-7 near the limit a picture stays what it was', () => {
  const edge = limits.minBrightness
  const wobble = take((timeMs) => ({ brightness: timeMs % 1_000 === 0 ? edge * 0.99 : edge * 1.04 }))
  expect(judgeTake({ probe, signals: wobble, limits }).faults).toMatchObject([{ fromMs: 0, toMs: 9_900 }])
  expect(codes(take(() => ({ brightness: edge * 1.04 })))).toEqual([])
})

test('EPI-7 in the dark nobody is told of blur or stillness', () => {
  expect(codes(take(() => ({ brightness: 0.05, sharpness: 4, motion: 0 })))).toEqual(['too-dark'])
})

test('EPI-8 length, size, rotation, rate and gaps are judged from the container', () => {
  const signals = take(() => ({}))
  const judged = (change: Partial<TakeProbe>, by = limits) => codes(signals, change, by)
  expect(judged({ durationMs: 1_500 })).toEqual(['too-short'])
  expect(judged({ durationMs: 4 * 3600_000 })).toEqual(['too-long'])
  expect(judged({ width: 320, height: 240 })).toEqual(['too-small'])
  expect(judged({ fps: 12 })).toEqual(['low-frame-rate'])
  expect(judged({ droppedRatio: 0.1 })).toEqual(['dropped-frames'])
  expect(judged({ longestGapMs: 900 })).toEqual(['dropped-frames'])
  const landscape = { ...limits, orientation: 'landscape' as const }
  expect(judged({}, landscape)).toEqual([])
  expect(judged({ width: 720, height: 1280 }, landscape)).toEqual(['wrong-rotation'])
  expect(judged({}, { ...limits, orientation: 'portrait' })).toEqual(['wrong-rotation'])
  expect(judged({ width: 720, height: 720 }, landscape)).toEqual([])
})

test('EPI-8 a wrong clock is a notice and fails nothing; an empty file is fatal', () => {
  const signals = take(() => ({}))
  const wrong = judgeTake({ probe: { ...probe, clockSkewMs: -24 * 3600_000 }, signals, limits })
  expect(wrong).toMatchObject({ passes: true, faults: [{ code: 'clock-wrong', severity: 'notice' }] })
  const empty = judgeTake({ probe: { ...probe, durationMs: 0, fps: 0 }, signals: [], limits })
  expect(empty.passes).toBe(false)
  expect(empty.faults).toContainEqual(expect.objectContaining({ code: 'too-short', severity: 'fatal' }))
})

const anySignals = fc.record({
  brightness: fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0.15, max: 0.21, noNaN: true }),
  ),
  clippedRatio: fc.double({ min: 0, max: 0.7, noNaN: true }),
  sharpness: fc.oneof(
    fc.double({ min: 0, max: 900, noNaN: true }),
    fc.double({ min: 30, max: 50, noNaN: true }),
  ),
  motion: fc.oneof(
    fc.constant(0),
    fc.double({ min: 0, max: 0.08, noNaN: true }),
    fc.double({ min: 0.04, max: 0.06, noNaN: true }),
  ),
})
/** Takes made of stretches, so that faults last; most values near a limit. */
const anyTake = fc
  .array(fc.record({ signals: anySignals, count: fc.integer({ min: 1, max: 30 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) =>
    parts
      .flatMap(({ signals, count }) => Array.from({ length: count }, () => signals))
      .map((signals, at): TimedSignals => ({ timeMs: at * SIGNAL_INTERVAL_MS, ...signals })),
  )
const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 5, maxLength: 97 })

test('EPI-9 what passes on the phone passes on the server, for the same take slightly otherwise measured', () => {
  let passing = 0
  fc.assert(
    fc.property(anyTake, noise, (signals, shifts) => {
      if (!judgeTake({ probe, signals, limits }).passes) return
      passing++
      const shift = (at: number): number => shifts[at % shifts.length]!
      const measured = signals.map((picture, at) => ({
        timeMs: Math.max(0, picture.timeMs + 40 * shift(at)),
        brightness: picture.brightness + 0.015 * shift(at + 1),
        clippedRatio: Math.max(0, picture.clippedRatio + 0.03 * shift(at + 2)),
        sharpness: picture.sharpness * (1 + 0.12 * shift(at + 3)),
        motion: picture.motion * (1 + 0.1 * shift(at + 4)),
      }))
      const shaken: TakeProbe = {
        ...probe,
        durationMs: probe.durationMs + 100 * shift(0),
        fps: probe.fps * (1 + 0.01 * shift(1)),
      }
      const verdict = judgeTake({ probe: shaken, signals: measured, limits: serverLimits(limits) })
      expect(verdict).toMatchObject({ passes: true })
    }),
    { numRuns: 3_000 },
  )
  expect(passing).toBeGreaterThan(100)
})

test('EPI-9 the server still refuses what is plainly bad', () => {
  const by = serverLimits(limits)
  expect(
    codes(
      take(() => ({ brightness: 0.1 })),
      {},
      by,
    ),
  ).toEqual(['too-dark'])
  expect(
    codes(
      take(() => ({ sharpness: 15 })),
      {},
      by,
    ),
  ).toEqual(['blurred'])
  expect(
    codes(
      take(() => ({ motion: 0 })),
      {},
      by,
    ),
  ).toEqual(['frozen'])
})

const film = (signals: (timeMs: number) => Partial<FrameSignals>, untilMs: number, fps = 30) => {
  const said: { timeMs: number; instruction: Instruction }[] = []
  let state: CoachState | undefined
  for (let timeMs = 0; timeMs <= untilMs; timeMs += 80) {
    state = coachState(state, { timeMs, signals: { ...good, ...signals(timeMs) }, fps }, limits)
    if (state.instruction !== said.at(-1)?.instruction) said.push({ timeMs, instruction: state.instruction })
  }
  return said
}

test('EPI-10 each fault is spoken of within two seconds, and forgotten as soon', () => {
  const cases: [Instruction, Partial<FrameSignals>][] = [
    ['too-dark', { brightness: 0.1 }],
    ['too-bright', { brightness: 0.9 }],
    ['blurred', { sharpness: 10 }],
    ['shaking', { motion: 0.09 }],
    ['frozen', { motion: 0 }],
  ]
  for (const [instruction, change] of cases) {
    const said = film(during(4_000, 8_000, change), 12_000)
    expect(said.map((change) => change.instruction)).toEqual(['ready', instruction, 'ready'])
    expect(said[1]!.timeMs - 4_000).toBeLessThanOrEqual(2_000)
    expect(said[2]!.timeMs - 8_000).toBeLessThanOrEqual(2_000)
  }
  expect(film(() => ({}), 2_000, 12)[0]).toEqual({ timeMs: 0, instruction: 'low-frame-rate' })
})

test('EPI-10 the most urgent fault is the one spoken of', () => {
  expect(film(() => ({ brightness: 0.1, sharpness: 5, motion: 0.09 }), 3_000)).toEqual([
    { timeMs: 0, instruction: 'too-dark' },
  ])
})

test('EPI-10 whatever the camera sees, words never change faster than they can be read', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ signals: anySignals, fps: fc.integer({ min: 0, max: 60 }) }), { maxLength: 200 }),
      (glances) => {
        let state: CoachState | undefined
        let changedMs = 0
        glances.forEach(({ signals, fps }, at) => {
          const timeMs = at * 80
          const next = coachState(state, { timeMs, signals, fps }, limits)
          if (state !== undefined && next.instruction !== state.instruction) {
            expect(timeMs - changedMs).toBeGreaterThanOrEqual(INSTRUCTION_MIN_MS)
            expect(next.steadySinceMs).toBe(timeMs)
            changedMs = timeMs
          }
          state = next
        })
      },
    ),
  )
})

test('EPI-11 lights cover the take side by side; bad where it fails, attention where it nearly does', () => {
  const change = (timeMs: number) => ({
    ...during(1_000, 1_300, { motion: 0.09 })(timeMs),
    ...during(4_000, 6_000, { brightness: 0.1 })(timeMs),
  })
  const lights = trafficLights(take(change), limits)
  expect(lights).toEqual([
    { fromMs: 0, toMs: 1_000, light: 'good' },
    { fromMs: 1_000, toMs: 1_300, light: 'attention', code: 'shaking' },
    { fromMs: 1_300, toMs: 4_000, light: 'good' },
    { fromMs: 4_000, toMs: 6_000, light: 'bad', code: 'too-dark' },
    { fromMs: 6_000, toMs: 10_000, light: 'good' },
  ])
  expect(trafficLights([], limits)).toEqual([])
})

test('EPI-11 a take has a bad light exactly when its pictures fail it', () => {
  fc.assert(
    fc.property(anyTake, (signals) => {
      const lights = trafficLights(signals, limits)
      expect(lights.some(({ light }) => light === 'bad')).toBe(!judgeTake({ probe, signals, limits }).passes)
      lights.slice(1).forEach((light, at) => {
        expect(light.fromMs).toBe(lights[at]!.toMs)
      })
    }),
  )
})
