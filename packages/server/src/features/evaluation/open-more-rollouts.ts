import { asksAboutOneRollout } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { listAskingAboutRollouts, readCampaign } from '../campaign/index.ts'
import { openRollouts } from './open-rollouts.ts'
import { readRolloutRow } from './rollout-store.ts'

/** The next rollouts of a campaign that asks about them one by one. Repeatable. */
export function openMoreRollouts(ctx: Ctx, campaignId: string): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'rollout.ask')
    const campaign = await readCampaign(tx, campaignId)
    const openedCount =
      campaign && asksAboutOneRollout(campaign.kind) ? await openRollouts(tx, ctx, campaign) : 0
    if (openedCount === 0) return recordNothing(tx)
    await record(tx, ctx, 'rollout.ask', {
      subject: { kind: 'campaign', id: campaignId },
      campaignId,
      openedCount,
    })
  })
}

/** A rollout has come in: campaigns that ask about such ones ask about it too, as far as their quota goes. */
export async function askAboutRollout(ctx: Ctx, rolloutId: string): Promise<void> {
  const campaigns = await read(ctx, async (tx) => {
    const row = await readRolloutRow(tx, workspaceOf(ctx), rolloutId)
    if (!row?.suite_id) return []
    return listAskingAboutRollouts(tx, { suiteId: row.suite_id, policyVersionId: row.policy_version_id })
  })
  for (const { id } of campaigns) await openMoreRollouts(ctx, id)
}
