import { percentileInterval } from '../agreement/index.ts'
import { assert, seededRandom, sortBy } from '../kit/index.ts'
import { type Comparisons, pooled } from './comparisons.ts'
import { type Ranking, type RankingOptions, rankItems } from './rank-items.ts'

export type BootstrapOptions = Pick<RankingOptions, 'ties' | 'sideBias'> & {
  readonly roundCount: number
  readonly seed?: string | number
  /** What is drawn with replacement: single comparisons, or raters with all of theirs. */
  readonly by?: 'comparison' | 'rater'
  readonly level?: number
}

export type BootstrappedItem = {
  readonly item: string
  readonly strength: number
  readonly standardError: number
  readonly low: number
  readonly high: number
  readonly bestRank: number
  readonly worstRank: number
}

export const MAX_RANKING_BOOTSTRAPS = 10_000

/**
 * Ranks again and again what is drawn from the comparisons (Efron 1979), from the full ranking's strengths. Percentile intervals of strengths and ranks, the best item first. Raters as the unit
 * where they differ: comparisons of one rater are not independent.
 */
export function bootstrapRanking(comparisons: Comparisons, options: BootstrapOptions): BootstrappedItem[] {
  const { roundCount, seed = 0, by = 'comparison', level = 0.95, ...fit } = options
  assert(roundCount >= 2 && roundCount <= MAX_RANKING_BOOTSTRAPS, 'between 2 and 10,000 bootstraps')
  const data = pooled(comparisons)
  const full = rankItems(data, fit)
  const draw = by === 'rater' ? raterDraws(comparisons, data, full) : comparisonDraws(data, full)
  const dice = seededRandom(seed)
  const strengths = full.itemNames.map((): number[] => [])
  const ranks = full.itemNames.map((): number[] => [])
  for (let round = 0; round < roundCount; round++) {
    const sample = draw((count) => dice.int(count))
    const { strength } = rankItems(sample, { ...fit, start: full })
    const order = [...strength.keys()].sort((a, b) => strength[b]! - strength[a]!)
    for (const [rank, item] of order.entries()) ranks[item]!.push(rank + 1)
    for (const [item, value] of strength.entries()) strengths[item]!.push(value)
  }
  const items = full.itemNames.map((item, at): BootstrappedItem => {
    const [ends, rankEnds] = [
      percentileInterval(strengths[at]!, level)!,
      percentileInterval(ranks[at]!, level)!,
    ]
    return {
      item,
      strength: full.strength[at]!,
      standardError: deviationOf(strengths[at]!),
      low: ends.low,
      high: ends.high,
      bestRank: Math.floor(rankEnds.low),
      worstRank: Math.ceil(rankEnds.high),
    }
  })
  return sortBy(
    items,
    ({ strength }) => -strength,
    ({ item }) => item,
  )
}

type Draw = (int: (count: number) => number) => Comparisons

/** Rows in an order that follows from strengths, so that names leave no trace in what is drawn. */
function namelessOrder(data: Comparisons, { strength }: Ranking): number[] {
  const place = (item: number) => Math.round(strength[item]! * 1e6)
  return sortBy(
    [...data.left.keys()],
    (row) => place(data.left[row]!),
    (row) => place(data.right[row]!),
    (row) => data.leftWins[row]!,
    (row) => data.rightWins[row]!,
  )
}

function comparisonDraws(data: Comparisons, full: Ranking): Draw {
  const columns = [data.leftWins, data.ties, data.rightWins]
  assert(
    columns.every((column) => column.every(Number.isInteger)),
    'whole comparisons are drawn',
  )
  const votes = new Int32Array(data.count)
  let at = 0
  for (const row of namelessOrder(data, full))
    for (const [outcome, column] of columns.entries())
      for (let copy = 0; copy < column[row]!; copy++) votes[at++] = row * columns.length + outcome
  return (int) => {
    const drawn = columns.map((column) => new Float64Array(column.length))
    for (let vote = 0; vote < votes.length; vote++) {
      const chosen = votes[int(votes.length)]!
      drawn[chosen % columns.length]![Math.floor(chosen / columns.length)]!++
    }
    return { ...data, leftWins: drawn[0]!, ties: drawn[1]!, rightWins: drawn[2]! }
  }
}

function raterDraws(comparisons: Comparisons, data: Comparisons, full: Ranking): Draw {
  const { worker, workerNames, left, right } = comparisons
  assert(workerNames.length > 0, 'raters are drawn: comparisons need workers')
  const size = data.itemNames.length
  const place = new Map(Array.from(data.left, (item, row) => [item * size + data.right[row]!, row]))
  const rows = workerNames.map((): number[] => [])
  for (const row of namelessOrder(comparisons, full)) rows[worker[row]!]?.push(row)
  const outcomes = (row: number) => [
    comparisons.leftWins[row]!,
    comparisons.ties[row]!,
    comparisons.rightWins[row]!,
  ]
  const lineOf = (row: number) =>
    [full.strength[left[row]!]!, full.strength[right[row]!]!].map((s) => s.toFixed(6))
  const raters = sortBy(rows, (own) => own.map((row) => `${lineOf(row)} ${outcomes(row)}`).join(';'))
  return (int) => {
    const drawn = [0, 1, 2].map(() => new Float64Array(data.left.length))
    for (let pick = 0; pick < raters.length; pick++) {
      for (const row of raters[int(raters.length)]!) {
        const at = place.get(left[row]! * size + right[row]!)!
        for (const [outcome, count] of outcomes(row).entries()) drawn[outcome]![at]! += count
      }
    }
    const count = drawn.reduce((sum, column) => sum + column.reduce((a, b) => a + b, 0), 0)
    return { ...data, leftWins: drawn[0]!, ties: drawn[1]!, rightWins: drawn[2]!, count }
  }
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
