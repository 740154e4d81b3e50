import { Refusal } from '@chiron/core/kit'
import type { VideoProbe } from '../video/video-probe.ts'
import type { ColourHistogram } from './statistics.ts'

export const CODEBASE_VERSION = 'v3.0'
/** Files per folder; also episodes per file of `meta/episodes`. */
export const CHUNK_SIZE = 1000
/** Chunk numbers have three digits, and the loader sorts them as text. */
export const MAX_EPISODES = 1000 * CHUNK_SIZE
export const MAX_FEATURES = 200

/**
 * A number or vector per frame. `names` says what each dimension is. `hasGaps`: where nothing is known a frame holds NaN in
 * all dimensions; statistics are those of the frames that are known.
 */
export type FrameFeature = { dtype: 'float32' | 'float64' | 'int64'; names: string[]; hasGaps?: true }
export type EpisodeColumnType = 'string' | 'float64' | 'int64' | 'bool'
export type EpisodeColumnValue = string | number | bigint | boolean | null

/**
 * What all episodes of a dataset share.
 * - `cameras` picture size per camera key (`observation.images.phone`).
 * - `features` numbers per frame beside LeRobot's own five; `annotation.*` and `quality.*` for labels.
 *   There is no `observation.state` and no `action` where nobody measured one.
 * - `columns` facts per episode, kept in `meta/episodes` and filterable there.
 */
export type DatasetShape = {
  fps: number
  robotType: string
  cameras: Record<string, { width: number; height: number }>
  features: Record<string, FrameFeature>
  columns: Record<string, EpisodeColumnType>
}

/** A finished MP4 (`remuxForLeRobot` or `transcodeForLeRobot`) with what was measured on it. */
export type EpisodeVideo = { bytes: Uint8Array; probe: VideoProbe; colours: ColourHistogram }

/**
 * One episode. `tasks` are the instructions it shows, the first for every frame unless `taskOfFrame` gives
 * each frame's place in `tasks`. `frames` holds, per feature, a number per frame, or an array per frame.
 */
export type EpisodeInput = {
  tasks: readonly string[]
  taskOfFrame?: ArrayLike<number>
  frameCount: number
  videos: Record<string, EpisodeVideo>
  frames: Record<string, ArrayLike<number> | readonly ArrayLike<number>[]>
  columns: Record<string, EpisodeColumnValue>
}

/** Columns of `meta/episodes` that are LeRobot's own. */
export const OWN_COLUMN =
  /^(episode_index|tasks|length|dataset_(from|to)_index|(data|meta|videos|stats)\/.*)$/

/** LeRobot's own columns, in its own order. */
export const OWN_FEATURES = {
  timestamp: { dtype: 'float32' },
  frame_index: { dtype: 'int64' },
  episode_index: { dtype: 'int64' },
  index: { dtype: 'int64' },
  task_index: { dtype: 'int64' },
} as const

/**
 * Checks what the loader would stumble over later.
 * @throws Refusal `dataset-shape-invalid` with facts `{ reason, name }`
 */
export function checkShape(shape: DatasetShape): void {
  if (!Number.isInteger(shape.fps) || shape.fps < 1)
    throw invalid('fps must be a whole number', String(shape.fps))
  const names = Object.keys(shape.features)
  if (names.length > MAX_FEATURES) throw invalid('too many features', String(names.length))
  for (const camera of Object.keys(shape.cameras)) {
    if (!/^observation\.images\.[a-z0-9_]+$/.test(camera)) {
      throw invalid('a camera is named observation.images.<camera>', camera)
    }
  }
  for (const name of names) {
    if (name.includes('/')) throw invalid('no "/" in a feature name', name)
    if (name.includes('image')) throw invalid('"image" in the name makes the loader expect pictures', name)
    if (name in OWN_FEATURES) throw invalid('the name belongs to LeRobot', name)
    if (shape.features[name]?.names.length === 0) throw invalid('a feature has at least one dimension', name)
  }
  for (const name of Object.keys(shape.columns)) {
    if (OWN_COLUMN.test(name)) throw invalid('the column name belongs to LeRobot', name)
  }
}

function invalid(reason: string, name: string): Refusal {
  return new Refusal('dataset-shape-invalid', { reason, name }, `${reason}: ${name}`)
}

/** `chunk-000/file-012` for episode (or file) 12. One episode a file, so one can be withdrawn by itself. */
export function chunkPath(index: number): { chunkIndex: number; fileIndex: number; path: string } {
  const chunkIndex = Math.floor(index / CHUNK_SIZE)
  const fileIndex = index % CHUNK_SIZE
  const digits = (value: number) => String(value).padStart(3, '0')
  return { chunkIndex, fileIndex, path: `chunk-${digits(chunkIndex)}/file-${digits(fileIndex)}` }
}
