import type { TimedSignals } from './frame-signals.ts'

/** Kept before the first and after the last motion, so that nothing begins abruptly. */
const MARGIN_MS = 400
/** A stillness shorter than this lies within a task; only what comes before and after it is cut. */
const WINDOW_MS = 300
/** A take whose quiet moments are not this much quieter than its lively ones has no still part. */
const STILL_FACTOR = 4
/** Motion is what exceeds the quiet of this very take by this factor … */
const ABOVE_QUIET = 2
/** … and a share of its liveliest moments. */
const OF_LIVELIEST = 0.12

/**
 * The part of a take in which something happens: from the first to the last lasting motion, with a margin. A take
 * without any still part, or without any motion, is kept whole. Never shorter than `minMs`.
 */
export function motionSegment(
  signals: readonly TimedSignals[],
  take: { durationMs: number; minMs: number },
): { fromMs: number; toMs: number } {
  const whole = { fromMs: 0, toMs: take.durationMs }
  const smooth = signals.map(({ timeMs }) => ({ timeMs, motion: around(signals, timeMs) }))
  const sorted = smooth.map(({ motion }) => motion).sort((a, b) => a - b)
  const quiet = sorted[Math.floor(sorted.length * 0.1)] ?? 0
  const lively = sorted[Math.floor(sorted.length * 0.97)] ?? 0
  if (quiet * STILL_FACTOR > lively) return whole
  const limit = Math.max(quiet * ABOVE_QUIET, lively * OF_LIVELIEST)
  const moving = smooth.filter(({ motion }) => motion > limit)
  if (moving.length === 0 || lively === 0) return whole
  const fromMs = Math.max(0, moving[0]!.timeMs - MARGIN_MS)
  const toMs = Math.min(take.durationMs, moving.at(-1)!.timeMs + MARGIN_MS)
  const missingMs = take.minMs - (toMs - fromMs)
  if (missingMs <= 0) return { fromMs, toMs }
  const earlier = Math.max(0, fromMs - missingMs / 2)
  const later = Math.min(take.durationMs, earlier + take.minMs)
  return { fromMs: Math.max(0, later - take.minMs), toMs: later }
}

/** Median motion near a moment: one flicker of the light is none. */
function around(signals: readonly TimedSignals[], timeMs: number): number {
  const near = signals.filter((other) => Math.abs(other.timeMs - timeMs) <= WINDOW_MS / 2)
  const sorted = near.map(({ motion }) => motion).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
