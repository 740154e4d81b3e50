import type { Alignment } from './align-clocks.ts'

/** A time of the first clock on the second, in milliseconds. */
export function mapTime({ atMs, offsetMs, driftPpm }: Alignment, fromMs: number): number {
  return fromMs + offsetMs + ((fromMs - atMs) * driftPpm) / 1e6
}

/** The alignment seen from the other clock. */
export function inverseAlignment(alignment: Alignment): Alignment {
  const { atMs, offsetMs, driftPpm } = alignment
  const rate = 1 + driftPpm / 1e6
  return { ...alignment, atMs: atMs + offsetMs, offsetMs: -offsetMs, driftPpm: (1 / rate - 1) * 1e6 }
}

/** From the first clock of `first` to the second of `then`; what is unsure about both is added. */
export function joinAlignments(first: Alignment, then: Alignment): Alignment {
  const { atMs } = first
  const rate = (1 + first.driftPpm / 1e6) * (1 + then.driftPpm / 1e6)
  return {
    atMs,
    offsetMs: mapTime(then, mapTime(first, atMs)) - atMs,
    driftPpm: (rate - 1) * 1e6,
    driftErrorPpm: first.driftErrorPpm + then.driftErrorPpm,
    errorMs: first.errorMs + then.errorMs,
    count: Math.min(first.count, then.count),
  }
}
