import { type Interval, quantileOf } from '../agreement/index.ts'
import { groupBy, seededRandom, sortBy, throwShares } from '../kit/index.ts'

/** Failures of a policy with a named reason, counted in both worlds. */
export type FailureModes = {
  readonly policy: string
  readonly reasons: readonly { readonly reason: string; readonly sim: number; readonly real: number }[]
}

export type FailureAgreement = {
  /** 1: policies fail for the same reasons in both worlds, 0: never for the same. Null where nothing can be compared. */
  readonly value: number | null
  readonly interval: Interval | null
  /** By policy, the same figure; those alone that failed with a reason in both worlds. */
  readonly byPolicy: ReadonlyMap<string, number>
}

export type FailureOptions = {
  readonly drawCount: number
  readonly seed: string | number
  readonly level: number
}

/**
 * How alike policies fail in two worlds: the overlapping coefficient of the reasons (Weitzman 1970; Inman and Bradley
 * 1989), which is 1 less their total variation, policy by policy and weighted by what was counted of each. Chance alone
 * pulls it down where little was counted. So the interval is the percentile one and its reverse, the wider of both (Efron
 * and Tibshirani 1993), a reason that nobody met yet has its weight, and the upper end rises by what chance takes from
 * those reasons that may be as common in both worlds (chosen as by Andrews and Soares 2010).
 */
export function failureAgreement(
  policies: readonly FailureModes[],
  { drawCount, seed, level }: FailureOptions,
): FailureAgreement {
  const rows = sortBy(policies.map(countsOf), ({ key }) => key).filter(({ weight }) => weight > 0)
  const total = rows.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return { value: null, interval: null, byPolicy: new Map() }
  const mean: Mean = (of) => rows.reduce((sum, row) => sum + (row.weight / total) * of(row), 0)
  const value = mean(({ sim, real }) => overlapOf(sharesOf(sim), sharesOf(real)))
  const dice = seededRandom(seed)
  const drawn = Array.from({ length: drawCount }, () =>
    mean(({ sim, real }) => overlapOf(throwShares(dice, withPrior(sim)), throwShares(dice, withPrior(real)))),
  )
  return {
    value,
    interval: widerInterval(drawn, { value, level, lost: mean(lostToChance) }),
    byPolicy: new Map(
      rows.map(({ policy, sim, real }) => [policy, overlapOf(sharesOf(sim), sharesOf(real))]),
    ),
  }
}

type Mean = (of: (row: Counts) => number) => number
type Counts = { policy: string; key: string; sim: number[]; real: number[]; weight: number }

/** The last place is for a reason that was not met yet. Names leave no trace: rows go by what they hold. */
function countsOf({ policy, reasons }: FailureModes): Counts {
  const met = [...groupBy(reasons, ({ reason }) => reason).values()]
    .map((same) => ({
      sim: same.reduce((sum, each) => sum + each.sim, 0),
      real: same.reduce((sum, each) => sum + each.real, 0),
    }))
    .filter(({ sim, real }) => sim + real > 0)
  const sorted = sortBy(
    met,
    ({ sim }) => sim,
    ({ real }) => real,
  )
  const sim = [...sorted.map((each) => each.sim), 0]
  const real = [...sorted.map((each) => each.real), 0]
  const [one, other] = [sumOf(sim), sumOf(real)]
  const weight = one * other === 0 ? 0 : (one * other) / (one + other)
  return { policy, key: JSON.stringify([sim, real]), sim, real, weight }
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, each) => sum + each, 0)

function sharesOf(counts: readonly number[]): number[] {
  const total = sumOf(counts)
  return counts.map((count) => count / total)
}

/** One observation of all reasons together, before anything is seen. */
const withPrior = (counts: readonly number[]): number[] => counts.map((count) => count + 1 / counts.length)

const overlapOf = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, share, at) => sum + Math.min(share, other[at]!), 0)

/** Standard errors within which two shares may be the same. */
const MAY_BE_SAME = 2

/** By how much the overlap of counts is expected to fall short: half of what two counts of one share differ by. */
function lostToChance({ sim, real }: Counts): number {
  const [one, other] = [sharesOf(sim), sharesOf(real)]
  const [simCount, realCount] = [sumOf(sim), sumOf(real)]
  return sumOf(
    one.map((share, at) => {
      const pooled = (sim[at]! + real[at]! + 2 / sim.length) / (simCount + realCount + 2)
      const error = Math.sqrt(pooled * (1 - pooled) * (1 / simCount + 1 / realCount))
      const isNear = Math.abs(share - other[at]!) <= MAY_BE_SAME * error
      return isNear ? (error * Math.sqrt(2 / Math.PI)) / 2 : 0
    }),
  )
}

function widerInterval(
  drawn: readonly number[],
  { value, level, lost }: { value: number; level: number; lost: number },
): Interval | null {
  if (drawn.length === 0) return null
  const sorted = Float64Array.from(drawn).sort()
  const [low, high] = [quantileOf(sorted, (1 - level) / 2), quantileOf(sorted, (1 + level) / 2)]
  return {
    low: Math.max(0, Math.min(low, 2 * value - high)),
    high: Math.min(1, Math.max(high, 2 * value - low) + lost),
    level,
  }
}
