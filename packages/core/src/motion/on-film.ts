import { mapTime } from '../clocks/index.ts'
import type { MotionStream } from './motion-stream.ts'

/** Longer than this without a sample and nothing is said about the time between. */
export const MAX_MOTION_GAP_MS = 500

export type FilmMotion = {
  /** Times on the film's clock: milliseconds from its first picture. */
  motion: { timesMs: number[]; acceleration: number[][]; rotationRate: number[][] }
  orientation: { timesMs: number[]; quaternion: number[][]; isAbsolute: boolean }
  /** How far a sample may stand from its place. */
  errorMs: number
}

/** The streams on the film's clock, as they were sampled. */
export function motionOnFilm({ motion, orientation, toCamera, cameraStartMs }: MotionStream): FilmMotion {
  const onFilm = (timeMs: number): number => mapTime(toCamera, timeMs) - cameraStartMs
  return {
    motion: { ...motion, timesMs: motion.timesMs.map(onFilm) },
    orientation: { ...orientation, timesMs: orientation.timesMs.map(onFilm) },
    errorMs: toCamera.errorMs,
  }
}

/**
 * Values at other times, on the straight line between the samples around each; undefined where there is none before or
 * after, or where they lie further apart than `MAX_MOTION_GAP_MS`. `timesMs` ascend.
 */
export function valuesAt(
  timesMs: readonly number[],
  values: readonly (readonly number[])[],
  wantedMs: readonly number[],
): (number[] | undefined)[] {
  let before = 0
  return wantedMs.map((wanted) => {
    while (before + 1 < timesMs.length && (timesMs[before + 1] as number) <= wanted) before++
    const [fromMs, toMs] = [timesMs[before], timesMs[before + 1] ?? timesMs[before]]
    const [low, high] = [values[before], values[before + 1] ?? values[before]]
    if (fromMs === undefined || toMs === undefined || low === undefined || high === undefined)
      return undefined
    if (wanted < fromMs || wanted > toMs || toMs - fromMs > MAX_MOTION_GAP_MS) return undefined
    const ratio = toMs > fromMs ? (wanted - fromMs) / (toMs - fromMs) : 0
    return low.map((value, at) => value + ((high[at] ?? value) - value) * ratio)
  })
}

/** What remains of the streams when the film is cut to `fromMs` … `toMs` of it; a gap's length is kept at both ends. */
export function cutMotion(stream: MotionStream, fromMs: number, toMs: number): MotionStream {
  const { motion, orientation, toCamera, cameraStartMs } = stream
  const stays = (timeMs: number): boolean => {
    const filmMs = mapTime(toCamera, timeMs) - cameraStartMs
    return filmMs >= fromMs - MAX_MOTION_GAP_MS && filmMs <= toMs + MAX_MOTION_GAP_MS
  }
  const kept = <T>(of: readonly number[], values: readonly T[]): T[] =>
    values.filter((_, at) => stays(of[at] as number))
  return {
    motion: {
      timesMs: motion.timesMs.filter(stays),
      acceleration: kept(motion.timesMs, motion.acceleration),
      rotationRate: kept(motion.timesMs, motion.rotationRate),
    },
    orientation: {
      ...orientation,
      timesMs: orientation.timesMs.filter(stays),
      quaternion: kept(orientation.timesMs, orientation.quaternion),
    },
    toCamera,
    cameraStartMs: cameraStartMs + fromMs,
  }
}
