import { type ComparisonCount, comparisonsOfCounts } from './comparisons.ts'
import { type HostileVotes, hostileVotes } from './hostile-votes.ts'
import { type NextPair, nextPairs } from './next-pairs.ts'
import { predictOutcome } from './predict.ts'
import { type Ranking, rankItems } from './rank-items.ts'
import { type ItemInterval, type RankingIntervals, rankingIntervals } from './ranking-intervals.ts'

/** Where the intervals of a leaderboard are narrowest: about as many votes as decide between a handful of policies. */
const NARROWEST_AT_VOTES = 300
/** Neighbours whose rank is tried with hostile votes: each costs some dozen fits. */
const HOSTILE_RANKS = 10
const NEXT_PAIRS = 5

export type LeaderboardItem = ItemInterval & {
  readonly rank: number
  /** Items that votes connect share a number; between groups nothing says who is better. */
  readonly group: number
  readonly winCount: number
  readonly tieCount: number
  readonly lossCount: number
}

export type HeadToHead = {
  readonly item: string
  readonly against: string
  readonly winCount: number
  readonly tieCount: number
  readonly lossCount: number
  /** What the strengths foretell, the favoured side left out. */
  readonly expected: { readonly win: number; readonly tie: number; readonly loss: number }
}

export type Leaderboard = {
  /** By strength, the best first. */
  readonly items: readonly LeaderboardItem[]
  /** Each two that met, the better ranked first. */
  readonly headToHead: readonly HeadToHead[]
  readonly voteCount: number
  readonly tieRatio: number | null
  /** Log-odds that whatever stands left is preferred. */
  readonly sideLogOdds: number
  readonly settled: {
    /** Nobody else may be the best. */
    readonly best: boolean
    /** Every rank is certain. */
    readonly order: boolean
    /** Of the pairs, how many are still open. */
    readonly openPairCount: number
  }
  readonly hostile: readonly HostileVotes[]
  readonly next: readonly NextPair[]
}

type BoardOptions = { readonly items?: readonly string[]; readonly level?: number }

/**
 * A leaderboard from counted votes: Davidson strengths with a side, intervals and ranks that hold at all times
 * (`always`: one may look, and stop, whenever one likes), what is settled by them, and what to ask next. `items` names
 * those that may lack votes. Votes count as independent.
 */
export function leaderboardOf(counts: Iterable<ComparisonCount>, options: BoardOptions = {}): Leaderboard {
  const { ranked, comparisons, ranking, sums, place } = rankedBy(counts, options)
  const tieCount = sums.ties.reduce((sum, count) => sum + count, 0) / 2
  return {
    items: ranked,
    headToHead: meetings(ranking, ranked, place, sums),
    voteCount: comparisons.count,
    tieRatio: comparisons.count === 0 ? null : tieCount / comparisons.count,
    sideLogOdds: ranking.effects.side,
    settled: settledBy(ranked),
    hostile: comparisons.count === 0 ? [] : hostileVotes(comparisons, { ranks: HOSTILE_RANKS }),
    next: place.size < 2 ? [] : nextPairs(ranking, comparisons, NEXT_PAIRS),
  }
}

/** The items of the same leaderboard alone: what else it tells costs many times as much. */
export const rankedItems = (counts: Iterable<ComparisonCount>, options: BoardOptions = {}) =>
  rankedBy(counts, options).ranked

function rankedBy(counts: Iterable<ComparisonCount>, { items = [], level = 0.95 }: BoardOptions) {
  const comparisons = comparisonsOfCounts(counts, items)
  const ranking = rankItems(comparisons)
  const sums = sumsOf(comparisons)
  const size = ranking.itemNames.length
  const place = new Map(ranking.itemNames.map((name, at) => [name, at]))
  const ranked = boardIntervals(ranking, level).items.map((interval, at): LeaderboardItem => {
    const item = place.get(interval.item)!
    const own = { winCount: 0, tieCount: 0, lossCount: 0 }
    for (let other = 0; other < size; other++) {
      own.winCount += sums.wins[item * size + other]!
      own.lossCount += sums.wins[other * size + item]!
      own.tieCount += sums.ties[item * size + other]!
    }
    return { ...interval, rank: at + 1, group: ranking.group[item]!, ...own }
  })
  return { ranked, comparisons, ranking, sums, place }
}

/** Intervals that hold at all times: what a leaderboard shows, and what votes are planned and stopped by. */
export const boardIntervals = (ranking: Ranking, level = 0.95): RankingIntervals =>
  rankingIntervals(ranking, { level, looks: { kind: 'always', best: NARROWEST_AT_VOTES } })

type Sums = { readonly wins: Float64Array; readonly ties: Float64Array }

function sumsOf({ itemNames, ...rows }: ReturnType<typeof comparisonsOfCounts>): Sums {
  const size = itemNames.length
  const [wins, ties] = [new Float64Array(size * size), new Float64Array(size * size)]
  for (let row = 0; row < rows.left.length; row++) {
    const [left, right] = [rows.left[row]!, rows.right[row]!]
    wins[left * size + right]! += rows.leftWins[row]!
    wins[right * size + left]! += rows.rightWins[row]!
    ties[left * size + right]! += rows.ties[row]!
    ties[right * size + left]! += rows.ties[row]!
  }
  return { wins, ties }
}

function meetings(
  ranking: Ranking,
  ranked: readonly LeaderboardItem[],
  place: ReadonlyMap<string, number>,
  { wins, ties }: Sums,
): HeadToHead[] {
  const size = ranked.length
  // As if shown on both sides alike: a favoured side says nothing about the two.
  const evenSided = { ...ranking, effects: { ...ranking.effects, side: 0 } }
  return ranked.flatMap(({ item }, at) =>
    ranked.slice(at + 1).flatMap(({ item: against }) => {
      const [one, other] = [place.get(item)!, place.get(against)!]
      const [winCount, lossCount] = [wins[one * size + other]!, wins[other * size + one]!]
      const tieCount = ties[one * size + other]!
      if (winCount + lossCount + tieCount === 0) return []
      const { left: win, tie, right: loss } = predictOutcome(evenSided, { left: item, right: against })
      return [{ item, against, winCount, tieCount, lossCount, expected: { win, tie, loss } }]
    }),
  )
}

/** What the ranks that stay open say: each item is surely better than as many as lie below its worst rank. */
export function settledBy(items: readonly ItemInterval[]): Leaderboard['settled'] {
  const pairCount = (items.length * (items.length - 1)) / 2
  const surelyWorse = items.reduce((sum, { worstRank }) => sum + items.length - worstRank, 0)
  return {
    best: items.length > 1 && items[0]!.worstRank === 1,
    order: items.length > 1 && surelyWorse === pairCount,
    openPairCount: pairCount - surelyWorse,
  }
}
