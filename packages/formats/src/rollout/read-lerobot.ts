import { Refusal, utf8 } from '@chiron/core/kit'
import type { ReadFolder } from '../io.ts'
import {
  type Release,
  type ReleaseEpisode,
  type ReleaseFeature,
  readParquet,
  readRelease,
} from '../lerobot/index.ts'
import { trajectoryText } from '../trajectory/index.ts'
import { cutVideo } from '../video/index.ts'
import { factsOf } from './facts-of.ts'
import { type FoundRollout, type FoundStream, type RolloutResult, streamName } from './found-rollout.ts'

const CLOCKS = new Set(['timestamp', 'frame_index', 'episode_index', 'index', 'task_index'])
const NUMERIC = /^(u?int\d+|float\d+|bool)$/
const SUCCESS = 'next.success'
type Row = Record<string, unknown>
type Rows = { path: string; byEpisode: ReadonlyMap<number, { row: number; value: Row }[]> }

/**
 * The episodes of a LeRobot v3.0 data set as rollouts, in their order: each numeric feature a trajectory by the
 * episode's own `timestamp`, each camera the pictures of that episode. Success is `next.success` where there is one;
 * other facts come from columns of `meta/episodes` of these names.
 * @throws Refusal `release-unreadable` when the data set itself cannot be read
 */
export async function* lerobotRollouts(folder: ReadFolder): AsyncGenerator<RolloutResult> {
  const dataset = await readRelease(folder)
  let rows: Rows | undefined
  for (const episode of dataset.episodes) {
    const { dataPath: file, episodeIndex: row } = episode
    try {
      if (rows?.path !== file) rows = await readRows(folder, file)
      yield { ok: true, rollout: await rolloutOf({ folder, dataset, episode, rows }) }
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      const place = typeof cause.facts.row === 'number' ? cause.facts.row : row
      const path = typeof cause.facts.path === 'string' ? cause.facts.path : file
      yield { ok: false, fault: { file: path, row: place, reason: `episode ${row}: ${cause.message}` } }
    }
  }
}

async function readRows(folder: ReadFolder, path: string): Promise<Rows> {
  const source = await folder.open(path)
  if (source === undefined) throw unreadable(path, 'the file is missing')
  const byEpisode = new Map<number, { row: number; value: Row }[]>()
  const { rows } = await readParquet(source).catch((cause) => {
    throw unreadable(path, String((cause as Error).message))
  })
  for (const [at, value] of rows.entries()) {
    const own = byEpisode.get(value.episode_index as number) ?? []
    own.push({ row: at + 1, value })
    byEpisode.set(value.episode_index as number, own)
  }
  return { path, byEpisode }
}

type Reading = { folder: ReadFolder; dataset: Release; episode: ReleaseEpisode; rows: Rows }

async function rolloutOf({ folder, dataset, episode, rows }: Reading): Promise<FoundRollout> {
  const own = rows.byEpisode.get(episode.episodeIndex) ?? []
  if (own.length !== episode.frameCount)
    throw unreadable(rows.path, `it has ${own.length} frames where meta/episodes says ${episode.frameCount}`)
  const timesMs = Float64Array.from(own, ({ row, value }) => timeOf(rows.path, row, value.timestamp))
  const streams: FoundStream[] = []
  const leftOut: string[] = []
  for (const [name, feature] of Object.entries(dataset.info.features)) {
    if (CLOCKS.has(name)) continue
    if (feature.dtype === 'video') streams.push(await cameraOf(folder, episode, name))
    else if (NUMERIC.test(feature.dtype))
      streams.push(numbersOf({ name, feature, own, timesMs, path: rows.path }))
    else leftOut.push(`${name} (${feature.dtype}): only numbers and videos are brought in`)
  }
  const facts = factsOf((name) => (name === 'task' ? episode.tasks[0] : episode.columns[name]))
  const said = own.some(({ value }) => flat(value[SUCCESS]).some((each) => each === true || each === 1))
  const success = facts.success ?? (SUCCESS in dataset.info.features ? said : undefined)
  return { file: rows.path, row: episode.episodeIndex, facts: { ...facts, success }, streams, leftOut }
}

async function cameraOf(folder: ReadFolder, episode: ReleaseEpisode, name: string): Promise<FoundStream> {
  const video = episode.videos[name]
  const source = video && (await folder.open(video.path))
  if (!video || source === undefined) throw unreadable(video?.path ?? name, 'the video is missing')
  try {
    return { name: streamName(name), kind: 'video', ...(await cutVideo(source, video)) }
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    throw unreadable(video.path, cause.message)
  }
}

type Numbers = {
  name: string
  feature: ReleaseFeature
  own: { row: number; value: Row }[]
  timesMs: Float64Array
  path: string
}

function numbersOf({ name, feature, own, timesMs, path }: Numbers): FoundStream {
  const size = feature.shape.reduce((product, side) => product * side, 1)
  const columns = columnsOf(name, feature, size)
  const values = columns.map(() => new Float64Array(own.length))
  for (const [at, { row, value }] of own.entries()) {
    const cells = flat(value[name])
    if (cells.length !== size)
      throw unreadable(path, `row ${row}: ${name} has ${cells.length} values, not ${size}`, row)
    for (const [column, cell] of cells.entries()) {
      const number = cell === null ? Number.NaN : Number(cell)
      if (Math.abs(number) === Number.POSITIVE_INFINITY)
        throw unreadable(path, `row ${row}: ${name} is infinite`, row)
      ;(values[column] as Float64Array)[at] = number
    }
  }
  const bytes = utf8(trajectoryText({ columns, timesMs, values }))
  return { name: streamName(name), kind: 'trajectory', startMs: 0, bytes }
}

function timeOf(path: string, row: number, seconds: unknown): number {
  if (typeof seconds === 'number' && Number.isFinite(seconds)) return seconds * 1000
  throw unreadable(path, `row ${row}: timestamp is no number`, row)
}

const flat = (value: unknown): unknown[] =>
  value instanceof Object && Symbol.iterator in value
    ? [...(value as Iterable<unknown>)].flatMap(flat)
    : [value ?? null]

/** LeRobot names dimensions by a list, by lists under the axes' names, or not at all. */
function columnsOf(feature: string, { names }: ReleaseFeature, size: number): string[] {
  const given = (Array.isArray(names) ? names : Object.values(names ?? {}).flat()).map(String)
  if (given.length === size && new Set(given).size === size && !given.includes('')) return given
  return size === 1 ? [feature] : Array.from({ length: size }, (_, at) => `${feature}.${at}`)
}

function unreadable(path: string, reason: string, row?: number): Refusal {
  return new Refusal('rollout-unreadable', { path, ...(row === undefined ? {} : { row }) }, reason)
}
