import type { Me } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { listPasskeys, readKey } from './credential-store.ts'
import { listWorkspacesOf, readMember, readWorker, readWorkspace } from './store.ts'

/** Who the caller is, in their own words. */
export function readMe(ctx: Ctx): Promise<Me> {
  return read(ctx, async (tx) => {
    const { actor } = ctx
    if (actor.kind === 'worker') return workerMe(tx, actor.id)
    if (actor.kind === 'member' || actor.kind === 'key') return teamMe(tx, ctx, actor)
    return refuse('not-signed-in', 'Please sign in.')
  })
}

async function teamMe(
  tx: Tx,
  ctx: Ctx,
  actor: Extract<Ctx['actor'], { kind: 'member' | 'key' }>,
): Promise<Me> {
  const workspaceId = workspaceOf(ctx)
  const { id, name, slug, demo } = found(await readWorkspace(tx, workspaceId), 'workspace')
  const isMember = actor.kind === 'member'
  const holder = isMember
    ? await readMember(tx, workspaceId, actor.id)
    : await readKey(tx, workspaceId, actor.id)
  const passkeys = isMember ? await listPasskeys(tx, { member_id: actor.id, worker_id: null }) : []
  return {
    as: 'member',
    memberId: actor.id,
    name: found(holder, 'member').name,
    role: actor.role,
    workspace: { id, name, slug, demo },
    passkeyCount: passkeys.length,
  }
}

async function workerMe(tx: Tx, workerId: string): Promise<Me> {
  const { id, name, handle, locale, country } = found(await readWorker(tx, workerId), 'worker')
  const passkeys = await listPasskeys(tx, { member_id: null, worker_id: id })
  const workspaces = await listWorkspacesOf(tx, id)
  return {
    as: 'worker',
    workerId: id,
    name,
    handle,
    locale,
    country,
    passkeyCount: passkeys.length,
    workspaces,
  }
}
