import { inverseAlignment, joinAlignments } from '@chiron/core/clocks'
import {
  type FilmMotion,
  MAX_MOTION_GAP_MS,
  type MotionStream,
  motionOnFilm,
  valuesAt,
} from '@chiron/core/motion'
import type { FrameFeature } from '@chiron/formats/lerobot'
import type { MotionRecord } from '@chiron/formats/mcap'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { blobSource, motionIn, readableBlob, storedBlob } from '../media/index.ts'
import type { Candidate } from './choose-episodes.ts'

/** What a LeRobot dataset has of it per frame, where every episode has it whole. */
export const MOTION_FEATURES: Record<string, FrameFeature> = {
  'observation.device.acceleration': { dtype: 'float32', names: ['x', 'y', 'z'] },
  'observation.device.rotation_rate': { dtype: 'float32', names: ['x', 'y', 'z'] },
  'observation.device.orientation': { dtype: 'float32', names: ['x', 'y', 'z', 'w'] },
}

/**
 * Whether every one of these recordings says throughout (no gap over `MAX_MOTION_GAP_MS`) how the phone moved: LeRobot knows no gaps, and numbers that
 * nobody measured are worse than none. MCAP keeps whatever there is.
 */
export async function haveMotion(ctx: Ctx, chosen: readonly Candidate[]): Promise<boolean> {
  for (const { episode } of chosen) {
    const key = { workspaceId: workspaceOf(ctx), id: episode.id }
    const blob = await read(ctx, (tx) => readableBlob(tx, ctx, key, 'video'))
    const stream = await motionIn(blobSource(ctx.deps.blobs, storedBlob(blob)))
    if (stream === undefined || !isWhole(motionOnFilm(stream), episode.duration_ms ?? 0)) return false
  }
  return chosen.length > 0
}

function isWhole({ motion, orientation }: FilmMotion, durationMs: number): boolean {
  return [motion.timesMs, orientation.timesMs].every((timesMs) => {
    const stations = [0, ...timesMs.filter((timeMs) => timeMs > 0 && timeMs < durationMs), durationMs]
    return stations.every(
      (timeMs, at) => at === 0 || timeMs - (stations[at - 1] as number) <= MAX_MOTION_GAP_MS,
    )
  })
}

/** The features at the times the frames were filmed; before the first sample and after the last, that one holds. */
export function motionFrames(stream: MotionStream, timesMs: ArrayLike<number>): Record<string, number[][]> {
  const { motion, orientation } = motionOnFilm(stream)
  const at = (ofMs: readonly number[], values: readonly number[][]): number[][] => {
    const [first = 0, last = 0] = [ofMs[0], ofMs.at(-1)]
    const inside = Array.from(timesMs, (timeMs) => Math.min(Math.max(timeMs, first), last))
    return valuesAt(ofMs, values, inside).map((value) => value ?? [])
  }
  return {
    'observation.device.acceleration': at(motion.timesMs, motion.acceleration),
    'observation.device.rotation_rate': at(motion.timesMs, motion.rotationRate),
    'observation.device.orientation': at(orientation.timesMs, alongOneSide(orientation.quaternion)).map(unit),
  }
}

/** q and −q are the same turn: each sample on the side of the one before, so that a line between two is a turn. */
function alongOneSide(quaternions: readonly number[][]): number[][] {
  let before: number[] | undefined
  return quaternions.map((quaternion) => {
    const along = before?.reduce((sum, value, at) => sum + value * (quaternion[at] ?? 0), 0) ?? 1
    before = along < 0 ? quaternion.map((value) => -value) : quaternion
    return before
  })
}

function unit(quaternion: readonly number[]): number[] {
  const length = Math.hypot(...quaternion)
  return quaternion.map((value) => value / (length || 1))
}

/** All of it as sampled, for MCAP. */
export function motionRecord(stream: MotionStream): MotionRecord {
  const { motion, orientation } = motionOnFilm(stream)
  const { toCamera, cameraStartMs } = stream
  const filmToCamera = {
    ...toCamera,
    atMs: 0,
    offsetMs: cameraStartMs,
    driftPpm: 0,
    driftErrorPpm: 0,
    errorMs: 0,
  }
  return {
    motion: { ...motion, sensorMs: stream.motion.timesMs },
    orientation: { ...orientation, sensorMs: stream.orientation.timesMs },
    alignment: joinAlignments(toCamera, inverseAlignment(filmToCamera)),
  }
}
