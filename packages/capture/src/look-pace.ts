import { SIGNAL_INTERVAL_MS } from '@chiron/core/episode'

/**
 * `beat`: a look an interval after the last one; what is kept of a take are these. `between`: halfway, for the coach
 * alone. Motion means the same in both, as each is compared with the last one of its own kind.
 */
export type LookKind = 'beat' | 'between'

/** Frames may come this much early and still be taken, so that every third of 30 a second is. */
export const EARLY_MS = 12
/** A look that takes longer leaves no time for one more between two beats. */
const QUICK_LOOK_MS = SIGNAL_INTERVAL_MS / 4

/**
 * Says which of the camera's frames are looked at: ten beats a second and, where a look is quick, one between
 * each two of them. `timeMs` is the frame's, on the camera's clock; `tookMs` what the last look took.
 */
export function lookPace(): { due: (timeMs: number, tookMs: number) => LookKind | undefined } {
  const lastMs: Record<LookKind, number> = {
    beat: Number.NEGATIVE_INFINITY,
    between: Number.NEGATIVE_INFINITY,
  }
  const sinceLast = (kind: LookKind, timeMs: number): number => timeMs - lastMs[kind]
  const kindOf = (timeMs: number, tookMs: number): LookKind | undefined => {
    if (sinceLast('beat', timeMs) >= SIGNAL_INTERVAL_MS - EARLY_MS) return 'beat'
    if (tookMs > QUICK_LOOK_MS) return undefined
    const isHalfway = sinceLast('beat', timeMs) >= SIGNAL_INTERVAL_MS / 2 - EARLY_MS
    return isHalfway && sinceLast('between', timeMs) >= SIGNAL_INTERVAL_MS - EARLY_MS ? 'between' : undefined
  }
  return {
    due: (timeMs, tookMs) => {
      const kind = kindOf(timeMs, tookMs)
      if (kind !== undefined) lastMs[kind] = timeMs
      return kind
    },
  }
}
