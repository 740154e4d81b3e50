import { newId } from '../../platform/clock.ts'
import { type Ctx, type MemberRole, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { refuse } from '../../platform/refuse.ts'
import { secretHash } from '../../platform/secrets.ts'
import { write } from '../../platform/tx.ts'
import { insertKey, type KeyRow } from './credential-store.ts'
import { KEY_PREFIX } from './identify.ts'
import { newToken } from './tokens.ts'

/** An API key. Its secret is known only in this reply. */
export function makeKey(
  ctx: Ctx,
  { name, role }: { name: string; role: MemberRole },
): Promise<{ key: KeyRow; secret: string }> {
  return write(ctx, async (tx) => {
    may(ctx, 'key.make')
    if (role === 'owner')
      refuse('bad-input', 'A key cannot be an owner: choose manager, reviewer or auditor.')
    const { deps } = ctx
    const id = newId(deps.clock)
    const secret = `${KEY_PREFIX}${newToken(deps)}`
    const key = await insertKey(tx, {
      workspace_id: workspaceOf(ctx),
      id,
      name,
      role,
      key_hash: secretHash(secret),
      created_at: deps.clock.now(),
    })
    await record(tx, ctx, 'key.make', { subject: { kind: 'key', id }, role })
    return { key, secret }
  })
}
