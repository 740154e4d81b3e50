type TimedClip = { fps: number; frameCount: number; durationMs: number; startMs: number }

/** Which clip leads (0 or 1), the clock of both, and where on it the leading and the other one begin, in seconds. */
export type PairTiming = {
  leading: 0 | 1
  timing: { fps: number; frameCount: number; durationMs: number }
  startsSec: readonly [number, number]
}

/**
 * The clock of two clips, from where the earlier begins to where the later ends; the one that ends last leads. Two that
 * have no moment in common begin together: nobody could compare them otherwise.
 */
export function pairTiming(clips: readonly [TimedClip, TimedClip]): PairTiming {
  const firstMs = Math.min(clips[0].startMs, clips[1].startMs)
  const given = clips.map(({ startMs }) => startMs - firstMs) as [number, number]
  const doMeet = given[0] < given[1] + clips[1].durationMs && given[1] < given[0] + clips[0].durationMs
  const startsMs = doMeet ? given : ([0, 0] as const)
  const endsMs = clips.map(({ durationMs }, at) => startsMs[at as 0 | 1] + durationMs) as [number, number]
  const leading = endsMs[1] > endsMs[0] ? 1 : 0
  const { fps, frameCount } = clips[leading]
  const lateMs = startsMs[leading]
  const durationMs = endsMs[leading]
  return {
    leading,
    timing: { fps, durationMs, frameCount: frameCount + Math.round((lateMs * fps) / 1000) },
    startsSec: [lateMs / 1000, startsMs[leading === 0 ? 1 : 0] / 1000],
  }
}
