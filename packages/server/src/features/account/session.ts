import type { WorkerId, WorkspaceId } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import type { Ctx, MemberRole } from '../../platform/context.ts'
import { secretHash } from '../../platform/secrets.ts'
import { tidy } from '../../platform/tx.ts'
import { insertSession } from './credential-store.ts'
import { inDays, newToken, SESSION_DAYS } from './tokens.ts'

/** One browser can be both a member and a worker: the two apps keep their own cookies. */
export const COOKIES = { console: 'chiron_team', worker: 'chiron_worker' } as const
export type App = keyof typeof COOKIES

/** The cookie outlives the session, whose end the server decides and moves on with use. */
export const COOKIE_SECONDS = 400 * 86_400

/** A person who has just proved who they are: `token` goes into the cookie, `ctx` speaks for them. */
export interface SignedIn {
  ctx: Ctx
  app: App
  token: string
}

export type Holder = { memberId: string; role: MemberRole; workspaceId: WorkspaceId } | { workerId: WorkerId }

/** Starts a session. Coming and going is no event of the domain: it leaves no record. */
export async function startSession(caller: Ctx, holder: Holder): Promise<SignedIn> {
  const { deps } = caller
  const token = newToken(deps)
  const ctx = contextOf(caller, holder)
  const row = {
    id: newId(deps.clock),
    token_hash: secretHash(token),
    created_at: deps.clock.now(),
    expires_at: inDays(deps, SESSION_DAYS),
  }
  const isMember = 'memberId' in holder
  const owner = isMember
    ? { workspace_id: holder.workspaceId, member_id: holder.memberId }
    : { worker_id: holder.workerId }
  await tidy(ctx, (tx) => insertSession(tx, { ...row, ...owner }))
  return { ctx, app: isMember ? 'console' : 'worker', token }
}

function contextOf({ deps }: Ctx, holder: Holder): Ctx {
  if ('workerId' in holder) return { deps, actor: { kind: 'worker', id: holder.workerId }, workspaceId: null }
  const { memberId, role, workspaceId } = holder
  return { deps, actor: { kind: 'member', id: memberId, role }, workspaceId }
}
