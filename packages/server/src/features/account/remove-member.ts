import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { write } from '../../platform/tx.ts'
import { keepAnOwner } from './change-member.ts'
import { deleteCredentialsOf } from './credential-store.ts'
import { readMember, updateMember } from './store.ts'

/** Removes a member; their sessions, links and passkeys end in the same moment. What they decided stays. */
export function removeMember(ctx: Ctx, memberId: string): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'member.remove')
    const workspaceId = workspaceOf(ctx)
    await keepAnOwner(tx, workspaceId, memberId)
    const member = found(await readMember(tx, workspaceId, memberId), 'member')
    await updateMember(tx, member, { removed_at: ctx.deps.clock.now() })
    await deleteCredentialsOf(tx, workspaceId, memberId)
    await record(tx, ctx, 'member.remove', { subject: { kind: 'member', id: memberId } })
  })
}
