import type { FailureClusterShown, failureRoutes, Reply } from '@chiron/contract'
import { groupBy, sortBy } from '@chiron/core/kit'
import type { SuiteContent } from '@chiron/core/suite'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { type FailureCell, newestFailures } from './rollout-store.ts'
import { outcomeTallies } from './rollout-tally-store.ts'
import { failureTallies, readSuiteVersion } from './suite-store.ts'
import { contentOf } from './suite-wire.ts'

export interface FailuresOf {
  suiteId: string
  version: number
  world: 'real' | 'sim'
  policyVersionId: string
}

const MAX_CLUSTERS = 30
const MAX_EXAMPLES = 2

/** Where a policy version fails and why, those clusters first that stand out most. Read from what is counted. */
export function readFailures(ctx: Ctx, of: FailuresOf): Promise<Reply<typeof failureRoutes.clusters>> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const { content, clusters, counts } = await clustersOf(tx, ctx, of)
    const shown = clusters.slice(0, MAX_CLUSTERS)
    const newest = await newestFailures(tx, workspaceOf(ctx), of, { cells: counts, each: MAX_EXAMPLES })
    const levelAt = levelsOf(content)
    const items = shown.map((cluster) => ({
      ...cluster,
      exampleIds: newest
        .filter(
          ({ scenario, failureId }) => failureId === cluster.failureId && isAt(levelAt, scenario, cluster),
        )
        .slice(0, MAX_EXAMPLES)
        .map(({ id }) => id),
    }))
    return { failureCount: counts.reduce((sum, { count }) => sum + count, 0), items }
  })
}

type Cluster = Omit<FailureClusterShown, 'exampleIds'>
type Counted = FailureCell & { count: number }

/** Every failure reason at every level of each factor that a version failed at. */
export async function clustersOf(tx: Tx, ctx: Ctx, of: FailuresOf) {
  const { suiteId, version, world, policyVersionId } = of
  const key = { workspaceId: workspaceOf(ctx), suiteId, version }
  const content = contentOf(found(await readSuiteVersion(tx, key), 'version of the suite'))
  const own = (row: { policyVersionId: string }) => row.policyVersionId === policyVersionId
  const tallies = (await outcomeTallies(tx, key, world)).filter(own)
  const named = (await failureTallies(tx, key, { policyVersionId, world })).map(
    ({ scenario, failureId, failureCount: count }): Counted => ({ scenario, failureId, count }),
  )
  const unnamed = tallies.map(({ scenario, failureCount }): Counted => {
    const of = named.filter((row) => row.scenario === scenario)
    return { scenario, failureId: null, count: failureCount - of.reduce((sum, { count }) => sum + count, 0) }
  })
  const counts = [...named, ...unnamed.filter(({ count }) => count > 0)]
  const known = new Map(tallies.map((row) => [row.scenario, row.successCount + row.failureCount]))
  return { content, counts, clusters: gather(content, counts, known) }
}

type Levels = ReadonlyMap<string, SuiteContent['scenarios'][number]['settings']>
const levelsOf = ({ scenarios }: SuiteContent): Levels =>
  new Map(scenarios.map(({ key, settings }) => [key, settings]))
const isAt = (levels: Levels, scenario: string, { factor, factorLevel }: Cluster): boolean =>
  levels.get(scenario)?.[factor] === factorLevel

function gather(
  content: SuiteContent,
  counts: readonly Counted[],
  known: ReadonlyMap<string, number>,
): Cluster[] {
  const { factors, scenarios } = content
  const settings = levelsOf(content)
  const runs = (keys: readonly string[]) => keys.reduce((sum, key) => sum + (known.get(key) ?? 0), 0)
  const failed = (of: readonly Counted[]) => of.reduce((sum, { count }) => sum + count, 0)
  const all = runs(scenarios.map(({ key }) => key))
  const reasons = groupBy(counts, ({ failureId }) => failureId ?? '')
  const excess = new Map<Cluster, number>()
  for (const { key: factor, levels } of factors)
    for (const { key: factorLevel } of levels) {
      const ofLevel = scenarios.filter((scenario) => scenario.settings[factor] === factorLevel)
      const rolloutCount = runs(ofLevel.map(({ key }) => key))
      for (const [reason, ofReason] of reasons) {
        const failureCount = failed(
          ofReason.filter(({ scenario }) => settings.get(scenario)?.[factor] === factorLevel),
        )
        if (failureCount === 0) continue
        const failureId = reason === '' ? null : reason
        const cluster = { failureId, factor, factorLevel, failureCount, rolloutCount }
        // How many more than this level's share of all runs would give.
        excess.set(cluster, failureCount - (all > 0 ? (failed(ofReason) * rolloutCount) / all : 0))
      }
    }
  return sortBy(
    [...excess.keys()],
    (cluster) => -excess.get(cluster)!,
    (cluster) => -cluster.failureCount,
    ({ factor, factorLevel, failureId }) => `${factor} ${factorLevel} ${failureId}`,
  )
}
