import { assert } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { insertConsent, latestNotice, readAttested } from './store.ts'

/**
 * For imported video, whose people are not workers here: the member states that the rights to it are held. The
 * statement takes the place of a consent; the caller's own record tells of it. The same member, campaign and notice
 * give the same statement. Returns its id.
 */
export async function attestRights(
  tx: Tx,
  ctx: Ctx,
  { campaignId }: { campaignId: string },
): Promise<string> {
  const { actor, deps } = ctx
  const by = actor.kind === 'member' || actor.kind === 'key' ? actor.id : null
  const workspaceId = workspaceOf(ctx)
  const notice_version = (await latestNotice(tx, campaignId))?.version ?? 1
  const now = deps.clock.now()
  const key = { workspaceId, campaignId, by, noticeVersion: notice_version }
  const before = await readAttested(tx, key)
  if (before) return before.id
  const inserted = await insertConsent(tx, {
    workspace_id: workspaceId,
    id: newId(deps.clock),
    campaign_id: campaignId,
    basis: 'attested',
    attested_by: by,
    notice_version,
    state: 'given',
    locale: 'en',
    given_at: now,
    updated_at: now,
  })
  const attested = await readAttested(tx, key)
  assert(attested !== undefined, inserted ? 'what was written is there' : 'the other’s statement is there')
  return attested.id
}
