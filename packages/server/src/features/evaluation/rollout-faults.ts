import type { CampaignFault } from '@chiron/core/campaign'
import { askedRolloutsSchema, outcomeConfigSchema } from '@chiron/core/kinds'
import type { SuiteContent } from '@chiron/core/suite'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { contestOf, placesTogether } from './open-pairs.ts'
import { type Contest, shownVersions } from './pair-store.ts'
import { boardNames } from './policy-store.ts'
import { readSuiteVersion } from './suite-store.ts'
import { contentOf } from './suite-wire.ts'

/** What of the arena keeps a campaign about rollouts from publishing: the suite, the versions, the clips. */
export async function rolloutFaults(tx: Tx, campaign: CampaignRow): Promise<CampaignFault[]> {
  const parsed = askedRolloutsSchema.safeParse(campaign.config)
  // What is malformed is told by the kind itself.
  const least = campaign.kind === 'compare' ? 2 : 1
  if (!parsed.success || parsed.data.policyVersionIds.length < least) return []
  const { suiteId, suiteVersion: version, policyVersionIds } = parsed.data
  const suite = await readSuiteVersion(tx, { workspaceId: campaign.workspaceId, suiteId, version })
  if (!suite || suite.frozen_at === null) {
    const why = 'Choose a frozen version of a suite: what is judged must not change.'
    return [{ code: 'suite-not-frozen', field: 'config.suiteVersion', why }]
  }
  const known = await boardNames(tx, campaign.workspaceId, policyVersionIds)
  if (known.size < new Set(policyVersionIds).size) {
    const why = 'A policy version that should be judged does not exist here.'
    return [{ code: 'version-unknown', field: 'config.policyVersionIds', why }]
  }
  const contest = contestOf(campaign, { ...parsed.data, mixesWorlds: mixesWorlds(campaign.config) })
  const shown = await shownVersions(tx, contest)
  return campaign.kind === 'compare'
    ? lonelyFaults(contest, shown)
    : [...unseenFaults(policyVersionIds, shown), ...reasonFaults(campaign, contentOf(suite))]
}

type Shown = Awaited<ReturnType<typeof shownVersions>>

const mixesWorlds = (config: Record<string, unknown>): boolean => config.mixesWorlds === true

function lonelyFaults(contest: Contest, shown: Shown): CampaignFault[] {
  const met = new Set([...placesTogether(shown, contest).keys()].flatMap((pair) => pair.split(' ')))
  const lonely = contest.versionIds.filter((id) => !met.has(id))
  if (lonely.length === 0) return []
  const why = `${lonely.length} of the policy versions have no rollout with a video on a scenario that another has, too.`
  return [{ code: 'nothing-to-compare', field: 'config.policyVersionIds', why }]
}

/** Rollouts that come later are asked about too; but with none at all nobody would have anything to do. */
function unseenFaults(versionIds: readonly string[], shown: Shown): CampaignFault[] {
  const seen = new Set(shown.map(({ versionId }) => versionId))
  if (versionIds.some((id) => seen.has(id))) return []
  const why = 'None of these policy versions has a rollout with a video on this suite.'
  return [{ code: 'nothing-to-judge', field: 'config.policyVersionIds', why }]
}

/** A judged reason becomes the rollout's, and of a suite's rollouts the reasons are the suite's (EVA-7). */
function reasonFaults({ config }: CampaignRow, { failureIds }: SuiteContent): CampaignFault[] {
  const parsed = outcomeConfigSchema.safeParse(config)
  if (!parsed.success || parsed.data.failureIds.every((id) => failureIds.includes(id))) return []
  const why = 'Offer only reasons that the suite names as its failures.'
  return [{ code: 'reason-not-of-suite', field: 'config.failureIds', why }]
}
