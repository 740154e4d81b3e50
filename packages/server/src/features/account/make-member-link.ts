import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { secretHash } from '../../platform/secrets.ts'
import { type Tx, write } from '../../platform/tx.ts'
import { insertLink } from './credential-store.ts'
import { readMember } from './store.ts'
import { inDays, LINK_DAYS, memberLinkUrl, newToken } from './tokens.ts'

/** A one-time sign-in link for a member, good for 7 days. */
export function makeMemberLink(ctx: Ctx, memberId: string): Promise<{ url: string; expiresAt: Date }> {
  return write(ctx, async (tx) => {
    may(ctx, 'member.link')
    found(await readMember(tx, workspaceOf(ctx), memberId), 'member')
    const link = await issueMemberLink(tx, ctx, memberId)
    await record(tx, ctx, 'member.link', { subject: { kind: 'member', id: memberId } })
    return link
  })
}

export async function issueMemberLink(tx: Tx, ctx: Ctx, memberId: string) {
  const { deps } = ctx
  const token = newToken(deps)
  const expiresAt = inDays(deps, LINK_DAYS)
  await insertLink(tx, {
    workspace_id: workspaceOf(ctx),
    id: newId(deps.clock),
    token_hash: secretHash(token),
    member_id: memberId,
    expires_at: expiresAt,
  })
  return { url: memberLinkUrl(deps, token), expiresAt }
}
