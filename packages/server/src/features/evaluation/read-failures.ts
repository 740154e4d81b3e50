import type { FailureClusterShown, failureRoutes, Reply } from '@chiron/contract'
import { sortBy } from '@chiron/core/kit'
import type { SuiteContent } from '@chiron/core/suite'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { latestFailures } from './rollout-store.ts'
import { outcomeTallies } from './rollout-tally-store.ts'
import { readSuiteVersion } from './suite-store.ts'
import { contentOf } from './suite-wire.ts'

export interface FailuresOf {
  suiteId: string
  version: number
  world: 'real' | 'sim'
  policyVersionId: string
}

/** Failed runs looked at: reasons are not kept as counts, so the cost has an end. */
export const MAX_FAILURES = 2000
const MAX_CLUSTERS = 30
const MAX_EXAMPLES = 2

/** Where a policy version fails and why, those clusters first that stand out most. */
export function readFailures(ctx: Ctx, of: FailuresOf): Promise<Reply<typeof failureRoutes.clusters>> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const { clusters, failureCount } = await clustersOf(tx, ctx, of)
    return { failureCount, items: clusters.slice(0, MAX_CLUSTERS) }
  })
}

/** Every failure reason at every level of each factor that a version failed at. */
export async function clustersOf(tx: Tx, ctx: Ctx, of: FailuresOf) {
  const workspaceId = workspaceOf(ctx)
  const { suiteId, version, world, policyVersionId } = of
  const key = { workspaceId, suiteId, version }
  const content = contentOf(found(await readSuiteVersion(tx, key), 'version of the suite'))
  const failures = await latestFailures(tx, workspaceId, { ...of, limit: MAX_FAILURES })
  const tallies = await outcomeTallies(tx, key, world)
  const known = new Map<string, number>()
  for (const row of tallies)
    if (row.policyVersionId === policyVersionId) known.set(row.scenario, row.successCount + row.failureCount)
  return { content, failureCount: failures.length, clusters: gather(content, failures, known) }
}

type Failure = Awaited<ReturnType<typeof latestFailures>>[number]

function gather(
  { factors, scenarios }: SuiteContent,
  failures: readonly Failure[],
  known: ReadonlyMap<string, number>,
): FailureClusterShown[] {
  const settings = new Map(scenarios.map((scenario) => [scenario.key, scenario.settings]))
  const runs = (keys: readonly string[]) => keys.reduce((sum, key) => sum + (known.get(key) ?? 0), 0)
  const all = runs(scenarios.map(({ key }) => key))
  const reasons = [...new Set(failures.map(({ failure_id: reason }) => reason))]
  const excess = new Map<FailureClusterShown, number>()
  for (const { key: factor, levels } of factors)
    for (const { key: factorLevel } of levels) {
      const ofLevel = scenarios.filter((scenario) => scenario.settings[factor] === factorLevel)
      const rolloutCount = runs(ofLevel.map(({ key }) => key))
      for (const failureId of reasons) {
        const ofReason = failures.filter(({ failure_id: reason }) => reason === failureId)
        const here = ofReason.filter(
          ({ scenario_key: scenario }) => settings.get(scenario ?? '')?.[factor] === factorLevel,
        )
        if (here.length === 0) continue
        const exampleIds = here.slice(0, MAX_EXAMPLES).map(({ id }) => id)
        const cluster = {
          failureId,
          factor,
          factorLevel,
          failureCount: here.length,
          rolloutCount,
          exampleIds,
        }
        // How many more than this level's share of all runs would give.
        excess.set(cluster, here.length - (all > 0 ? (ofReason.length * rolloutCount) / all : 0))
      }
    }
  return sortBy(
    [...excess.keys()],
    (cluster) => -excess.get(cluster)!,
    (cluster) => -cluster.failureCount,
    ({ factor, factorLevel, failureId }) => `${factor} ${factorLevel} ${failureId}`,
  )
}
