import { type KnownRatings, knownRatingsLabel, type RateConfig, rateConfigSchema } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may, personOf } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { askedAbout, openTasks, voidOffers } from '../task/index.ts'
import { noteAsked } from './asked-rollouts-store.ts'
import { keepStatedGold } from './keep-stated-gold.ts'
import { contestOf } from './open-pairs.ts'
import { askedOf } from './open-rollouts.ts'
import { shownRollout } from './pair-store.ts'

interface Statement {
  campaignId: string
  rolloutId: string
  ratings: KnownRatings
}

/**
 * A member states how a rollout is to be rated: it is mixed among the others at the campaign's share of gold, tells how far
 * off raters are, and counts for no policy. Nobody is asked about it otherwise any more: what is on offer of it is taken back, what is in hand counts. Stated again it says something
 * else. Refuses `not-allowed` to an API key, `bad-input` for a rollout or a scale that is none of this campaign's.
 */
export function stateGoldRating(ctx: Ctx, of: Statement): Promise<{ taskId: string }> {
  return write(ctx, async (tx) => {
    may(ctx, 'rating.state')
    const statedBy = personOf(ctx)
    const campaign = found(await readCampaign(tx, of.campaignId), 'campaign')
    if (campaign.kind !== 'rate' || campaign.state === 'closed')
      refuse('wrong-state', 'Known ratings are stated for ratings that are not closed.')
    const config = rateConfigSchema.parse(campaign.config)
    const scaleIds = Object.keys(of.ratings).sort()
    if (scaleIds.length === 0 || scaleIds.some((id) => !config.scales.some(({ termId }) => termId === id)))
      refuse('bad-input', 'Rate at least one of the scales that are asked.', { field: 'ratings' })
    const taskId = await taskAbout(tx, ctx, { campaign, config, rolloutId: of.rolloutId })
    await keepStatedGold(tx, ctx, { taskId, label: knownRatingsLabel(of.ratings), statedBy })
    await voidOffers(tx, workspaceOf(ctx), taskId)
    await record(tx, ctx, 'rating.state', {
      subject: { kind: 'task', id: taskId },
      taskId,
      campaignId: campaign.id,
      rolloutId: of.rolloutId,
      ratings: of.ratings,
    })
    return { taskId }
  })
}

type About = { campaign: CampaignRow; config: RateConfig; rolloutId: string }

/** The one task of the campaign about this rollout; opened, without an offer, where there is none. */
async function taskAbout(tx: Tx, ctx: Ctx, { campaign, config, rolloutId }: About): Promise<string> {
  const { workspaceId, id: campaignId } = campaign
  const contest = contestOf(campaign, config)
  const rollout =
    (await shownRollout(tx, contest, rolloutId)) ??
    refuse('bad-input', 'This is no rollout with a video of this campaign’s suite and world.', {
      field: 'rolloutId',
    })
  const before = await askedAbout(tx, { workspaceId, campaignId, rolloutId })
  if (before) return before
  await noteAsked(tx, { workspaceId, campaignId }, [rollout])
  const [asked] = await askedOf(tx, ctx, { contest, config, rollouts: [rollout] })
  const subjects = [{ kind: 'rollout', rollout: found(asked, 'rollout') }] as const
  const [made = ''] = await openTasks(tx, ctx, { campaignId, kind: campaign.kind, subjects, offerCount: 0 })
  return made
}
