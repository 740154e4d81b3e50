import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { write } from '../../platform/tx.ts'
import { updateSeeded } from './store.ts'

/** Writes down that the demo content is whole, so that no later start makes it again. */
export function markSeeded(ctx: Ctx): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'workspace.seed')
    const id = workspaceOf(ctx)
    await updateSeeded(tx, id)
    await record(tx, ctx, 'workspace.seed', { subject: { kind: 'workspace', id } })
  })
}
