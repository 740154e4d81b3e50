import { assert } from '../kit/index.ts'

/**
 * How evenly a clip's frames lie in time.
 * - `fps` one over the median step; 0 when there are fewer than two frames.
 * - `jitterMs` median distance of a step from the median step.
 * - `droppedRatio` missing grid places: share of the frames that should lie between the first and the last.
 * - `longestGapMs` the longest step.
 * - `constantRate` every step within `STEP_TOLERANCE_MS` of the median, so that frame n lies at n / fps.
 */
export type TimingSignals = {
  fps: number
  jitterMs: number
  droppedRatio: number
  longestGapMs: number
  constantRate: boolean
}

/** Containers round times to a tick of their own; MP4 and WebM ticks stay within one millisecond. */
export const STEP_TOLERANCE_MS = 1.5

/** Longest list of times accepted: four hours at 120 frames a second. */
export const MAX_PACKET_COUNT = 4 * 3600 * 120

/** Reads presentation times, in milliseconds and in any order (frames may be stored out of order). */
export function timingSignals(packetTimesMs: readonly number[]): TimingSignals {
  assert(packetTimesMs.length <= MAX_PACKET_COUNT, `more than ${MAX_PACKET_COUNT} packets`)
  assert(packetTimesMs.every(Number.isFinite), 'packet times must be finite')
  const times = Float64Array.from(packetTimesMs).sort()
  const steps = Float64Array.from(
    { length: Math.max(0, times.length - 1) },
    (_, at) => times[at + 1]! - times[at]!,
  )
  if (steps.length === 0)
    return { fps: 0, jitterMs: 0, droppedRatio: 0, longestGapMs: 0, constantRate: false }
  const stepMs = median(steps)
  const longestGapMs = steps.reduce((longest, step) => Math.max(longest, step), 0)
  if (stepMs <= 0) return { fps: 0, jitterMs: 0, droppedRatio: 0, longestGapMs, constantRate: false }
  const missing = steps.reduce((count, step) => count + Math.max(0, Math.round(step / stepMs) - 1), 0)
  return {
    fps: 1000 / meanNear(steps, stepMs),
    jitterMs: median(steps.map((step) => Math.abs(step - stepMs))),
    droppedRatio: missing / (steps.length + 1 + missing),
    longestGapMs,
    constantRate: steps.every((step) => Math.abs(step - stepMs) <= STEP_TOLERANCE_MS),
  }
}

/** The mean of the steps that are one frame long: a median of rounded ticks alone would be off by a tick. */
function meanNear(steps: Float64Array, stepMs: number): number {
  const single = steps.filter((step) => Math.abs(step - stepMs) <= STEP_TOLERANCE_MS)
  return single.reduce((sum, step) => sum + step, 0) / single.length
}

function median(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
