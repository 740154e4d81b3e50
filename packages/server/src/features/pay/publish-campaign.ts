import { publishFaults } from '@chiron/core/campaign'
import { asksAboutOneRollout, asksAboutRollouts } from '@chiron/core/kinds'
import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, lockCampaign, moveInside } from '../campaign/index.ts'
import { openPairs, openRollouts, rolloutFaults } from '../evaluation/index.ts'
import { readOntologyVersion } from '../ontology/index.ts'
import { openPrompts } from '../task/index.ts'
import { escrowInside, escrowOf } from './escrow.ts'

/**
 * Opens a campaign to workers: nothing a worker must know is missing (WR-1, `not-publishable` with the list), all its
 * pay and a fifth more lies in escrow (WR-2, `not-enough-funds`), and its takes are offered. All of it or nothing.
 */
export function publishCampaign(ctx: Ctx, id: string): Promise<CampaignRow> {
  return write(ctx, async (tx) => {
    may(ctx, 'campaign.publish')
    const draft = found(await lockCampaign(tx, id), 'campaign')
    if (draft.state === 'draft') await assertPublishable(tx, draft)
    const campaign = await moveInside(tx, ctx, id, 'publish')
    const escrow = await escrowOf(tx, campaign)
    const recordId = await record(tx, ctx, 'campaign.publish', {
      subject: { kind: 'campaign', id },
      campaignId: id,
      kind: campaign.kind,
      quota: campaign.quota,
      escrowMinor: escrow.amountMinor,
      currency: escrow.currency,
    })
    await escrowInside(tx, ctx, { campaign, recordId })
    await offerTakes(tx, ctx, campaign, campaign.quota)
    return campaign
  })
}

/** Offers takes to film and rollouts to judge; questions about recordings are opened as these pass the checks. */
export async function offerTakes(tx: Tx, ctx: Ctx, campaign: CampaignRow, count: number): Promise<void> {
  if (campaign.kind === 'demonstrate') {
    await openPrompts(tx, ctx, { campaignId: campaign.id, kind: campaign.kind, count })
  }
  if (campaign.kind === 'compare') await openPairs(tx, ctx, campaign)
  if (asksAboutOneRollout(campaign.kind)) await openRollouts(tx, ctx, campaign)
}

/** What still keeps a campaign from publishing, for a screen that says so before anybody tries. */
export async function campaignFaults(tx: Tx, campaign: CampaignRow) {
  const version = await readOntologyVersion(tx, campaign.ontologyId, campaign.ontologyVersion)
  const faults = publishFaults(campaign, new Set(version?.terms.map((term) => term.id) ?? []))
  return asksAboutRollouts(campaign.kind) ? [...faults, ...(await rolloutFaults(tx, campaign))] : faults
}

/** Nothing a worker must know is missing (WR-1); else `not-publishable` with the list. */
export async function assertPublishable(tx: Tx, campaign: CampaignRow): Promise<void> {
  const faults = await campaignFaults(tx, campaign)
  if (faults.length === 0) return
  refuse('not-publishable', `Not ready for people yet: ${faults.map(({ why }) => why).join(' ')}`, { faults })
}
