import type { WorkerId, WorkspaceId } from '@chiron/core/kit'
import { type Ctx, type MemberRole, withSecret } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import { secretHash } from '../../platform/secrets.ts'
import { read, tidy } from '../../platform/tx.ts'
import { type LinkRow, readLink, useLink } from './credential-store.ts'
import { type Holder, type SignedIn, startSession } from './session.ts'
import { readMember } from './store.ts'

/** Uses up a one-time link. Only a POST does, so that a preview robot that merely opens it burns nothing. */
export async function signInByLink(caller: Ctx, token: string): Promise<SignedIn> {
  const hash = secretHash(token)
  const holding = withSecret(caller, hash)
  const now = caller.deps.clock.now()
  const link = await read(holding, (tx) => readLink(tx, hash))
  if (!link) return refuse('bad-credentials', 'This link is not known here. Ask the team for a new one.')
  if (link.used_at)
    refuse('already-used', 'This link was used already; each works once. Ask the team for a new one.')
  if (link.expires_at <= now) refuse('expired', 'This link has expired. Ask the team for a new one.')
  const holder = await holderOf(caller, link)
  const isFirst = await tidy(holding, (tx) => useLink(tx, hash, now))
  if (!isFirst)
    refuse('already-used', 'This link was used already; each works once. Ask the team for a new one.')
  return startSession(caller, holder)
}

async function holderOf(caller: Ctx, link: LinkRow): Promise<Holder> {
  if (link.worker_id) return { workerId: link.worker_id as WorkerId }
  const workspaceId = link.workspace_id as WorkspaceId
  return memberHolder(caller, workspaceId, link.member_id ?? '')
}

/** The member as they are now; a removed one no longer comes in. */
export async function memberHolder(caller: Ctx, workspaceId: WorkspaceId, memberId: string): Promise<Holder> {
  const member = await read({ ...caller, workspaceId }, (tx) => readMember(tx, workspaceId, memberId))
  if (!member) return refuse('bad-credentials', 'This person is no longer a member of the workspace.')
  return { memberId, role: member.role as MemberRole, workspaceId }
}
