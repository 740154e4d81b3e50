import { type AskedRollouts, askedRolloutsSchema } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { countOpenTasks, type NewAsked, openTasks } from '../task/index.ts'
import { type AskableRollout, noteAsked, rolloutsToAsk } from './asked-rollouts-store.ts'
import { contestOf } from './open-pairs.ts'
import { type Contest, clipOf, lockComparing, updateComparing } from './pair-store.ts'
import { readSuiteVersion } from './suite-store.ts'
import { contentOf, instructionOf } from './suite-wire.ts'

/** Rollouts that a campaign asks about at once: enough for those who judge, few enough to be opened at once. */
export const MAX_OPEN_ROLLOUTS = 200

/**
 * Sees to it that a campaign about single rollouts has some on offer, versions and scenarios in turn, up to its quota.
 * May be called any number of times. Returns how many were opened.
 */
export async function openRollouts(tx: Tx, ctx: Ctx, campaign: CampaignRow): Promise<number> {
  const config = askedRolloutsSchema.parse(campaign.config)
  const progress = await lockComparing(tx, campaign)
  if (campaign.state === 'closed') return 0
  const { workspaceId, id } = campaign
  const openCount = await countOpenTasks(tx, workspaceId, id, MAX_OPEN_ROLLOUTS)
  if (openCount > MAX_OPEN_ROLLOUTS / 2) return 0
  const count = Math.min(MAX_OPEN_ROLLOUTS - openCount, campaign.quota - progress.opened_count)
  if (count <= 0) return 0
  const contest = contestOf(campaign, config)
  const rollouts = await rolloutsToAsk(tx, contest, { campaignId: id, count })
  if (rollouts.length === 0) return 0
  await noteAsked(tx, { workspaceId, campaignId: id }, rollouts)
  const subjects = (await askedOf(tx, ctx, { contest, config, rollouts })).map(
    (rollout) => ({ kind: 'rollout', rollout }) as const,
  )
  const offerCount = campaign.flow.answers?.min ?? 1
  await openTasks(tx, ctx, { campaignId: id, kind: campaign.kind, subjects, offerCount })
  await updateComparing(tx, campaign, { opened_count: progress.opened_count + subjects.length })
  return subjects.length
}

/** What a task keeps of each rollout that it asks about. */
export async function askedOf(
  tx: Tx,
  ctx: Ctx,
  of: { contest: Contest; config: AskedRollouts; rollouts: readonly AskableRollout[] },
): Promise<NewAsked[]> {
  const { suiteId, suiteVersion: version } = of.config
  const suite = await readSuiteVersion(tx, { workspaceId: workspaceOf(ctx), suiteId, version })
  const content = contentOf(found(suite, 'version of the suite'))
  return of.rollouts.map((rollout) => ({
    rollout_id: rollout.rolloutId,
    policy_version_id: rollout.versionId,
    suite_id: suiteId,
    suite_version: version,
    world: rollout.world,
    scenario_key: rollout.scenario,
    instruction: JSON.stringify(instructionOf(content, rollout.scenario)),
    stream: rollout.stream,
    clip: clipOf(rollout),
  }))
}
