import { type KnownRatings, knownRatingsLabel, rateConfigSchema } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { askedAbout, lockTask, openTasks, putGold, setTaskState, voidOffers } from '../task/index.ts'
import { noteAsked } from './asked-rollouts-store.ts'
import { MAX_GOLD_USES } from './make-known-pairs.ts'
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
 * off raters are, and counts for no policy. Nobody is asked about it otherwise any more. Stated again it says something
 * else. Refuses `not-allowed` to an API key, `bad-input` for a rollout or a scale that is none of this campaign's.
 */
export function stateGoldRating(ctx: Ctx, of: Statement): Promise<{ taskId: string }> {
  return write(ctx, async (tx) => {
    may(ctx, 'rating.state')
    if (ctx.actor.kind !== 'member')
      refuse('not-allowed', 'A person of the team states what is true, signed in under their own name.')
    const campaign = found(await readCampaign(tx, of.campaignId), 'campaign')
    if (campaign.kind !== 'rate' || campaign.state === 'closed')
      refuse('wrong-state', 'Known ratings are stated for ratings that are not closed.')
    const { scales } = rateConfigSchema.parse(campaign.config)
    const scaleIds = Object.keys(of.ratings).sort()
    if (scaleIds.length === 0 || scaleIds.some((id) => !scales.some(({ termId }) => termId === id)))
      refuse('bad-input', 'Rate at least one of the scales that are asked.', { field: 'ratings' })
    const taskId = await settledTask(tx, ctx, campaign, of.rolloutId)
    const task = found(await lockTask(tx, { workspaceId: workspaceOf(ctx), id: taskId }), 'task')
    const label = knownRatingsLabel(of.ratings)
    const stated = { label, source: 'stated', statedBy: ctx.actor.id, useMax: MAX_GOLD_USES } as const
    await putGold(tx, ctx.deps.clock, { task, ...stated })
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

/** The one task of the campaign about this rollout, closed: what is on offer of it is taken back, what is in hand counts. */
async function settledTask(tx: Tx, ctx: Ctx, campaign: CampaignRow, rolloutId: string): Promise<string> {
  const { workspaceId, id: campaignId } = campaign
  const config = rateConfigSchema.parse(campaign.config)
  const contest = contestOf(campaign, config)
  const rollout =
    (await shownRollout(tx, contest, rolloutId)) ??
    refuse('bad-input', 'This is no rollout with a video of this campaign’s suite and world.', {
      field: 'rolloutId',
    })
  const before = await askedAbout(tx, { workspaceId, campaignId, rolloutId })
  const taskId = before ?? (await openNone())
  const key = { workspaceId, id: taskId }
  await setTaskState(tx, key, 'done', ctx.deps.clock.now())
  await voidOffers(tx, workspaceId, taskId)
  return taskId

  async function openNone(): Promise<string> {
    await noteAsked(tx, { workspaceId, campaignId }, [rollout])
    const [asked] = await askedOf(tx, ctx, { contest, config, rollouts: [rollout] })
    const subjects = [{ kind: 'rollout', rollout: found(asked, 'rollout') }] as const
    const [made = ''] = await openTasks(tx, ctx, { campaignId, kind: campaign.kind, subjects, offerCount: 0 })
    return made
  }
}
