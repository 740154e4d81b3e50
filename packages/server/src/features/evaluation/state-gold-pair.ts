import { compareConfigSchema } from '@chiron/core/kinds'
import { seededRandom, toHex } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may, personOf } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { openTasks } from '../task/index.ts'
import { keepStatedGold } from './keep-stated-gold.ts'
import { contestOf, newPair } from './open-pairs.ts'
import { type Contest, shownRollout } from './pair-store.ts'
import { readSuiteVersion } from './suite-store.ts'
import { contentOf } from './suite-wire.ts'

interface Statement {
  campaignId: string
  betterRolloutId: string
  worseRolloutId: string
}

/**
 * A member states which of two rollouts is clearly better: the pair is mixed among the others at the campaign's share
 * of gold, tells how well raters see, and counts for no policy. Refuses `not-allowed` to an API key, `bad-input` for
 * rollouts that cannot stand side by side in this campaign.
 */
export function stateGoldPair(ctx: Ctx, of: Statement): Promise<{ taskId: string }> {
  return write(ctx, async (tx) => {
    may(ctx, 'comparison.state')
    const statedBy = personOf(ctx)
    const campaign = found(await readCampaign(tx, of.campaignId), 'campaign')
    if (campaign.kind !== 'compare' || campaign.state === 'closed')
      refuse('wrong-state', 'Known pairs are stated for comparisons that are not closed.')
    const { pair, label } = await pairOf(tx, ctx, campaign, of)
    const subjects = [{ kind: 'pair', pair }] as const
    const order = { campaignId: campaign.id, kind: campaign.kind, subjects, offerCount: 0 }
    const [taskId = ''] = await openTasks(tx, ctx, order)
    await keepStatedGold(tx, ctx, { taskId, label, statedBy })
    await record(tx, ctx, 'comparison.state', {
      subject: { kind: 'task', id: taskId },
      taskId,
      campaignId: campaign.id,
      betterRolloutId: of.betterRolloutId,
      worseRolloutId: of.worseRolloutId,
    })
    return { taskId }
  })
}

async function pairOf(tx: Tx, ctx: Ctx, campaign: CampaignRow, of: Statement) {
  const contest = contestOf(campaign, compareConfigSchema.parse(campaign.config))
  const better = await shownOn(tx, contest, of.betterRolloutId, 'betterRolloutId')
  const worse = await shownOn(tx, contest, of.worseRolloutId, 'worseRolloutId')
  if (better.scenario !== worse.scenario || better.rolloutId === worse.rolloutId)
    refuse('bad-input', 'Choose two rollouts of one scenario: both robots are told the same.')
  const { suiteId, suiteVersion: version } = contest
  const suite = await readSuiteVersion(tx, { workspaceId: workspaceOf(ctx), suiteId, version })
  const content = contentOf(found(suite, 'version of the suite'))
  const dice = seededRandom(toHex(ctx.deps.clock.randomBytes(16)))
  const isLeft = dice.int(2) === 0
  const [left, right] = isLeft ? [better, worse] : [worse, better]
  const pair = newPair(contest, content, {
    scenario: better.scenario,
    left: left.versionId,
    right: right.versionId,
    clips: { left, right },
  })
  return { pair, label: isLeft ? 'left' : 'right' }
}

async function shownOn(tx: Tx, contest: Contest, rolloutId: string, field: string) {
  const shown = await shownRollout(tx, contest, rolloutId)
  return (
    shown ??
    refuse('bad-input', 'This is no rollout with a video of this campaign’s suite and world.', { field })
  )
}
