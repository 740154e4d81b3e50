import type { SimTrustReport } from '@chiron/contract'
import { groupBy, jcs } from '@chiron/core/kit'
import type { Scenario } from '@chiron/core/suite'
import { type SimTrust, simTrust, type WorldOutcomes } from '@chiron/core/validity'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { Memory } from '../../platform/memory.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { boardNames } from './policy-store.ts'
import { failureTallies, readSuite, readSuiteVersion, type VersionKey, worldTallies } from './suite-store.ts'
import { contentOf } from './suite-wire.ts'

/** A rollout that comes in moves the whole and one task: the others are told as they were. */
const trusted = new Memory<SimTrust>(500)

function trustIn(outcomes: readonly WorldOutcomes[]): SimTrust {
  const question = JSON.stringify(outcomes)
  return trusted.get(question) ?? trusted.keep(question, simTrust(outcomes))
}

/**
 * How far simulated rollouts of a suite's version may be trusted to tell what real ones would: of the whole version, and of
 * each task, which is the scenarios of one instruction. From kept counts alone. Refuses `not-found`.
 */
export function readSimTrust(
  ctx: Ctx,
  { suiteId, version }: { suiteId: string; version: number },
): Promise<SimTrustReport> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const { name: suiteName } = found(await readSuite(tx, workspaceId, suiteId), 'suite')
    const key = { workspaceId, suiteId, version }
    const row = found(await readSuiteVersion(tx, key), 'version of the suite')
    const outcomes = await worldOutcomes(tx, key)
    const names = await boardNames(tx, workspaceId, [...new Set(outcomes.map(({ policy }) => policy))])
    const told = (scenarios: readonly Scenario[]) => {
      const keys = new Set(scenarios.map((scenario) => scenario.key))
      const trust = trustIn(outcomes.filter(({ scenario }) => keys.has(scenario)))
      return { scenarioKeys: [...keys], ...trustWire(trust, names) }
    }
    const { scenarios } = contentOf(row)
    const tasks = [...groupBy(scenarios, ({ instruction }) => jcs(instruction)).values()]
    return {
      suiteId,
      suiteName,
      suiteVersion: version,
      whole: told(scenarios),
      tasks: tasks.map((same) => ({ instruction: same[0]!.instruction, ...told(same) })),
    }
  })
}

async function worldOutcomes(tx: Tx, key: VersionKey): Promise<WorldOutcomes[]> {
  const cellOf = (cell: { policy: string; scenario: string; world: string }) =>
    `${cell.policy} ${cell.world} ${cell.scenario}`
  const failures = groupBy(await failureTallies(tx, key), cellOf)
  return (await worldTallies(tx, key)).map((cell) => {
    const named = failures.get(cellOf(cell)) ?? []
    const reasons = Object.fromEntries(named.map(({ failureId, failureCount }) => [failureId, failureCount]))
    return { ...cell, reasons }
  })
}

function trustWire(
  { score, interval, verdict, ranks, chance, failures, policies, gaps }: SimTrust,
  names: Awaited<ReturnType<typeof boardNames>>,
) {
  return {
    ...{ score, interval, verdict, chance },
    ranks: { spearman: ranks.spearman, pearson: ranks.pearson, mmrv: ranks.mmrv },
    failures: { value: failures.value, interval: failures.interval },
    policies: policies.map(({ policy, reasons, ...figures }) => ({
      ...found(names.get(policy), 'policy version'),
      ...figures,
      reasons: reasons.map(({ reason, sim, real }) => ({ failureId: reason, sim, real })),
    })),
    gaps: [...gaps],
  }
}
