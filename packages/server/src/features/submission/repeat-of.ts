import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { readSubmission, type SubmissionRow } from './store.ts'

/** What the same request gave before, or undefined. Refuses `idempotency-mismatch` when it says something else now. */
export async function repeatOf(
  tx: Tx,
  ctx: Ctx,
  { id, bodyHash }: { id: string; bodyHash: string },
): Promise<SubmissionRow | undefined> {
  const before = await readSubmission(tx, { workspaceId: workspaceOf(ctx), id })
  if (!before) return undefined
  if (before.worker_id === ctx.actor.id && before.body_hash === bodyHash) return before
  return refuse(
    'idempotency-mismatch',
    'An answer with this id was sent before, with another content. The first one was kept.',
    { submissionId: id },
  )
}
