import type { Reply, Rollout, RolloutDetail, RolloutStream, rolloutRoutes } from '@chiron/contract'
import { readTrajectory, thinSeries } from '@chiron/formats/trajectory'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { type BlobRow, readBlob } from '../media/index.ts'
import { judgementWire } from './judgement-wire.ts'
import { assertCursor, pageOf } from './paging.ts'
import { textOf } from './read-upload.ts'
import {
  listRolloutRows,
  type RolloutFilter,
  type RolloutRow,
  readRolloutRow,
  type StreamRow,
  streamsOf,
  versionNames,
} from './rollout-store.ts'
import { namesOfSuites } from './suite-store.ts'

/** Rollouts of the workspace, newest first. */
export function listRollouts(
  ctx: Ctx,
  filter: RolloutFilter,
): Promise<{ items: Rollout[]; next: string | null }> {
  may(ctx, 'rollout.read')
  assertCursor(filter.after)
  return read(ctx, async (tx) => {
    const rows = await listRolloutRows(tx, workspaceOf(ctx), { ...filter, limit: filter.limit + 1 })
    const { shown, next } = pageOf(rows, filter.limit)
    return { items: await rolloutWires(tx, ctx, shown), next }
  })
}

export function rolloutDetail(ctx: Ctx, id: string): Promise<RolloutDetail> {
  may(ctx, 'rollout.read')
  return read(ctx, async (tx) => {
    const row = found(await readRolloutRow(tx, workspaceOf(ctx), id), 'rollout')
    return rolloutDetailWire(tx, ctx, row)
  })
}

export async function rolloutDetailWire(tx: Tx, ctx: Ctx, row: RolloutRow): Promise<RolloutDetail> {
  const [wire] = await rolloutWires(tx, ctx, [row])
  const streams = (await streamsOf(tx, workspaceOf(ctx), row.id)).map(streamWire)
  return {
    ...(wire as Rollout),
    note: row.note,
    source: row.source as RolloutDetail['source'],
    streams,
    judged: await judgementWire(tx, row),
  }
}

interface StreamOf {
  rolloutId: string
  name: string
}

/** The stored bytes of one stream, typed as it was found to be. */
export function rolloutStreamBlob(ctx: Ctx, of: StreamOf): Promise<BlobRow> {
  may(ctx, 'rollout.read')
  return read(ctx, async (tx) => (await streamBlob(tx, ctx, of)).blob)
}

export async function streamBlob(tx: Tx, ctx: Ctx, { rolloutId, name }: StreamOf) {
  const workspaceId = workspaceOf(ctx)
  found(await readRolloutRow(tx, workspaceId, rolloutId), 'rollout')
  const streams = await streamsOf(tx, workspaceId, rolloutId)
  const stream = found(
    streams.find((each) => each.name === name),
    'stream',
  )
  const blob = found(await readBlob(tx, { workspaceId, id: stream.blob_id }), 'stream')
  return { stream, blob: { ...blob, mime: stream.mime } }
}

/** A trajectory as a screen draws it. */
export async function rolloutSeries(
  ctx: Ctx,
  of: StreamOf & { points: number },
): Promise<Reply<typeof rolloutRoutes.series>> {
  may(ctx, 'rollout.read')
  const { stream, blob } = await read(ctx, (tx) => streamBlob(tx, ctx, of))
  if (stream.kind !== 'trajectory') refuse('bad-input', `“${of.name}” is a video; it has no series.`)
  const { columns, timesMs, values } = readTrajectory(await textOf(ctx, blob))
  return {
    sampleCount: timesMs.length,
    columns: columns.map((name, at) => {
      const own = values[at] as Float64Array
      return { name, ...thinSeries(timesMs, own, of.points), ...rangeOfValues(own) }
    }),
  }
}

function rangeOfValues(values: Float64Array): { min: number | null; max: number | null } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return min > max ? { min: null, max: null } : { min, max }
}

async function rolloutWires(tx: Tx, ctx: Ctx, rows: readonly RolloutRow[]): Promise<Rollout[]> {
  const workspaceId = workspaceOf(ctx)
  const distinct = (ids: (string | null)[]) => [...new Set(ids)].filter((id) => id !== null)
  const versions = await versionNames(tx, workspaceId, distinct(rows.map((row) => row.policy_version_id)))
  const suites = await namesOfSuites(tx, workspaceId, distinct(rows.map((row) => row.suite_id)))
  return rows.map((row) => ({
    id: row.id,
    digest: row.digest ?? '',
    policyId: row.policy_id,
    policyName: versions.get(row.policy_version_id)?.name ?? '',
    policyVersionId: row.policy_version_id,
    policyLabel: versions.get(row.policy_version_id)?.label ?? '',
    embodimentId: row.embodiment_id,
    suiteId: row.suite_id,
    suiteName: row.suite_id === null ? null : (suites.get(row.suite_id) ?? null),
    suiteVersion: row.suite_version,
    scenarioKey: row.scenario_key,
    world: row.world as Rollout['world'],
    seed: row.seed,
    task: row.task,
    success: row.success,
    score: row.score,
    progress: row.progress,
    failureId: row.failure_id,
    isJudged: row.judged_outcome !== null,
    durationMs: row.duration_ms,
    recordedAt: row.recorded_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }))
}

const streamWire = (row: StreamRow): RolloutStream => ({
  name: row.name,
  kind: row.kind as RolloutStream['kind'],
  mime: row.mime,
  bytes: row.bytes,
  sha256: row.sha256,
  startMs: row.start_ms,
  durationMs: row.duration_ms,
  sampleCount: row.sample_count,
  columns: row.columns,
  codec: row.codec,
  fps: row.fps,
  width: row.width,
  height: row.height,
})
