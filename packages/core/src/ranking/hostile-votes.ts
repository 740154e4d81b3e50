import { assert } from '../kit/index.ts'
import { type Comparisons, comparisonsOfCounts, pooled, withComparisons } from './comparisons.ts'
import { outcomeOf } from './outcome.ts'
import { type Ranking, type RankingOptions, rankItems } from './rank-items.ts'

/** The fewest found votes, all that `winner` beats `loser`, that lift `item` above `above`, the next better one. */
export type HostileVotes = {
  readonly item: string
  readonly above: string
  /** Null: not even ten times all votes so far. */
  readonly voteCount: number | null
  readonly winner: string
  readonly loser: string
}

const MOST_TIMES_ALL = 10

/**
 * How many hostile votes would flip each rank, the best rank first: for each two neighbours, all votes about the one
 * pair that moves their difference most (by its influence), or about the two themselves, whichever takes fewer. A
 * cleverer mix of pairs may need a few less: an attack this cheap is certain, a dearer one is not ruled out.
 */
export function hostileVotes(
  comparisons: Comparisons,
  options: Pick<RankingOptions, 'ties' | 'sideBias'> & { readonly ranks?: number } = {},
): HostileVotes[] {
  const { ranks = Number.POSITIVE_INFINITY, ...fit } = options
  assert(ranks >= 1, 'at least one rank')
  const data = pooled(comparisons)
  const ranking = rankItems(data, fit)
  const order = [...ranking.strength.keys()].sort((a, b) => ranking.strength[b]! - ranking.strength[a]!)
  const neighbours = order.slice(1, ranks === Number.POSITIVE_INFINITY ? undefined : ranks + 1)
  return neighbours.map((lower, at) => {
    const upper = order[at]!
    const found = [bestPair(ranking, lower, upper), [lower, upper] as const].map(([winner, loser]) => ({
      winner,
      loser,
      voteCount: votesNeeded(data, ranking, { lower, upper, winner, loser }, fit),
    }))
    const [first, second] = found as [(typeof found)[0], (typeof found)[0]]
    const best =
      (first.voteCount ?? Number.POSITIVE_INFINITY) < (second.voteCount ?? Number.POSITIVE_INFINITY)
        ? first
        : second
    const nameOf = (item: number) => ranking.itemNames[item]!
    return {
      item: nameOf(lower),
      above: nameOf(upper),
      voteCount: best.voteCount,
      winner: nameOf(best.winner),
      loser: nameOf(best.loser),
    }
  })
}

/** The pair with one of the two in it whose vote moves their difference most. */
function bestPair(ranking: Ranking, lower: number, upper: number): readonly [number, number] {
  const { covariance, strength, effects } = ranking
  const size = strength.length
  const tie = effects.hasTies ? effects.tie : Number.NEGATIVE_INFINITY
  const influence = (winner: number, loser: number) => {
    const { left, right } = outcomeOf(strength[winner]! - strength[loser]!, tie)
    const along = (item: number) => covariance[item * size + winner]! - covariance[item * size + loser]!
    return (along(lower) - along(upper)) * (0.5 - (left - right) / 2)
  }
  let best: readonly [number, number] = [lower, upper]
  for (let item = 0; item < size; item++) {
    for (const pair of [[lower, item] as const, [item, upper] as const])
      if (pair[0] !== pair[1] && influence(...pair) > influence(...best)) best = pair
  }
  return best
}

type Attack = {
  readonly lower: number
  readonly upper: number
  readonly winner: number
  readonly loser: number
}

/**
 * The least number of votes that lifts lower above upper. The lead is a smooth function of their number, so a bracket
 * around it is narrowed by regula falsi (Illinois; Dowell and Jarratt 1971), a handful of fits, down to one vote.
 */
function votesNeeded(
  data: Comparisons,
  ranking: Ranking,
  attack: Attack,
  fit: Pick<RankingOptions, 'ties' | 'sideBias'>,
): number | null {
  const leadAt = leadAfter(data, ranking, attack, fit)
  const most = MOST_TIMES_ALL * (data.count + 10)
  let [low, leadLow] = [0, ranking.strength[attack.lower]! - ranking.strength[attack.upper]!]
  let [high, leadHigh] = [1, leadAt(1)]
  while (leadHigh <= 0) {
    if (high >= most) return null
    const slope = (leadHigh - leadLow) / (high - low)
    const guess = slope > 0 ? Math.ceil(high - (1.2 * leadHigh) / slope) : 2 * high
    ;[low, leadLow] = [high, leadHigh]
    high = Math.min(most, Math.max(high + 1, Math.min(guess, 1000 * high)))
    leadHigh = leadAt(high)
  }
  let [weightLow, weightHigh] = [1, 1]
  while (high - low > 1) {
    const [from, to] = [weightLow * leadLow, weightHigh * leadHigh]
    const place = low + ((high - low) * -from) / (to - from)
    const middle = Math.min(high - 1, Math.max(low + 1, Math.round(place)))
    const lead = leadAt(middle)
    if (lead > 0) {
      ;[high, leadHigh] = [middle, lead]
      ;[weightHigh, weightLow] = [1, weightLow / 2]
    } else {
      ;[low, leadLow] = [middle, lead]
      ;[weightLow, weightHigh] = [1, weightHigh / 2]
    }
  }
  return high
}

/** How far lower leads upper once so many votes were added, half of them on each side, so that no side explains them. */
function leadAfter(
  data: Comparisons,
  ranking: Ranking,
  { lower, upper, winner, loser }: Attack,
  fit: Pick<RankingOptions, 'ties' | 'sideBias'>,
): (count: number) => number {
  const none = { leftWins: 0, ties: 0, rightWins: 0 }
  const [won, lost] = [ranking.itemNames[winner]!, ranking.itemNames[loser]!]
  const rows = [
    { left: won, right: lost, ...none },
    { left: lost, right: won, ...none },
  ]
  const base = withComparisons(data, comparisonsOfCounts(rows))
  const rowOf = (left: number, right: number) =>
    base.left.findIndex((item, row) => item === left && base.right[row] === right)
  const [asLeft, asRight] = [rowOf(winner, loser), rowOf(loser, winner)]
  let start = ranking
  return (count) => {
    const [leftWins, rightWins] = [base.leftWins.slice(), base.rightWins.slice()]
    leftWins[asLeft]! += Math.ceil(count / 2)
    rightWins[asRight]! += Math.floor(count / 2)
    start = rankItems({ ...base, leftWins, rightWins, count: base.count + count }, { ...fit, start })
    return start.strength[lower]! - start.strength[upper]!
  }
}
