import { Refusal } from '@chiron/core/kit'
import { readRows, Trouble } from '../csv/index.ts'
import { type ReadFolder, readAll } from '../io.ts'
import { readTrajectory } from '../trajectory/index.ts'
import { probeVideo } from '../video/index.ts'
import { factsOf } from './facts-of.ts'
import { type FoundStream, type RolloutFacts, type RolloutResult, streamName } from './found-rollout.ts'

const COLUMNS = [
  'video',
  'trajectory',
  'success',
  'score',
  'progress',
  'failure',
  'scenario',
  'seed',
] as const
const MORE = ['task', 'world', 'recorded_at', 'note'] as const
type Line = { videos: string[]; trajectories: string[]; facts: RolloutFacts }

/**
 * Rollouts listed in a CSV file: a header with any of video, trajectory, success, score, progress, failure, scenario,
 * seed, task, world, recorded_at, note; a line per rollout. Files are named relative to the manifest, several in a cell
 * apart by `;`.
 */
export async function* manifestRollouts(
  file: string,
  text: string,
  folder: ReadFolder,
): AsyncGenerator<RolloutResult> {
  const { rows, lines, faults } = readRows(text, {
    required: [],
    optional: [...COLUMNS, ...MORE],
    rowOf: lineOf,
  })
  for (const { line, why } of faults) yield { ok: false, fault: { file, row: line, reason: why } }
  for (const [at, { videos, trajectories, facts }] of rows.entries()) {
    const row = lines[at] as number
    try {
      const streams: FoundStream[] = []
      for (const path of videos) streams.push(await streamOf(folder, path, 'video'))
      for (const path of trajectories) streams.push(await streamOf(folder, path, 'trajectory'))
      yield { ok: true, rollout: { file, row, facts, streams: distinct(streams), leftOut: [] } }
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      yield { ok: false, fault: { file, row, reason: cause.message } }
    }
  }
}

function lineOf(cell: (name: (typeof COLUMNS)[number] | (typeof MORE)[number]) => string): Line | Trouble {
  const list = (text: string) => text.split(';').flatMap((each) => each.trim() || [])
  try {
    const facts = factsOf((name) => cell(name as (typeof COLUMNS)[number]))
    const [videos, trajectories] = [list(cell('video')), list(cell('trajectory'))]
    const isKnown = [facts.success, facts.score, facts.progress].some((each) => each !== undefined)
    if (videos.length + trajectories.length === 0 && !isKnown)
      return new Trouble('it names neither a video nor a trajectory, and no success, score or progress')
    return { videos, trajectories, facts }
  } catch (cause) {
    if (cause instanceof Refusal) return new Trouble(cause.message)
    throw cause
  }
}

async function streamOf(folder: ReadFolder, path: string, kind: FoundStream['kind']): Promise<FoundStream> {
  const source = await folder.open(path)
  if (source === undefined) throw new Refusal('rollout-unreadable', {}, `${path}: there is no such file`)
  const name = streamName(path.replace(/^.*\//, '').replace(/\.[^.]*$/, ''))
  try {
    if (kind === 'video') await probeVideo(source)
    const bytes = await readAll(source)
    if (kind === 'trajectory') readTrajectory(textOf(bytes))
    return { name, kind, startMs: 0, bytes }
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    throw new Refusal('rollout-unreadable', {}, `${path}: ${cause.message}`)
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('rollout-unreadable', {}, 'it is not text in UTF-8')
  }
}

/** Of streams that are named alike the later ones get a number. */
function distinct(streams: readonly FoundStream[]): FoundStream[] {
  const seen = new Map<string, number>()
  return streams.map((stream) => {
    const count = (seen.get(stream.name) ?? 0) + 1
    seen.set(stream.name, count)
    return count === 1 ? stream : { ...stream, name: `${stream.name}.${count}` }
  })
}
