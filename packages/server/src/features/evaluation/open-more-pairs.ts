import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { openPairs } from './open-pairs.ts'

/** The next pairs of a campaign, chosen in the light of the last votes, or the end of them. Repeatable. */
export function openMorePairs(ctx: Ctx, campaignId: string): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'comparison.open')
    const campaign = await readCampaign(tx, campaignId)
    if (campaign?.kind !== 'compare') return recordNothing(tx)
    const { openedCount, takenBackCount, knownCount, isSettledNow } = await openPairs(tx, ctx, campaign)
    if (!isSettledNow && openedCount + takenBackCount + knownCount === 0) return recordNothing(tx)
    await record(tx, ctx, isSettledNow ? 'comparison.settle' : 'comparison.open', {
      subject: { kind: 'campaign', id: campaignId },
      campaignId,
      openedCount,
      takenBackCount,
      knownCount,
    })
  })
}
