import { type Ctx, type MemberRole, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { recordNothing, type Tx, write } from '../../platform/tx.ts'
import { lockOwners, type MemberRow, readMember, updateMember } from './store.ts'

interface Change {
  memberId: string
  name?: string | undefined
  role?: MemberRole | undefined
}

/** Changes a member's name or role. The last owner stays one. */
export function changeMember(ctx: Ctx, { memberId, name, role }: Change): Promise<MemberRow> {
  return write(ctx, async (tx) => {
    may(ctx, 'member.change')
    const workspaceId = workspaceOf(ctx)
    if (role !== undefined && role !== 'owner') await keepAnOwner(tx, workspaceId, memberId)
    const before = found(await readMember(tx, workspaceId, memberId), 'member')
    const after = { name: name ?? before.name, role: role ?? before.role }
    if (after.name === before.name && after.role === before.role) {
      recordNothing(tx)
      return before
    }
    const member = found(await updateMember(tx, before, after), 'member')
    await record(tx, ctx, 'member.change', {
      subject: { kind: 'member', id: memberId },
      role: after.role,
      roleBefore: before.role,
    })
    return member
  })
}

/** Refuses when nobody else would be left to run the workspace. */
export async function keepAnOwner(tx: Tx, workspaceId: string, memberId: string): Promise<void> {
  const owners = await lockOwners(tx, workspaceId)
  if (owners.some(({ id }) => id === memberId) && owners.length === 1)
    refuse('wrong-state', 'This is the last owner of the workspace. Make another member owner first.')
}
