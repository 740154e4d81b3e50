import type { Body, RolloutDetail, rolloutRoutes } from '@chiron/contract'
import { assert, jcs, sha256, toHex } from '@chiron/core/kit'
import type { z } from 'zod'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { refuse } from '../../platform/refuse.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { useUpload } from '../media/index.ts'
import { assertRollout } from './assert-rollout.ts'
import { type PreparedStream, prepareStream } from './prepare-stream.ts'
import { rolloutDetailWire } from './read-rollouts.ts'
import { insertRollout, insertStreams, type RolloutRow, rolloutByDigest } from './rollout-store.ts'
import { countRollout } from './rollout-tally-store.ts'

export type NewRollout = z.output<(typeof rolloutRoutes.add)['body']>

/**
 * Brings in one rollout, whole or not at all. Its streams are looked at before anything is written; the same digest
 * again gives the same rollout. Refuses `malformed`, `bad-input`, `not-found`, `not-frozen`, `already-used`, and
 * `idempotency-mismatch` for a digest that named another.
 */
export async function addRollout(ctx: Ctx, order: NewRollout): Promise<RolloutDetail> {
  may(ctx, 'rollout.add')
  const bodySha256 = hashOf(order)
  const before = await read(ctx, async (tx) => {
    const row = await rolloutByDigest(tx, workspaceOf(ctx), order.digest)
    return row && repeated(tx, ctx, row, bodySha256)
  })
  if (before) return before
  assertStreams(order)
  const streams: PreparedStream[] = []
  for (const stream of order.streams) streams.push(await prepareStream(ctx, stream))
  return write(ctx, (tx) => keepRollout(tx, ctx, { order, streams, bodySha256 }))
}

/** Of a repeat the uploads may be others, with the same bytes. */
function hashOf({ streams, ...facts }: Body<typeof rolloutRoutes.add>): string {
  const named = (streams ?? []).map(({ uploadId: _, ...stream }) => stream)
  return toHex(sha256(jcs({ ...facts, streams: named })))
}

function repeated(tx: Tx, ctx: Ctx, row: RolloutRow, bodySha256: string): Promise<RolloutDetail> {
  if (row.body_sha256 !== bodySha256) {
    const message = 'This digest already names a rollout that was described otherwise. Nothing was changed.'
    refuse('idempotency-mismatch', message, { rolloutId: row.id })
  }
  return rolloutDetailWire(tx, ctx, row)
}

function assertStreams({ streams, success, score, progress }: NewRollout): void {
  const names = streams.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) refuse('bad-input', `Two streams are named “${twice}”.`, { stream: twice })
  if (streams.length === 0 && success === null && score === null && progress === null)
    refuse('bad-input', 'A rollout has a stream, or at least an outcome, a score or a progress.')
}

interface Keep {
  order: NewRollout
  streams: readonly PreparedStream[]
  bodySha256: string
}

async function keepRollout(tx: Tx, ctx: Ctx, { order, streams, bodySha256 }: Keep): Promise<RolloutDetail> {
  may(ctx, 'rollout.add')
  const workspaceId = workspaceOf(ctx)
  const version = await assertRollout(tx, ctx, order)
  const { clock } = ctx.deps
  const row = await insertRollout(tx, {
    workspace_id: workspaceId,
    id: newId(clock),
    digest: order.digest,
    body_sha256: bodySha256,
    policy_id: version.policy_id,
    policy_version_id: version.id,
    embodiment_id: order.embodimentId,
    suite_id: order.suiteId,
    suite_version: order.suiteVersion,
    scenario_key: order.scenarioKey,
    world: order.world,
    seed: order.seed,
    task: order.task,
    success: order.success,
    score: order.score,
    progress: order.progress,
    failure_id: order.failureId,
    note: order.note,
    duration_ms: durationMs(streams),
    source: JSON.stringify(order.source),
    recorded_at: order.recordedAt === null ? null : new Date(order.recordedAt),
    created_at: clock.now(),
  })
  if (!row) {
    recordNothing(tx)
    const faster = await rolloutByDigest(tx, workspaceId, order.digest)
    assert(faster !== undefined, 'the digest is taken by something')
    return repeated(tx, ctx, faster, bodySha256)
  }
  await keepStreams(tx, ctx, row.id, streams)
  await countRollout(tx, row, 1)
  await record(tx, ctx, 'rollout.add', {
    subject: { kind: 'rollout', id: row.id },
    policyVersionId: version.id,
    suiteId: order.suiteId,
    suiteVersion: order.suiteVersion,
    scenarioKey: order.scenarioKey,
    world: order.world,
    success: order.success,
    streams: streams.map(({ sha256: digest }) => digest),
  })
  return rolloutDetailWire(tx, ctx, row)
}

const durationMs = (streams: readonly PreparedStream[]): number | null =>
  streams.length === 0 ? null : Math.max(...streams.map((stream) => stream.startMs + stream.duration_ms))

async function keepStreams(
  tx: Tx,
  ctx: Ctx,
  rolloutId: string,
  streams: readonly PreparedStream[],
): Promise<void> {
  const rows: Parameters<typeof insertStreams>[1][number][] = []
  for (const { uploadId, startMs, ...stream } of streams) {
    const upload = await useUpload(tx, ctx, { uploadId, purpose: 'rollout', workerId: null })
    rows.push({
      ...stream,
      workspace_id: workspaceOf(ctx),
      rollout_id: rolloutId,
      blob_id: upload.blob_id,
      start_ms: startMs,
    })
  }
  await insertStreams(tx, rows)
}
