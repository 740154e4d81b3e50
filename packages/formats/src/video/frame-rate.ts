/** A frame further than this from the even grid makes the rate uneven; whole-millisecond clocks round by 0.5. */
export const RATE_TOLERANCE_MS = 2

/**
 * The rate of frames at `timesMs` (ascending): `fps` is a whole number when the frames keep to it within
 * `RATE_TOLERANCE_MS`, else the mean rate when they are even, else the rate of the median gap, in thousandths.
 * `lastDurationMs` serves a video of one frame.
 */
export function frameRate(
  timesMs: Float64Array,
  lastDurationMs: number,
): { fps: number; constantRate: boolean } {
  const first = timesMs[0] ?? 0
  const last = timesMs[timesMs.length - 1] ?? 0
  if (timesMs.length < 2 || last <= first) {
    return { fps: lastDurationMs > 0 ? 1000 / lastDurationMs : 0, constantRate: lastDurationMs > 0 }
  }
  const mean = ((timesMs.length - 1) * 1000) / (last - first)
  const whole = Math.round(mean)
  if (whole > 0 && isEven(timesMs, whole)) return { fps: whole, constantRate: true }
  if (isEven(timesMs, mean)) return { fps: mean, constantRate: true }
  return { fps: Math.round(1_000_000 / medianGapMs(timesMs)) / 1000, constantRate: false }
}

function isEven(timesMs: Float64Array, fps: number): boolean {
  const first = timesMs[0] as number
  return timesMs.every((timeMs, at) => Math.abs(timeMs - first - (at * 1000) / fps) <= RATE_TOLERANCE_MS)
}

function medianGapMs(timesMs: Float64Array): number {
  const gaps = Float64Array.from(
    { length: timesMs.length - 1 },
    (_, at) => (timesMs[at + 1] ?? 0) - (timesMs[at] ?? 0),
  )
  gaps.sort()
  return gaps[Math.floor(gaps.length / 2)] as number
}
