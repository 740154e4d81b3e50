import { Refusal } from '@chiron/core/kit'
import type { DatasetShape, EpisodeInput } from './dataset.ts'
import { OWN_FEATURES } from './dataset.ts'
import { type Cell, type Column, parquetFile } from './parquet.ts'

/** Where an episode stands in its dataset. `taskIndex` gives each task's number. */
export type EpisodePlace = {
  episodeIndex: number
  firstFrameIndex: number
  taskIndex: (task: string) => number
}

/** All per-frame columns of an episode, a row of numbers per frame, in the order they are written. */
export type FrameTable = Map<string, readonly ArrayLike<number>[]>

/**
 * The numbers of an episode, LeRobot's own columns first.
 * @throws Refusal `episode-invalid` when a column is missing, has another length or a value that is no number
 */
export function frameTable(shape: DatasetShape, episode: EpisodeInput, place: EpisodePlace): FrameTable {
  const given = Object.keys(shape.features).map((name) => [name, featureRows(shape, episode, name)] as const)
  const frames = Array.from({ length: episode.frameCount }, (_, frame) => frame)
  const taskIndices = episode.tasks.map(place.taskIndex)
  const task = (frame: number) => taskIndices[episode.taskOfFrame?.[frame] ?? 0] as number
  return new Map([
    ['timestamp', frames.map((frame) => [Math.fround(frame / shape.fps)])],
    ['frame_index', frames.map((frame) => [frame])],
    ['episode_index', frames.map(() => [place.episodeIndex])],
    ['index', frames.map((frame) => [place.firstFrameIndex + frame])],
    ['task_index', frames.map((frame) => [task(frame)])],
    ...given,
  ])
}

function featureRows(shape: DatasetShape, episode: EpisodeInput, name: string): number[][] {
  const given = episode.frames[name]
  const { names, dtype, hasGaps = false } = shape.features[name] as DatasetShape['features'][string]
  if (given?.length !== episode.frameCount) throw invalid(name, `${given?.length ?? 'no'} values`)
  const single = dtype === 'float32' ? Math.fround : (value: number) => value
  const fits = dtype === 'int64' ? Number.isSafeInteger : Number.isFinite
  return Array.from({ length: episode.frameCount }, (_, frame) => {
    const value = given[frame] as number | ArrayLike<number>
    const row = (typeof value === 'number' ? [value] : Array.from(value)).map(single)
    if (row.length !== names.length || !(row.every(fits) || (hasGaps && row.every(Number.isNaN))))
      throw invalid(name, `frame ${frame}: [${row.join(', ')}]`)
    return row
  })
}

function invalid(feature: string, found: string): Refusal {
  const message = `Feature ${feature} does not fit the episode's frames: ${found}`
  return new Refusal('episode-invalid', { feature, found }, message)
}

/** The episode's data file: one row group, vectors as lists, numbers of one dimension as scalars. */
export function dataFile(shape: DatasetShape, table: FrameTable): Uint8Array<ArrayBuffer> {
  const columns: Column[] = []
  const cells: Cell[][] = []
  for (const [name, rows] of table) {
    const own = OWN_FEATURES[name as keyof typeof OWN_FEATURES]
    const lists = (rows[0]?.length ?? 1) === 1 ? 0 : 1
    columns.push({ name, type: { base: (own ?? shape.features[name]).dtype, lists } })
    cells.push(rows.map((row) => (lists === 0 ? (row[0] as number) : Array.from(row))))
  }
  const file = parquetFile(columns)
  file.addRowGroup(cells)
  return file.finish()
}
