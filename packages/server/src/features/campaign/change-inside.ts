import type { CampaignDraft } from '@chiron/contract'
import { jcs } from '@chiron/core/kit'
import { termsRaiseOnly } from '@chiron/core/pay'
import type { Ctx } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { assertReferences } from './assert-references.ts'
import { publishNotice } from './publish-notice.ts'
import { type CampaignRow, insertTerms, lockCampaign, updateCampaign } from './store.ts'

/** Fields that may still change once people have accepted the terms (CPN-5). */
const OPEN_AFTER_PUBLISHING = new Set([
  'title',
  'briefs',
  'exampleMediaId',
  'quota',
  'terms',
  'perWorkerMax',
  'goldRatio',
])

export interface CampaignChange {
  before: CampaignRow
  after: CampaignRow
  /** Names of the fields that were sent, sorted: what a record may say of a change. */
  fields: string[]
}

/**
 * Changes a campaign in the caller's transaction. New terms are a new version; accepted ones can only become better
 * for workers (WR-8). Pay's verb calls this, so that a campaign never outgrows its escrow (WR-2).
 */
export async function changeInside(
  tx: Tx,
  ctx: Ctx,
  { id, change }: { id: string; change: Partial<CampaignDraft> },
): Promise<CampaignChange> {
  const before = found(await lockCampaign(tx, id), 'campaign')
  const after = { ...before, ...withoutUndefined(change) } as CampaignRow
  if (before.state !== 'draft') assertOnlyBetter(before, after, change)
  await assertReferences(tx, after)
  await storeChange(tx, ctx, { before, after })
  return { before, after, fields: Object.keys(change).sort() }
}

async function storeChange(tx: Tx, ctx: Ctx, { before, after }: Pick<CampaignChange, 'before' | 'after'>) {
  const at = ctx.deps.clock.now()
  if (jcs(before.terms) !== jcs(after.terms)) {
    after.termsVersion = before.termsVersion + 1
    const { workspaceId, id: campaignId, termsVersion: version, terms } = after
    await insertTerms(tx, { workspaceId, campaignId, version, terms, at })
  }
  if (noticeOf(before) !== noticeOf(after)) {
    after.noticeVersion = before.noticeVersion + 1
    await publishNotice(tx, ctx, after)
  }
  await updateCampaign(tx, after)
}

const noticeOf = ({ terms: { purpose, recipients, retentionDays } }: CampaignRow): string =>
  jcs({ purpose, recipients, retentionDays })

function assertOnlyBetter(before: CampaignRow, after: CampaignRow, change: Partial<CampaignDraft>): void {
  if (before.state === 'closed') refuse('wrong-state', 'This campaign is closed; start a new one from it.')
  const frozen = Object.keys(change).filter((field) => !OPEN_AFTER_PUBLISHING.has(field))
  if (frozen.length > 0) {
    refuse('wrong-state', `People have accepted this campaign; ${frozen.join(', ')} can no longer change.`, {
      frozen,
    })
  }
  if (after.quota < before.quota) refuse('wrong-state', 'The quota of a published campaign can only grow.')
  const faults = termsRaiseOnly(before.terms as never, after.terms as never)
  if (faults.length > 0) {
    refuse(
      'wrong-state',
      `Accepted terms can only get better (WR-8): ${faults.map((f) => f.why).join(' ')}`,
      { faults },
    )
  }
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Partial<T>
}
