import type { Embodiment } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { type BlobRow, readBlob } from '../media/index.ts'
import { type EmbodimentRow, listEmbodimentRows, readEmbodiment } from './embodiment-store.ts'

const MAX_LISTED = 500

/** Robot bodies of the workspace, by name. */
export function listEmbodiments(ctx: Ctx): Promise<Embodiment[]> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) =>
    (await listEmbodimentRows(tx, workspaceOf(ctx), MAX_LISTED)).map(embodimentWire),
  )
}

/** The model file of a body, as it came. */
export function embodimentModel(ctx: Ctx, id: string): Promise<BlobRow> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const row = found(await readEmbodiment(tx, workspaceId, id), 'embodiment')
    const blob = found(await readBlob(tx, { workspaceId, id: row.blob_id }), 'embodiment')
    return { ...blob, mime: 'text/plain' }
  })
}

export const embodimentWire = (row: EmbodimentRow): Embodiment => ({
  id: row.id,
  name: row.name,
  format: row.format as Embodiment['format'],
  modelName: row.model_name,
  joints: row.joints,
  bytes: row.bytes,
  sha256: row.sha256,
  createdAt: row.created_at.toISOString(),
})
