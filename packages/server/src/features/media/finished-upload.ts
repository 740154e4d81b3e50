import type { Ctx } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { readVisibleUpload, type UploadRow } from './store.ts'

/** The caller's own upload, once it is whole: a sender who missed our last reply learns that nothing is left to send. */
export async function finishedUpload(ctx: Ctx, id: string): Promise<UploadRow | undefined> {
  const upload = await read(ctx, (tx) => readVisibleUpload(tx, id))
  const { actor } = ctx
  if (actor.kind === 'worker') return upload?.worker_id === actor.id ? upload : undefined
  return upload && upload.worker_id === null ? upload : undefined
}
