import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { write } from '../../platform/tx.ts'
import { markKeyRevoked } from './credential-store.ts'

/** Ends an API key for ever. */
export function revokeKey(ctx: Ctx, keyId: string): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'key.revoke')
    const key = { workspaceId: workspaceOf(ctx), keyId, now: ctx.deps.clock.now() }
    found(await markKeyRevoked(tx, key), 'key that still works')
    await record(tx, ctx, 'key.revoke', { subject: { kind: 'key', id: keyId } })
  })
}
