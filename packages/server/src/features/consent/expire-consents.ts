import { consentNext } from '@chiron/core/consent'
import { type Ctx, type Deps, systemCtx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { listWorkspaces } from '../account/index.ts'
import { consentOfRow } from './consent-core.ts'
import { dueConsents, lockConsent, updateConsent } from './store.ts'

const MAX_PER_TURN = 200

/** Writes down that consents have run out. Reads fail closed before that already (`holds`). */
export async function expireConsents(deps: Deps): Promise<void> {
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'consent.expire', workspaceId)
    const due = await read(ctx, (tx) => dueConsents(tx, workspaceId, deps.clock.now(), MAX_PER_TURN))
    for (const { id } of due) await expireConsent(ctx, id)
  }
}

function expireConsent(ctx: Ctx, consentId: string): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'consent.expire')
    const now = ctx.deps.clock.now()
    const row = await lockConsent(tx, workspaceOf(ctx), consentId)
    if (!row) return recordNothing(tx)
    const next = consentNext(consentOfRow(row), { kind: 'expired', atMs: now.getTime() })
    if (next.kind !== 'moved') return recordNothing(tx)
    await updateConsent(tx, row, { state: next.consent.state, ended_at: now, updated_at: now })
    await record(tx, ctx, 'consent.expire', {
      subject: { kind: 'consent', id: consentId },
      workerId: row.worker_id,
      campaignId: row.campaign_id,
      consentId,
    })
  })
}
