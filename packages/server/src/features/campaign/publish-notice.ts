import { noticeWords } from '@chiron/core/consent'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { putNotice } from '../consent/index.ts'
import type { CampaignRow } from './store.ts'

/** Writes the campaign's current notice version: what people are told before they say yes. */
export async function publishNotice(tx: Tx, ctx: Ctx, campaign: CampaignRow): Promise<void> {
  const { purpose, recipients, retentionDays } = campaign.terms
  await putNotice(tx, ctx, {
    campaignId: campaign.id,
    version: campaign.noticeVersion,
    // Only a draft lacks the days (WR-1), and nobody reads the notice of a draft.
    body: {
      purpose,
      recipients,
      retentionDays: retentionDays ?? 0,
      afterTraining: noticeWords.afterTraining,
    },
  })
}
