import { CHUNK_SIZE, CODEBASE_VERSION, type DatasetShape, OWN_FEATURES } from './dataset.ts'
import { nested } from './episodes-file.ts'
import { type FeatureStatistics, QUANTILES } from './statistics.ts'

export const DATA_PATH = 'data/chunk-{chunk_index:03d}/file-{file_index:03d}.parquet'
export const VIDEO_PATH = 'videos/{video_key}/chunk-{chunk_index:03d}/file-{file_index:03d}.mp4'

/** `meta/info.json`. */
export function infoFile(shape: DatasetShape, totals: { episodes: number; frames: number; tasks: number }) {
  return {
    codebase_version: CODEBASE_VERSION,
    robot_type: shape.robotType,
    total_episodes: totals.episodes,
    total_frames: totals.frames,
    total_tasks: totals.tasks,
    chunks_size: CHUNK_SIZE,
    data_files_size_in_mb: 100,
    video_files_size_in_mb: 200,
    fps: shape.fps,
    splits: { train: `0:${totals.episodes}` },
    data_path: DATA_PATH,
    video_path: Object.keys(shape.cameras).length > 0 ? VIDEO_PATH : null,
    features: features(shape),
  }
}

function features(shape: DatasetShape): Record<string, unknown> {
  const cameras = Object.entries(shape.cameras).map(([name, size]) => [name, videoFeature(size, shape.fps)])
  const given = Object.entries(shape.features).map(([name, { dtype, names }]) => [
    name,
    { dtype, shape: [names.length], names },
  ])
  const own = Object.entries(OWN_FEATURES).map(([name, { dtype }]) => [
    name,
    { dtype, shape: [1], names: null },
  ])
  return Object.fromEntries([...cameras, ...given, ...own])
}

function videoFeature(size: { width: number; height: number }, fps: number) {
  const info = {
    'video.height': size.height,
    'video.width': size.width,
    'video.codec': 'h264',
    'video.pix_fmt': 'yuv420p',
    'video.fps': fps,
    'video.channels': 3,
    has_audio: false,
    is_depth_map: false,
  }
  return { dtype: 'video', shape: [size.height, size.width, 3], names: ['height', 'width', 'channels'], info }
}

/** `meta/stats.json`: the statistics of the whole set. A feature that is known nowhere has none. */
export function statsFile(shape: DatasetShape, statistics: ReadonlyMap<string, FeatureStatistics>) {
  const names = [
    'min',
    'max',
    'mean',
    'std',
    ...(Object.keys(QUANTILES) as (keyof typeof QUANTILES)[]),
  ] as const
  const known = [...statistics].filter(([, { count }]) => count > 0)
  const entries = known.map(([name, values]) => {
    const lists = name in shape.cameras ? 3 : 1
    const numbers = names.map((statistic) => [statistic, nested(values[statistic], lists)])
    return [name, { ...Object.fromEntries(numbers), count: [values.count] }]
  })
  return Object.fromEntries(entries)
}
