/** Which frame stands when. Seconds are those of the media element, frames count from 0. */
export type FrameClock = {
  readonly frameCount: number
  readonly durationMs: number
  /** When a frame begins. */
  startMs(frame: number): number
  /** The middle of the time a frame stands: where a seek aims, so that rounding cannot miss it. */
  middleSec(frame: number): number
  /** The frame whose start is nearest to a presentation time stamp. */
  frameOfMediaTime(mediaTimeSec: number): number
  /** The frame standing at a place in the clip. */
  frameAtMs(timeMs: number): number
}

type ConstantClip = { fps: number; frameCount: number; durationMs?: number; startSec?: number }

/** The clock of a clip with a constant frame rate. `startSec` is the first frame's time stamp, mostly 0. */
export function constantClock({ fps, frameCount, durationMs, startSec = 0 }: ConstantClip): FrameClock {
  const hold = (frame: number) => Math.min(Math.max(0, frame), Math.max(0, frameCount - 1))
  return {
    frameCount,
    durationMs: durationMs ?? (frameCount / fps) * 1000,
    startMs: (frame) => (hold(frame) / fps) * 1000,
    middleSec: (frame) => startSec + (hold(frame) + 0.5) / fps,
    frameOfMediaTime: (mediaTimeSec) => hold(Math.round((mediaTimeSec - startSec) * fps)),
    // A hair forward, so that a frame's own start belongs to it in spite of rounding.
    frameAtMs: (timeMs) => hold(Math.floor((timeMs / 1000) * fps + 1e-6)),
  }
}

/**
 * The clock of a clip whose frames stand unevenly: the start of each in milliseconds, ascending, from the
 * container's time stamps.
 */
export function timedClock({
  startsMs,
  durationMs,
}: {
  startsMs: readonly number[]
  durationMs: number
}): FrameClock {
  const last = Math.max(0, startsMs.length - 1)
  const start = (frame: number) => startsMs[Math.min(Math.max(0, frame), last)] ?? 0
  const end = (frame: number) => (frame >= last ? Math.max(durationMs, start(last) + 1) : start(frame + 1))
  const at = (timeMs: number) => {
    let low = 0
    let high = last
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (start(middle) <= timeMs) low = middle
      else high = middle - 1
    }
    return low
  }
  return {
    frameCount: startsMs.length,
    durationMs,
    startMs: start,
    middleSec: (frame) => (start(frame) + end(Math.min(Math.max(0, frame), last))) / 2000,
    frameOfMediaTime: (mediaTimeSec) => {
      const timeMs = mediaTimeSec * 1000
      const frame = at(timeMs)
      return timeMs - start(frame) > start(frame + 1) - timeMs ? Math.min(last, frame + 1) : frame
    },
    frameAtMs: (timeMs) => at(timeMs + 1e-6),
  }
}

/** The same clock for a clip that begins `startSec` later: its element's seconds begin there. */
export function shiftedClock(clock: FrameClock, startSec: number): FrameClock {
  if (startSec === 0) return clock
  return {
    ...clock,
    middleSec: (frame) => Math.max(0, clock.middleSec(frame) - startSec),
    frameOfMediaTime: (mediaTimeSec) => clock.frameOfMediaTime(mediaTimeSec + startSec),
    frameAtMs: (timeMs) => clock.frameAtMs(timeMs + startSec * 1000),
  }
}
