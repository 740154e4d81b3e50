import type { Embodiment } from '@chiron/contract'
import { MAX_MODEL_BYTES, type RobotModel, readModel } from '@chiron/formats/robot'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { refuse } from '../../platform/refuse.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { useUpload, waitingUpload } from '../media/index.ts'
import { embodimentByName, insertEmbodiment } from './embodiment-store.ts'
import { embodimentWire } from './list-embodiments.ts'
import { parsed, textOf } from './read-upload.ts'

interface NewEmbodiment {
  name: string
  uploadId: string
}

/**
 * A robot body from an uploaded URDF or MJCF file, which is kept as it came. The same file under the same name again
 * gives the same one. Refuses `malformed` with line and reason, `conflict` for a name of another model.
 */
export async function createEmbodiment(ctx: Ctx, order: NewEmbodiment): Promise<Embodiment> {
  may(ctx, 'embodiment.create')
  const wanted = { uploadId: order.uploadId, purpose: 'embodiment', workerId: null } as const
  const blob = await read(ctx, (tx) => waitingUpload(tx, ctx, wanted))
  if (Number(blob.bytes) > MAX_MODEL_BYTES)
    refuse('too-large', `A model file may have ${MAX_MODEL_BYTES / 1024 ** 2} MB.`)
  const text = await textOf(ctx, blob)
  const model = parsed('The model', () => readModel(text))
  return write(ctx, (tx) => keepEmbodiment(tx, ctx, { ...order, model, sha256: blob.sha256 }))
}

async function keepEmbodiment(
  tx: Tx,
  ctx: Ctx,
  { name, uploadId, model, sha256 }: NewEmbodiment & { model: RobotModel; sha256: string },
): Promise<Embodiment> {
  const workspaceId = workspaceOf(ctx)
  const before = await embodimentByName(tx, workspaceId, name)
  if (before) {
    recordNothing(tx)
    if (before.sha256 === sha256) return embodimentWire(before)
    return refuse('conflict', `“${name}” is another model. Choose another name.`, { name })
  }
  const upload = await useUpload(tx, ctx, { uploadId, purpose: 'embodiment', workerId: null })
  const { clock } = ctx.deps
  const made = await insertEmbodiment(tx, {
    workspace_id: workspaceId,
    id: newId(clock),
    name,
    format: model.format,
    model_name: model.name,
    joints: [...model.joints],
    blob_id: upload.blob_id,
    bytes: upload.bytes,
    sha256,
    created_at: clock.now(),
  })
  if (!made) return refuse('conflict', `“${name}” was taken at this moment. Choose another name.`, { name })
  const jointCount = model.joints.length
  await record(tx, ctx, 'embodiment.create', {
    subject: { kind: 'embodiment', id: made.id },
    sha256,
    format: model.format,
    jointCount,
  })
  return embodimentWire(made)
}
