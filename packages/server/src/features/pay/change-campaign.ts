import type { CampaignDraft } from '@chiron/contract'
import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { write } from '../../platform/tx.ts'
import { type CampaignRow, changeInside, listAskingAbout } from '../campaign/index.ts'
import { escrowInside } from './escrow.ts'
import { assertPublishable, offerTakes } from './publish-campaign.ts'

/**
 * Changes a campaign. Once it is published only for the better (WR-8): what workers must know stays told (WR-1,
 * `not-publishable`), and what a higher quota or pay costs is escrowed first (WR-2), its own and that of the published
 * questions about its recordings. `not-enough-funds` leaves everything as it was.
 */
export function changeCampaign(ctx: Ctx, id: string, change: Partial<CampaignDraft>): Promise<CampaignRow> {
  return write(ctx, async (tx) => {
    may(ctx, 'campaign.change')
    const { before, after, fields } = await changeInside(tx, ctx, { id, change })
    const isDraft = before.state === 'draft'
    if (!isDraft) await assertPublishable(tx, after)
    const recordId = await record(tx, ctx, 'campaign.change', {
      subject: { kind: 'campaign', id },
      campaignId: id,
      fields,
      termsVersion: after.termsVersion,
      raisedQuotaBy: isDraft ? 0 : after.quota - before.quota,
    })
    if (isDraft) return after
    await escrowInside(tx, ctx, { campaign: after, recordId })
    if (after.quota > before.quota) {
      for (const asking of await listAskingAbout(tx, id))
        await escrowInside(tx, ctx, { campaign: asking, recordId })
      await offerTakes(tx, ctx, after, after.quota - before.quota)
    }
    return after
  })
}
