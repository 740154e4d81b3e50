import { z } from 'zod'

/** How many pairs are looked at: every pair against every other, so 200 make 19 900 slopes. */
const MAX_PAIRS = 200
/** Two-sided 99 % of the normal distribution: a drift that is none is called one in one take of a hundred. */
const Z_99 = 2.576
/** Below this much time between first and last pair no drift of a quartz can be told from jitter. */
const MIN_DRIFT_SPAN_MS = 5000

/**
 * How one clock stands to another: `to = from + offsetMs + (from - atMs) × driftPpm / 10⁶`. `errorMs`: half of the
 * interval that holds 95 % of the pairs. `count`: pairs it rests on.
 */
export const alignmentSchema = z.object({
  atMs: z.number(),
  offsetMs: z.number(),
  driftPpm: z.number(),
  driftErrorPpm: z.number().min(0),
  errorMs: z.number().min(0),
  count: z.int().min(2),
})
export type Alignment = z.infer<typeof alignmentSchema>

/** The same moment on two clocks, in milliseconds. */
export type ClockPair = { fromMs: number; toMs: number }

/**
 * Offset and drift between two clocks, by the median of all slopes between pairs (Theil 1950; its interval after Sen
 * 1968) and the median of what remains: far-off pairs, up to three in ten, do not move it. A drift whose interval holds
 * zero is none. Undefined when the pairs say nothing.
 */
export function alignClocks(pairs: readonly ClockPair[]): Alignment | undefined {
  const sound = thinned(pairs.filter(({ fromMs, toMs }) => Number.isFinite(fromMs) && Number.isFinite(toMs)))
  const [first, last] = [sound[0], sound.at(-1)]
  if (first === undefined || last === undefined || last.fromMs <= first.fromMs) return undefined
  const atMs = (first.fromMs + last.fromMs) / 2
  const { drift, driftError } =
    last.fromMs - first.fromMs < MIN_DRIFT_SPAN_MS ? { drift: 0, driftError: 0 } : driftOf(sound)
  const rests = sound.map(({ fromMs, toMs }) => toMs - fromMs - (fromMs - atMs) * drift).sort(ascending)
  const offsetMs = middle(rests)
  const far = rests.map((rest) => Math.abs(rest - offsetMs)).sort(ascending)
  return {
    atMs,
    offsetMs,
    driftPpm: drift * 1e6,
    driftErrorPpm: driftError * 1e6,
    errorMs: far[Math.min(far.length - 1, Math.floor(far.length * 0.95))] ?? 0,
    count: sound.length,
  }
}

const ascending = (a: number, b: number): number => a - b

/** Evenly spread over the whole, in the order of the first clock. */
function thinned(pairs: readonly ClockPair[]): ClockPair[] {
  const sorted = [...pairs].sort((a, b) => a.fromMs - b.fromMs)
  if (sorted.length <= MAX_PAIRS) return sorted
  const step = (sorted.length - 1) / (MAX_PAIRS - 1)
  return Array.from({ length: MAX_PAIRS }, (_, at) => sorted[Math.round(at * step)] as ClockPair)
}

function driftOf(pairs: readonly ClockPair[]): { drift: number; driftError: number } {
  const slopes: number[] = []
  for (const [at, one] of pairs.entries()) {
    for (const other of pairs.slice(at + 1)) {
      const spanMs = other.fromMs - one.fromMs
      if (spanMs > 0) slopes.push((other.toMs - one.toMs) / spanMs - 1)
    }
  }
  slopes.sort(ascending)
  const count = pairs.length
  // Kendall's S has this variance where the two do not depend on each other.
  const spread = Z_99 * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18)
  const low = slopes[Math.max(0, Math.floor((slopes.length - spread) / 2))] ?? 0
  const high = slopes[Math.min(slopes.length - 1, Math.ceil((slopes.length + spread) / 2))] ?? 0
  const driftError = (high - low) / 2
  return low <= 0 && high >= 0 ? { drift: 0, driftError } : { drift: middle(slopes), driftError }
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length >> 1
  const high = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? high : ((sorted[half - 1] ?? 0) + high) / 2
}
