import type { MemberId, WorkspaceId } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import { type Ctx, type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { write } from '../../platform/tx.ts'
import { insertMember, insertWorkspace } from './store.ts'

interface NewWorkspace {
  name: string
  /** Stands in addresses and in the name of the log; lower-case letters, digits and dashes. */
  slug: string
  demo?: boolean
  ownerName: string
}

interface CreatedWorkspace {
  workspaceId: WorkspaceId
  ownerId: MemberId
  /** Sets up the rest of the workspace. */
  ctx: Ctx
}

/** A new tenant with its first owner. Only whoever runs the server can make one. */
export async function createWorkspace(
  deps: Deps,
  { name, slug, demo = false, ownerName }: NewWorkspace,
): Promise<CreatedWorkspace> {
  const workspaceId = newId<WorkspaceId>(deps.clock)
  const ownerId = newId<MemberId>(deps.clock)
  const ctx = systemCtx(deps, 'setup', workspaceId)
  await write(ctx, async (tx) => {
    may(ctx, 'workspace.create')
    const now = deps.clock.now()
    await insertWorkspace(tx, { id: workspaceId, name, slug, demo, created_at: now })
    await insertMember(tx, {
      workspace_id: workspaceId,
      id: ownerId,
      name: ownerName,
      role: 'owner',
      created_at: now,
    })
    await record(tx, ctx, 'workspace.create', { subject: { kind: 'workspace', id: workspaceId }, ownerId })
  })
  return { workspaceId, ownerId, ctx }
}
