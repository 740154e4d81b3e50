import { Refusal } from '@chiron/core/kit'
import { type ByteSource, type ReadFolder, readAll } from '../io.ts'
import { CODEBASE_VERSION, OWN_COLUMN } from './dataset.ts'
import { type ParquetRow, readParquet } from './read-parquet.ts'

/** `names`: one per dimension, or lists of them under the axes' names, or none. */
export type ReleaseFeature = {
  dtype: string
  shape: number[]
  names: string[] | Record<string, string[]> | null
}

/** `meta/info.json`, as far as we use it. */
export type ReleaseInfo = {
  fps: number
  robotType: string | null
  episodeCount: number
  frameCount: number
  taskCount: number
  features: Record<string, ReleaseFeature>
}

/** An episode as the release tells it. `columns` are the extra facts of `meta/episodes`. */
export type ReleaseEpisode = {
  episodeIndex: number
  tasks: string[]
  frameCount: number
  firstFrameIndex: number
  dataPath: string
  videos: Record<string, { path: string; fromSeconds: number; toSeconds: number }>
  columns: ParquetRow
}

export type Release = { info: ReleaseInfo; tasks: string[]; episodes: ReleaseEpisode[] }

/**
 * Reads what a LeRobot v3.0 dataset says of itself: its episodes, tasks and extra columns, no frames.
 * @throws Refusal `release-unreadable` with facts `{ path, reason }` when a file is missing or damaged
 */
export async function readRelease(folder: ReadFolder): Promise<Release> {
  const info = await readFrom(folder, 'meta/info.json', readInfo)
  const tasks = await readFrom(folder, 'meta/tasks.parquet', readTasks)
  const episodes: ReleaseEpisode[] = []
  for (const { path } of await folder.list()) {
    if (!/^meta\/episodes\/chunk-\d+\/file-\d+\.parquet$/.test(path)) continue
    episodes.push(...(await readFrom(folder, path, (source) => readEpisodes(source, info))))
  }
  return { info, tasks, episodes }
}

async function readFrom<T>(
  folder: ReadFolder,
  path: string,
  read: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const source = await folder.open(path)
  if (source === undefined) throw unreadable(path, 'the file is missing')
  try {
    return await read(source)
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error))
  }
}

function unreadable(path: string, reason: string): Refusal {
  return new Refusal('release-unreadable', { path, reason }, `${path} cannot be read: ${reason}`)
}

async function readInfo(source: ByteSource): Promise<ReleaseInfo> {
  const info = JSON.parse(new TextDecoder().decode(await readAll(source)))
  if (info.codebase_version !== CODEBASE_VERSION)
    throw new Error(`its version is ${info.codebase_version}, not v3.0`)
  return {
    fps: info.fps,
    robotType: info.robot_type ?? null,
    episodeCount: info.total_episodes,
    frameCount: info.total_frames,
    taskCount: info.total_tasks,
    features: info.features,
  }
}

async function readTasks(source: ByteSource): Promise<string[]> {
  const { rows } = await readParquet(source)
  // pandas calls an index without a name so.
  return rows.map((row) => String(row.task ?? row.__index_level_0__))
}

async function readEpisodes(source: ByteSource, info: ReleaseInfo): Promise<ReleaseEpisode[]> {
  const { rows } = await readParquet(source, (name) => !name.startsWith('stats/'))
  const cameras = Object.keys(info.features).filter((name) => info.features[name]?.dtype === 'video')
  return rows.map((row) => ({
    episodeIndex: row.episode_index as number,
    tasks: row.tasks as string[],
    frameCount: row.length as number,
    firstFrameIndex: row.dataset_from_index as number,
    dataPath: `data/${chunkName(row['data/chunk_index'], row['data/file_index'])}.parquet`,
    videos: Object.fromEntries(cameras.map((camera) => [camera, videoOf(row, camera)])),
    columns: Object.fromEntries(Object.entries(row).filter(([name]) => !OWN_COLUMN.test(name))),
  }))
}

function videoOf(row: ParquetRow, camera: string): { path: string; fromSeconds: number; toSeconds: number } {
  const at = (name: string) => row[`videos/${camera}/${name}`] as number
  return {
    path: `videos/${camera}/${chunkName(at('chunk_index'), at('file_index'))}.mp4`,
    fromSeconds: at('from_timestamp'),
    toSeconds: at('to_timestamp'),
  }
}

function chunkName(chunkIndex: unknown, fileIndex: unknown): string {
  const digits = (value: unknown) => String(value).padStart(3, '0')
  return `chunk-${digits(chunkIndex)}/file-${digits(fileIndex)}`
}
