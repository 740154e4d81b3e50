import type { Interval } from '../agreement/index.ts'
import { assert, compareStrings, groupBy } from '../kit/index.ts'
import { type FailureAgreement, failureAgreement } from './failure-agreement.ts'
import { orderChance } from './order-chance.ts'
import { type PredictivePower, predictivePower, ranksOf } from './predictive-power.ts'

/** Rollouts of one policy on one scenario in one world that ended in a known way. */
export type WorldOutcomes = {
  readonly policy: string
  readonly scenario: string
  readonly world: 'real' | 'sim'
  readonly successCount: number
  readonly failureCount: number
  /** Failures by their reason; those without a reason are in `failureCount` alone. */
  readonly reasons: Readonly<Record<string, number>>
}

/** Success of a policy in one world: each scenario weighs the same. `rank` 1 is the best; equals share the mean. */
export type WorldSuccess = {
  readonly rate: number
  readonly rank: number
  readonly rolloutCount: number
  readonly namedFailureCount: number
}
export type TrustedPolicy = {
  readonly policy: string
  readonly scenarioCount: number
  readonly sim: WorldSuccess
  readonly real: WorldSuccess
  readonly reasons: readonly { readonly reason: string; readonly sim: number; readonly real: number }[]
  readonly overlap: number | null
}

/** `agrees`: surely more than half-way; `disagrees`: surely less; `too-little`: the interval holds both. */
export type TrustVerdict = 'agrees' | 'disagrees' | 'too-little'
export type TrustGap =
  | { readonly what: 'sim' | 'real' | 'shared'; readonly have: number; readonly need: number }
  | { readonly what: 'policies' | 'failures' | 'rollouts'; readonly have: number; readonly need: number }

export type SimTrust = {
  /** 0 … 1: the weaker of both agreements; null where one of them cannot be counted. */
  readonly score: number | null
  readonly interval: Interval
  readonly verdict: TrustVerdict
  readonly ranks: PredictivePower
  /** How often policies in an order by chance would agree as well. */
  readonly chance: number | null
  readonly failures: FailureAgreement
  /** The best in reality first. */
  readonly policies: readonly TrustedPolicy[]
  /** What keeps more from being said, the first thing first. */
  readonly gaps: readonly TrustGap[]
}

/** Of three policies one order in six is right by chance; of four one in 24. */
export const LEAST_TRUST_POLICIES = 4
/** Below this share of all orders, agreement is not put down to chance. */
const CHANCE = 0.05
const HALF_WAY = 0.5
/** Both intervals at once hold in 95 of 100 (Bonferroni). */
const LEVEL = 0.975

/**
 * How far a simulator may be trusted on a task: whether policies stand in the same order as in reality (Spearman, with
 * MMRV of SIMPLER, Li and others 2024, beside it) and fail for the same reasons (overlapping coefficient). Only scenarios
 * that a policy ran in both worlds count. The score is the weaker of both, as either alone can be had by a simulator that
 * is wrong about the other. Intervals speak of these policies and scenarios.
 */
export function simTrust(
  outcomes: Iterable<WorldOutcomes>,
  { drawCount = 2000, seed = 0 }: { readonly drawCount?: number; readonly seed?: string | number } = {},
): SimTrust {
  const cells = [...outcomes].filter((cell) => countOf(cell) > 0)
  for (const { successCount, failureCount, reasons } of cells) {
    const named = Object.values(reasons).reduce((sum, each) => sum + each, 0)
    assert(successCount >= 0 && named <= failureCount, 'reasons are told of failures')
  }
  const found = [...groupBy(cells, ({ policy }) => policy)].flatMap(([policy, own]) => {
    const shared = sharedCells(own)
    return shared.length === 0 ? [] : [{ policy, shared }]
  })
  const rows = found.sort((a, b) => compareStrings(a.policy, b.policy)).map(policyRow)
  const options = { drawCount, seed, level: LEVEL }
  const ranks = predictivePower(rows.map(inUse), options)
  const failures = failureAgreement(rows, options)
  const [simRates, realRates] = [rows.map(({ sim }) => sim.rate), rows.map(({ real }) => real.rate)]
  const chance = ranks.spearman.value === null ? null : orderChance(simRates, realRates, seed)
  const { score, interval } = weakerOf(ranks, failures)
  const isMoreThanChance = chance !== null && chance <= CHANCE
  const agrees = score !== null && interval.low >= HALF_WAY && isMoreThanChance
  const disagrees = interval.high < HALF_WAY
  const verdict = agrees ? 'agrees' : disagrees ? 'disagrees' : 'too-little'
  const [simRanks, realRanks] = [ranksOf(simRates), ranksOf(realRates)]
  const policies = rows.map(({ simTrials: _, realTrials: __, ...row }, at) => ({
    ...row,
    sim: { ...row.sim, rank: rows.length + 1 - simRanks[at]! },
    real: { ...row.real, rank: rows.length + 1 - realRanks[at]! },
    overlap: failures.byPolicy.get(row.policy) ?? null,
  }))
  return {
    ...{ score, interval, verdict, ranks, chance, failures },
    policies: policies.sort((a, b) => a.real.rank - b.real.rank || compareStrings(a.policy, b.policy)),
    gaps: verdict === 'too-little' ? gapsOf(cells, { policies, failures }) : [],
  }
}

const countOf = ({ successCount, failureCount }: WorldOutcomes) => successCount + failureCount

type SharedCell = { scenario: string; sim: WorldOutcomes; real: WorldOutcomes }

/** The scenarios that a policy ran in both worlds. */
function sharedCells(own: readonly WorldOutcomes[]): SharedCell[] {
  const byScenario = [...groupBy(own, ({ scenario }) => scenario)].sort(([a], [b]) => compareStrings(a, b))
  return byScenario.flatMap(([scenario, cells]) => {
    const [sim, real] = [worldOf(cells, 'sim'), worldOf(cells, 'real')]
    return sim && real ? [{ scenario, sim, real }] : []
  })
}

const worldOf = (cells: readonly WorldOutcomes[], world: 'real' | 'sim') =>
  cells.find((cell) => cell.world === world)

function policyRow({ policy, shared }: { policy: string; shared: readonly SharedCell[] }) {
  const [sim, real] = [shared.map((cell) => cell.sim), shared.map((cell) => cell.real)]
  const [simSuccess, realSuccess] = [successOf(sim), successOf(real)]
  const names = new Set([...sim, ...real].flatMap(({ reasons }) => Object.keys(reasons)))
  return {
    policy,
    scenarioCount: shared.length,
    sim: simSuccess.told,
    real: realSuccess.told,
    simTrials: simSuccess.trials,
    realTrials: realSuccess.trials,
    reasons: [...names]
      .sort(compareStrings)
      .map((reason) => ({ reason, sim: timesOf(sim, reason), real: timesOf(real, reason) })),
  }
}

const timesOf = (cells: readonly WorldOutcomes[], reason: string): number =>
  cells.reduce((sum, { reasons }) => sum + (reasons[reason] ?? 0), 0)

/**
 * The mean over scenarios, and how many trials of one scenario would say as much (Kish 1965): where few scenarios were
 * run often and others once, that is fewer than were run.
 */
function successOf(cells: readonly WorldOutcomes[]) {
  const counts = cells.map(countOf)
  const rate = cells.reduce((sum, { successCount }, at) => sum + successCount / counts[at]!, 0) / cells.length
  const trials = cells.length ** 2 / counts.reduce((sum, count) => sum + 1 / count, 0)
  const rolloutCount = counts.reduce((sum, count) => sum + count, 0)
  const namedFailureCount = cells
    .flatMap(({ reasons }) => Object.values(reasons))
    .reduce((sum, each) => sum + each, 0)
  return { trials, told: { rate: Math.min(1, rate), rolloutCount, namedFailureCount } }
}

/** What the simulator foretells, with the deviation of a Jeffreys posterior, which is not 0 where all went alike. */
function inUse({ policy, sim, real, simTrials, realTrials }: ReturnType<typeof policyRow>) {
  const [a, b] = [sim.rate * simTrials + 0.5, (1 - sim.rate) * simTrials + 0.5]
  const predictedError = Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1)))
  const successCount = real.rate * realTrials
  return { policy, predicted: sim.rate, predictedError, successCount, trialCount: realTrials }
}

/** The weaker of both agreements. What cannot be counted may be anything from 0 to 1. */
function weakerOf(ranks: PredictivePower, failures: FailureAgreement) {
  const above0 = (value: number) => Math.max(0, value)
  const order = ranks.spearman
  const known = order.value !== null && failures.value !== null
  const ends = [order.interval, failures.interval]
  return {
    score: known ? above0(Math.min(order.value, failures.value)) : null,
    interval: {
      low: above0(Math.min(...ends.map((each) => each?.low ?? 0))),
      high: above0(Math.min(...ends.map((each) => each?.high ?? 1))),
      level: 0.95,
    },
  }
}

function gapsOf(
  cells: readonly WorldOutcomes[],
  { policies, failures }: { policies: readonly TrustedPolicy[]; failures: FailureAgreement },
): TrustGap[] {
  const runs = (world: 'sim' | 'real') =>
    cells.filter((cell) => cell.world === world).reduce((sum, cell) => sum + countOf(cell), 0)
  const gaps: TrustGap[] = []
  for (const what of ['sim', 'real'] as const)
    if (runs(what) === 0) gaps.push({ what, have: 0, need: LEAST_TRUST_POLICIES })
  if (gaps.length > 0) return gaps
  if (policies.length === 0) return [{ what: 'shared', have: 0, need: LEAST_TRUST_POLICIES }]
  if (policies.length < LEAST_TRUST_POLICIES)
    gaps.push({ what: 'policies', have: policies.length, need: LEAST_TRUST_POLICIES })
  if (failures.value === null) gaps.push({ what: 'failures', have: 0, need: 1 })
  if (gaps.length === 0) gaps.push({ what: 'rollouts', have: runs('sim') + runs('real'), need: 0 })
  return gaps
}
