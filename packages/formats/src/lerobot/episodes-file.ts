import { CHUNK_SIZE, chunkPath, type DatasetShape, type EpisodeColumnValue, OWN_FEATURES } from './dataset.ts'
import { type Cell, type CellType, type Column, parquetFile } from './parquet.ts'
import { type FeatureStatistics, QUANTILES } from './statistics.ts'

/** A row of `meta/episodes`. */
export type EpisodeRow = {
  episodeIndex: number
  tasks: readonly string[]
  frameCount: number
  firstFrameIndex: number
  statistics: ReadonlyMap<string, FeatureStatistics>
  columns: Record<string, EpisodeColumnValue>
}

type Field = Column & { cell: (row: EpisodeRow) => Cell }

const STATISTICS = [
  'min',
  'max',
  'mean',
  'std',
  ...(Object.keys(QUANTILES) as (keyof typeof QUANTILES)[]),
] as const
const ONE_FILE = 0

/** A file of `meta/episodes`, rows in the order given. All of them belong to the file's thousand. */
export function episodesFile(shape: DatasetShape, rows: readonly EpisodeRow[]): Uint8Array<ArrayBuffer> {
  const fields = [
    ...placeFields(),
    ...Object.keys(shape.cameras).flatMap((camera) => videoFields(shape, camera)),
    ...fileFields(),
    ...Object.entries(shape.columns).map(([name, base]) =>
      field(name, base, 0, (row) => row.columns[name] ?? null),
    ),
    ...statisticsFields(shape),
  ]
  const file = parquetFile(fields)
  file.addRowGroup(fields.map(({ cell }) => rows.map(cell)))
  return file.finish()
}

function field(name: string, base: CellType['base'], lists: CellType['lists'], cell: Field['cell']): Field {
  return { name, type: { base, lists }, cell }
}

function placeFields(): Field[] {
  return [
    field('episode_index', 'int64', 0, (row) => row.episodeIndex),
    field('tasks', 'string', 1, (row) => row.tasks),
    field('length', 'int64', 0, (row) => row.frameCount),
    field('data/chunk_index', 'int64', 0, (row) => chunkPath(row.episodeIndex).chunkIndex),
    field('data/file_index', 'int64', 0, (row) => chunkPath(row.episodeIndex).fileIndex),
    field('dataset_from_index', 'int64', 0, (row) => row.firstFrameIndex),
    field('dataset_to_index', 'int64', 0, (row) => row.firstFrameIndex + row.frameCount),
  ]
}

function videoFields(shape: DatasetShape, camera: string): Field[] {
  return [
    field(`videos/${camera}/chunk_index`, 'int64', 0, (row) => chunkPath(row.episodeIndex).chunkIndex),
    field(`videos/${camera}/file_index`, 'int64', 0, (row) => chunkPath(row.episodeIndex).fileIndex),
    field(`videos/${camera}/from_timestamp`, 'float64', 0, () => 0),
    field(`videos/${camera}/to_timestamp`, 'float64', 0, (row) => row.frameCount / shape.fps),
  ]
}

function fileFields(): Field[] {
  return [
    field('meta/episodes/chunk_index', 'int64', 0, () => ONE_FILE),
    field('meta/episodes/file_index', 'int64', 0, (row) => Math.floor(row.episodeIndex / CHUNK_SIZE)),
  ]
}

function statisticsFields(shape: DatasetShape): Field[] {
  const own = Object.entries(OWN_FEATURES).map(([name, { dtype }]) => ({ name, dtype, lists: 1 as const }))
  const given = Object.entries(shape.features).map(([name, { dtype }]) => ({
    name,
    dtype,
    lists: 1 as const,
  }))
  const cameras = Object.keys(shape.cameras).map((name) => ({
    name,
    dtype: 'float32' as const,
    lists: 3 as const,
  }))
  return [...cameras, ...given, ...own].flatMap(({ name, dtype, lists }) => [
    ...STATISTICS.map((statistic) => {
      const base = dtype === 'int64' && (statistic === 'min' || statistic === 'max') ? 'int64' : 'float64'
      const cell = (row: EpisodeRow) => nested(row.statistics.get(name)?.[statistic] ?? [], lists)
      return field(`stats/${name}/${statistic}`, base, lists, cell)
    }),
    field(`stats/${name}/count`, 'int64', 1, (row) => [row.statistics.get(name)?.count ?? 0]),
  ])
}

/** Statistics of pictures are nested (3, 1, 1), so that they broadcast over channel, row and column. */
export function nested(values: readonly number[], lists: 1 | 3): Cell {
  return lists === 1 ? values : values.map((value) => [[value]])
}
