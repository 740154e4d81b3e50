import { type Interval, percentileInterval } from '../agreement/index.ts'
import { assert, compareStrings, seededRandom, throwBeta, throwNormal } from '../kit/index.ts'

/** What a benchmark says of a policy, and how it did in use. */
export type PolicyInUse = {
  readonly policy: string
  /** The benchmark's figure, larger is better, in any unit: a rate of success or a strength. */
  readonly predicted: number
  /** Its standard error, in the same unit; 0 where it is exact. */
  readonly predictedError: number
  readonly successCount: number
  readonly trialCount: number
}

export type Figure = { readonly value: number | null; readonly interval: Interval | null }

/**
 * `pearson`, `spearman`: −1 … 1, larger is better. `mmrv`: mean maximum rank violation, in rates of success, 0 is best: how
 * much success is lost on average by the worst pair that the benchmark puts in the wrong order.
 */
export type PredictivePower = {
  readonly pearson: Figure
  readonly spearman: Figure
  readonly mmrv: Figure
  readonly policyCount: number
}

/** `level`: how often each interval should hold its figure. */
export type PowerOptions = {
  readonly drawCount?: number
  readonly seed?: string | number
  readonly level?: number
}

const DRAWS = 2000
const LEAST_POLICIES = 3

/**
 * How well a benchmark foretells rates of success in use: Pearson, Spearman, and MMRV (Li and others 2024, SIMPLER).
 * Intervals draw the benchmark's figures from their errors and the rates from what the trials allow (Jeffreys).
 */
export function predictivePower(
  policies: Iterable<PolicyInUse>,
  { drawCount = DRAWS, seed = 0, level = 0.95 }: PowerOptions = {},
): PredictivePower {
  const rows = [...policies].sort((a, b) => compareStrings(keyOf(a), keyOf(b)))
  for (const { predicted, predictedError, successCount, trialCount } of rows) {
    assert(Number.isFinite(predicted) && predictedError >= 0, 'a benchmark gives a figure and its error')
    assert(successCount >= 0 && successCount <= trialCount && trialCount > 0, 'successes among some trials')
  }
  const foretold = rows.map(({ predicted }) => predicted)
  const rates = rows.map(({ successCount, trialCount }) => successCount / trialCount)
  const drawn = { pearson: [] as number[], spearman: [] as number[], mmrv: [] as number[] }
  const dice = seededRandom(seed)
  for (let draw = 0; draw < drawCount && rows.length >= LEAST_POLICIES; draw++) {
    const figures = figuresOf(
      rows.map(({ predicted, predictedError }) => predicted + predictedError * throwNormal(dice)),
      rows.map(({ successCount, trialCount }) =>
        throwBeta(dice, successCount + 0.5, trialCount - successCount + 0.5),
      ),
    )
    for (const name of ['pearson', 'spearman', 'mmrv'] as const)
      if (figures[name] !== null) drawn[name].push(figures[name])
  }
  const figures = figuresOf(foretold, rates)
  const figure = (name: keyof typeof drawn): Figure => ({
    value: figures[name],
    interval: figures[name] === null ? null : percentileInterval(drawn[name], level),
  })
  return {
    pearson: figure('pearson'),
    spearman: figure('spearman'),
    mmrv: figure('mmrv'),
    policyCount: rows.length,
  }
}

/** Rows by what they hold: so neither their order nor their names leave a trace in what is drawn. */
const keyOf = ({ policy: _, ...row }: PolicyInUse): string => JSON.stringify(row)

function figuresOf(foretold: readonly number[], rates: readonly number[]) {
  if (foretold.length < LEAST_POLICIES) return { pearson: null, spearman: null, mmrv: null }
  return {
    pearson: correlation(foretold, rates),
    spearman: correlation(ranksOf(foretold), ranksOf(rates)),
    mmrv: meanMaximumRankViolation(foretold, rates),
  }
}

/** Pearson's r of two rows of the same length; null where one side is all alike. */
export function correlation(one: readonly number[], other: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [a, b] = [mean(one), mean(other)]
  let [both, left, right] = [0, 0, 0]
  for (const [at, value] of one.entries()) {
    both += (value - a) * (other[at]! - b)
    left += (value - a) ** 2
    right += (other[at]! - b) ** 2
  }
  return left > 0 && right > 0 ? Math.max(-1, Math.min(1, both / Math.sqrt(left * right))) : null
}

/** Ranks from 1 for the smallest; equal values share the mean of theirs. */
export function ranksOf(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const alike = values.filter((other) => other === value).length
    return below + (alike + 1) / 2
  })
}

function meanMaximumRankViolation(foretold: readonly number[], rates: readonly number[]): number {
  const worst = rates.map((rate, one) =>
    rates.reduce((most, otherRate, other) => {
      const isViolated = foretold[one]! < foretold[other]! !== rate < otherRate
      return isViolated ? Math.max(most, Math.abs(rate - otherRate)) : most
    }, 0),
  )
  return worst.reduce((sum, each) => sum + each, 0) / worst.length
}
