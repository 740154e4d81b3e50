import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { secretHash } from '../../platform/secrets.ts'
import { write } from '../../platform/tx.ts'
import { type InviteRow, insertInvite } from './store.ts'
import { inDays, inviteUrl } from './tokens.ts'
import { plainCode, randomCode } from './words.ts'

interface NewInvite {
  label: string
  uses: number
  days: number
}

/** An invite for workers. Its code is known only in this reply. */
export function makeInvite(
  ctx: Ctx,
  { label, uses, days }: NewInvite,
): Promise<{ invite: InviteRow; code: string; url: string }> {
  return write(ctx, async (tx) => {
    may(ctx, 'invite.make')
    const { deps } = ctx
    const id = newId(deps.clock)
    const code = randomCode(deps.clock)
    const invite = await insertInvite(tx, {
      workspace_id: workspaceOf(ctx),
      id,
      code_hash: secretHash(plainCode(code)),
      label,
      uses_left: uses,
      created_at: deps.clock.now(),
      expires_at: inDays(deps, days),
    })
    await record(tx, ctx, 'invite.make', { subject: { kind: 'invite', id }, uses, days })
    return { invite, code, url: inviteUrl(deps, code) }
  })
}
