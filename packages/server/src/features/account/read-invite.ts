import { type Ctx, withSecret } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import { secretHash } from '../../platform/secrets.ts'
import { read } from '../../platform/tx.ts'
import * as store from './store.ts'
import { plainCode } from './words.ts'

export type OpenInvite = store.InviteRow & { workspace_name: string }

/** The invite of a typed code, or why it cannot be used. */
export async function readInvite(ctx: Ctx, code: string): Promise<OpenInvite> {
  const hash = secretHash(plainCode(code))
  const invite = await read(withSecret(ctx, hash), (tx) => store.readInvite(tx, hash))
  if (!invite)
    return refuse('not-found', 'No invite has this code. Check it letter by letter, or ask for a new one.')
  if (invite.expires_at <= ctx.deps.clock.now())
    refuse('expired', 'This invite has expired. Ask the team that sent it for a new one.')
  if (invite.uses_left <= 0)
    refuse('already-used', 'This invite has been used up. Ask the team for a new one.')
  return invite
}
