import { newId } from '../../platform/clock.ts'
import { type Ctx, type MemberRole, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { write } from '../../platform/tx.ts'
import { issueMemberLink } from './make-member-link.ts'
import { insertMember, type MemberRow } from './store.ts'

/** A new member and the one-time link to hand over to them. */
export function addMember(
  ctx: Ctx,
  { name, role }: { name: string; role: MemberRole },
): Promise<{ member: MemberRow; url: string }> {
  return write(ctx, async (tx) => {
    may(ctx, 'member.add')
    const { clock } = ctx.deps
    const id = newId(clock)
    const row = { workspace_id: workspaceOf(ctx), id, name, role, created_at: clock.now() }
    const member = await insertMember(tx, row)
    const { url } = await issueMemberLink(tx, ctx, id)
    await record(tx, ctx, 'member.add', { subject: { kind: 'member', id }, role })
    return { member, url }
  })
}
