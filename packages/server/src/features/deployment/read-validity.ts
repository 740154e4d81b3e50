import type { Validity, validityRoutes } from '@chiron/contract'
import { assert, groupBy, sortBy } from '@chiron/core/kit'
import { wilsonShare } from '@chiron/core/quality'
import { rankedItems } from '@chiron/core/ranking'
import { type PredictivePower, predictivePower, rateError } from '@chiron/core/validity'
import type { z } from 'zod'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { Memory } from '../../platform/memory.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { boardNames, outcomeTallies, readSuite, readSuiteVersion } from '../evaluation/index.ts'
import { comparisonTallies } from '../submission/index.ts'
import { tasksInUse, type UseTally, useTallies } from './store.ts'

type Asked = { suiteId: string; version: number } & z.output<(typeof validityRoutes.read)['query']>

/** Versions that are held against use: those used most. The figures cost their square. */
export const MAX_VERSIONS = 60
/** Periods shown, the latest. */
export const MAX_PERIODS = 24
const MAX_TASKS = 200
/** Draws behind an interval over time: less exact than the one above, and enough for a line. */
const DRAWS_A_PERIOD = 400

/** What the benchmark says of one version; `error` is the figure's standard error. */
interface Measure {
  value: number
  low: number
  high: number
  n: number
  error: number
}

/** Whether a benchmark foretells use: its figures of today against outcomes reported from deployments. */
export function readValidity(ctx: Ctx, of: Asked): Promise<Validity> {
  may(ctx, 'deployment.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const { suiteId, version, world, by, task, period } = of
    const { name: suiteName } = found(await readSuite(tx, workspaceId, suiteId), 'suite')
    found(await readSuiteVersion(tx, { workspaceId, suiteId, version }), 'version of the suite')
    const measured = await measures(tx, workspaceId, of)
    const tallies = await useTallies(tx, workspaceId, { task, period })
    const used = groupBy(tallies, ({ policyVersionId }) => policyVersionId)
    const both = sortBy(
      [...used.keys()].filter((id) => measured.has(id)),
      (id) => -trialsOf(used.get(id)!),
    )
    const ids = sortBy(both.slice(0, MAX_VERSIONS), (id) => -measured.get(id)!.value)
    const names = await boardNames(tx, workspaceId, ids)
    return {
      suiteId,
      suiteName,
      suiteVersion: version,
      world,
      by,
      task: task ?? null,
      tasks: await tasksInUse(tx, workspaceId, MAX_TASKS),
      ...powerOf(measured, ids, tallies),
      items: ids.map((id) => {
        const { error: _, ...benchmark } = measured.get(id)!
        const inUse = shareOf(used.get(id)!)
        return { ...found(names.get(id), 'policy version'), benchmark, inUse }
      }),
      onlyMeasuredCount: [...measured.keys()].filter((id) => !used.has(id)).length,
      onlyUsedCount: used.size - both.length,
      overTime: overTime(measured, ids, tallies, period),
    }
  })
}

/** What the benchmark says of each version that has a figure. */
async function measures(tx: Tx, workspaceId: string, of: Asked): Promise<Map<string, Measure>> {
  const { suiteId, version, world, by } = of
  if (by === 'strength') {
    const votes = await comparisonTallies(tx, { workspaceId, suiteId, suiteVersion: version, world })
    return new Map(
      rankedItems(votes).map(({ item, strength: value, low, high, standardError: error, ...counts }) => {
        const n = counts.winCount + counts.tieCount + counts.lossCount
        return [item, { value, low, high, n, error }]
      }),
    )
  }
  const outcomes = await outcomeTallies(tx, { workspaceId, suiteId, version }, world)
  const byVersion = groupBy(outcomes, ({ policyVersionId }) => policyVersionId)
  return new Map(
    [...byVersion].flatMap(([id, rows]): [string, Measure][] => {
      const { successCount, trialCount } = sumOf(rows)
      const share = wilsonShare(successCount, trialCount)
      return share ? [[id, { ...share, error: rateError(successCount, trialCount) }]] : []
    }),
  )
}

type Counts = Pick<UseTally, 'successCount' | 'failureCount'>

function sumOf(rows: readonly Counts[]): { successCount: number; trialCount: number } {
  const successCount = rows.reduce((sum, row) => sum + row.successCount, 0)
  return { successCount, trialCount: rows.reduce((sum, row) => sum + row.failureCount, successCount) }
}
const trialsOf = (rows: readonly Counts[]): number => sumOf(rows).trialCount

function shareOf(rows: readonly Counts[]) {
  const { successCount, trialCount } = sumOf(rows)
  const share = wilsonShare(successCount, trialCount)
  assert(share !== null, 'what is in use has trials')
  return share
}

function powerOf(
  measured: ReadonlyMap<string, Measure>,
  ids: readonly string[],
  tallies: readonly UseTally[],
  drawCount?: number,
) {
  const used = groupBy(tallies, ({ policyVersionId }) => policyVersionId)
  const policies = ids.flatMap((policy) => {
    const rows = used.get(policy)
    if (!rows) return []
    const { value: predicted, error: predictedError } = measured.get(policy)!
    return { policy, predicted, predictedError, ...sumOf(rows) }
  })
  const question = JSON.stringify({ policies, drawCount })
  const answer = () => predictivePower(policies, drawCount === undefined ? {} : { drawCount })
  return powers.get(question) ?? powers.keep(question, answer())
}

/** A report moves the whole and its period: the others are told as they were. */
const powers = new Memory<PredictivePower>(500)

/** Each period's use against the benchmark as it is now. */
function overTime(
  measured: ReadonlyMap<string, Measure>,
  ids: readonly string[],
  tallies: readonly UseTally[],
  period: Asked['period'],
): Validity['overTime'] {
  const chosen = new Set(ids)
  const shown = tallies.filter(({ policyVersionId }) => chosen.has(policyVersionId))
  const periods = [...groupBy(shown, ({ from }) => from.toISOString())].slice(-MAX_PERIODS)
  return periods.map(([from, rows]) => ({
    from,
    until: endOf(from, period),
    trialCount: trialsOf(rows),
    ...powerOf(measured, ids, rows, DRAWS_A_PERIOD),
  }))
}

function endOf(from: string, period: Asked['period']): string {
  const end = new Date(from)
  if (period === 'week') end.setUTCDate(end.getUTCDate() + 7)
  else end.setUTCMonth(end.getUTCMonth() + (period === 'month' ? 1 : 3))
  return end.toISOString()
}
