import { campaignEscrow } from '@chiron/core/campaign'
import { minorDigits, postEscrow } from '@chiron/core/pay'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { appendEntry, heldIn, holdAccounts, placeIn, side } from './ledger.ts'
import { escrowedMinor } from './store.ts'

/** What a campaign must have in escrow in all (WR-2): all its pay and a fifth more. */
export async function escrowOf(
  tx: Tx,
  campaign: CampaignRow,
): Promise<{ amountMinor: number; currency: string }> {
  const { sourceCampaignId } = campaign
  const source = sourceCampaignId === null ? undefined : await readCampaign(tx, sourceCampaignId)
  return campaignEscrow(campaign, source?.quota ?? campaign.quota)
}

/**
 * Escrows what the campaign needs beyond what it has, in the caller's transaction (WR-2). `recordId` is the caller's
 * record. Refuses `not-enough-funds`, and then nothing has changed. Returns the amount that moved.
 */
export async function escrowInside(
  tx: Tx,
  ctx: Ctx,
  { campaign, recordId }: { campaign: CampaignRow; recordId: string },
): Promise<number> {
  const { amountMinor, currency } = await escrowOf(tx, campaign)
  const [funds, escrow] = [side.funds(currency), side.escrow(campaign.id, currency)]
  const ledger = await holdAccounts(tx, ctx, [funds, escrow])
  const moreMinor = amountMinor - (await escrowedMinor(tx, { ...key(ctx, campaign), currency }))
  if (moreMinor <= 0) return 0
  const heldMinor = heldIn(ledger, funds)
  if (heldMinor < moreMinor) refuseShort({ moreMinor, heldMinor, currency })
  const draft = {
    purposeKey: `escrow:${campaign.id}:${placeIn(ledger, escrow)}`,
    kind: 'escrow',
    campaignId: campaign.id,
    submissionId: null,
    reference: null,
    postings: postEscrow({ campaignId: campaign.id, amount: { amountMinor: moreMinor, currency } }),
  }
  await appendEntry(tx, ctx, { ledger, draft, recordId })
  return moreMinor
}

const key = (ctx: Ctx, campaign: CampaignRow) => ({ workspaceId: workspaceOf(ctx), campaignId: campaign.id })

function refuseShort({
  moreMinor,
  heldMinor,
  currency,
}: Record<'moreMinor' | 'heldMinor', number> & { currency: string }) {
  const missingMinor = moreMinor - heldMinor
  refuse(
    'not-enough-funds',
    `This campaign needs ${major(moreMinor, currency)} in escrow before people work for it, and the funds hold ` +
      `${major(heldMinor, currency)}. Put in ${major(missingMinor, currency)} more, then try again.`,
    { neededMinor: moreMinor, heldMinor, missingMinor, currency },
  )
}

const major = (amountMinor: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' }).format(
    amountMinor / 10 ** minorDigits(currency),
  )
