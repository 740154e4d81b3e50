import { type CameraMeasure, measuredSize } from '@chiron/core/camera'
import { assert, jcs, type WorkspaceId } from '@chiron/core/kit'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { refuse } from '../../platform/refuse.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { listWorkspacesOf } from '../account/index.ts'
import { calibrationsOf, insertCalibration, readCalibration } from './calibration-store.ts'

export interface OwnCalibration {
  workspaceId: string
  calibration: CameraMeasure
}

/**
 * A worker tells a team of theirs what their phone found out about its camera, by a board or a bank card. Sent again it changes nothing. Refuses
 * `not-found` for a team they are not in, `idempotency-mismatch` for an id that stands for something else.
 */
export async function keepCalibration(
  ctx: Ctx,
  { workspaceId, calibration }: OwnCalibration,
): Promise<{ ok: true }> {
  const { actor } = ctx
  assert(actor.kind === 'worker', 'the route lets workers in only')
  const own = await read(ctx, (tx) => listWorkspacesOf(tx, actor.id))
  if (!own.some(({ id }) => id === workspaceId)) refuse('not-found', 'You are in no such team.')
  const inside = inWorkspace(ctx, workspaceId as WorkspaceId)
  return write(inside, async (tx) => {
    may(inside, 'media.calibrate')
    if (await holdCalibration(tx, inside, calibration)) {
      const { width, height } = measuredSize(calibration)
      const error =
        'kind' in calibration ? { errorRatio: calibration.errorRatio } : { rmsPx: calibration.rmsPx }
      await record(tx, inside, 'media.calibrate', {
        subject: { kind: 'calibration', id: calibration.id },
        width,
        height,
        ...error,
      })
    } else recordNothing(tx)
    return { ok: true }
  })
}

/**
 * Keeps a worker's calibration in the caller's transaction; false when it is there already. Refuses
 * `idempotency-mismatch` for an id that stands for something else.
 */
export async function holdCalibration(tx: Tx, ctx: Ctx, calibration: CameraMeasure): Promise<boolean> {
  const { actor, workspaceId, deps } = ctx
  assert(actor.kind === 'worker' && workspaceId !== null, 'a worker’s calibration is kept in a workspace')
  const { id, device, camera, madeAt } = calibration
  const { width, height } = measuredSize(calibration)
  const isNew = await insertCalibration(tx, {
    workspace_id: workspaceId,
    id,
    worker_id: actor.id,
    device_id: device,
    camera,
    width,
    height,
    kind: 'kind' in calibration ? calibration.kind : 'board',
    made_at: new Date(madeAt),
    content: JSON.stringify(calibration),
    created_at: deps.clock.now(),
  })
  if (isNew) return true
  const standing = await readCalibration(tx, { workspaceId, id })
  const isSame = standing?.worker_id === actor.id && jcs(standing.content as object) === jcs(calibration)
  return isSame
    ? false
    : refuse('idempotency-mismatch', 'This id stands for another calibration. Calibrate once more.')
}

/** What teams know of a worker's cameras, by the worker's own policy, newest first. */
export async function ownCalibrations(ctx: Ctx): Promise<{ items: OwnCalibration[] }> {
  const rows = await read(ctx, (tx) => calibrationsOf(tx, ctx.actor.id))
  return {
    items: rows.map((row) => ({
      workspaceId: row.workspace_id,
      calibration: row.content as CameraMeasure,
    })),
  }
}
