import { consentNext } from '@chiron/core/consent'
import { assert, type WorkspaceId } from '@chiron/core/kit'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { consentOfRow } from './consent-core.ts'
import { lockConsent, readOwnConsent, updateConsent } from './store.ts'

/**
 * Takes a yes back. From this transaction on nobody reads, judges or exports a recording made under it (they look at
 * the consent itself); erasing follows. Pay and standing are not touched. Repeating changes nothing.
 */
export async function withdrawConsent(ctx: Ctx, consentId: string): Promise<void> {
  const { actor } = ctx
  assert(actor.kind === 'worker', 'the route lets workers in only')
  const own = found(await read(ctx, (tx) => readOwnConsent(tx, actor.id, consentId)), 'consent of yours')
  const inside = inWorkspace(ctx, own.workspace_id as WorkspaceId)
  await write(inside, async (tx) => {
    may(inside, 'consent.withdraw')
    const row = found(await lockConsent(tx, own.workspace_id, consentId), 'consent of yours')
    const now = ctx.deps.clock.now()
    const next = consentNext(consentOfRow(row), { kind: 'withdrawn', atMs: now.getTime() })
    if (next.kind === 'refused')
      return refuse('wrong-state', 'You had not agreed to this, so nothing is kept.')
    if (next.kind === 'unchanged') return recordNothing(tx)
    await updateConsent(tx, row, { state: next.consent.state, ended_at: now, updated_at: now })
    await record(tx, inside, 'consent.withdraw', {
      subject: { kind: 'consent', id: consentId },
      campaignId: row.campaign_id,
      consentId,
    })
  })
}
