import type { CampaignFault } from '@chiron/core/campaign'
import { compareConfigSchema } from '@chiron/core/kinds'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { contestOf, placesTogether } from './open-pairs.ts'
import { shownVersions } from './pair-store.ts'
import { boardNames } from './policy-store.ts'
import { readSuiteVersion } from './suite-store.ts'

/** What of the arena keeps a campaign of comparisons from publishing: the suite, the versions, the clips. */
export async function comparisonFaults(tx: Tx, campaign: CampaignRow): Promise<CampaignFault[]> {
  const parsed = compareConfigSchema.safeParse(campaign.config)
  // What is malformed is told by the kind itself.
  if (!parsed.success || parsed.data.policyVersionIds.length < 2) return []
  const { suiteId, suiteVersion: version, policyVersionIds } = parsed.data
  const suite = await readSuiteVersion(tx, { workspaceId: campaign.workspaceId, suiteId, version })
  if (!suite || suite.frozen_at === null) {
    const why = 'Choose a frozen version of a suite: what is compared must not change.'
    return [{ code: 'suite-not-frozen', field: 'config.suiteVersion', why }]
  }
  const known = await boardNames(tx, campaign.workspaceId, policyVersionIds)
  if (known.size < new Set(policyVersionIds).size) {
    const why = 'A policy version that should be compared does not exist here.'
    return [{ code: 'version-unknown', field: 'config.policyVersionIds', why }]
  }
  const contest = contestOf(campaign, parsed.data)
  const shown = placesTogether(await shownVersions(tx, contest), contest)
  const met = new Set([...shown.keys()].flatMap((pair) => pair.split(' ')))
  const lonely = policyVersionIds.filter((id) => !met.has(id))
  if (lonely.length === 0) return []
  const why = `${lonely.length} of the policy versions have no rollout with a video on a scenario that another has, too.`
  return [{ code: 'nothing-to-compare', field: 'config.policyVersionIds', why }]
}
