import { assert } from '../kit/index.ts'
import { type ComparisonCount, comparisonsOfCounts } from './comparisons.ts'
import { differenceError } from './difference-error.ts'
import { boardIntervals, settledBy } from './leaderboard.ts'
import { type NextPair, nextPairs } from './next-pairs.ts'
import { type Ranking, rankItems } from './rank-items.ts'
import type { RankingIntervals } from './ranking-intervals.ts'

/** Intervals rest on the normal approximation: below this many votes an item is not believed to be settled. */
export const LEAST_VOTES_TO_SETTLE = 10

export type PairPlan = {
  readonly isSettled: boolean
  /** Whom to show next, the most telling first; who stands left is for the dice. */
  readonly pairs: readonly (readonly [string, string])[]
  /** Of `pending`, those whose answer no longer matters to what is asked: they may be taken back where nobody has begun. */
  readonly idle: readonly (readonly [string, string])[]
}

type PairsWanted = {
  readonly items: readonly string[]
  readonly counts: readonly ComparisonCount[]
  readonly pending: readonly (readonly [string, string])[]
  readonly count: number
  readonly until: 'order' | 'best' | 'never'
  readonly isAllowed: (one: string, other: string) => boolean
}

/**
 * What to ask next about `items`: `count` pairs by information, counting what those in `pending` (asked, not answered)
 * will tell; none once `until` is settled by intervals that hold at all times. Pairs that are settled already, or (for
 * the best) two of which one is surely not the best, are not asked about: that is where votes are saved, as in LUCB
 * (Kalyanakrishnan and others 2012). Votes about others do not count.
 */
export function planPairs(of: PairsWanted): PairPlan {
  const { items, pending, count, until, isAllowed } = of
  assert(items.length >= 2, 'at least two compete')
  const known = new Set(items)
  const counts = of.counts.filter(({ left, right }) => known.has(left) && known.has(right))
  const comparisons = comparisonsOfCounts(counts, items)
  const ranking = rankItems(comparisons)
  const intervals = boardIntervals(ranking)
  const isTrusted = until !== 'never' && fewestVotes(items, counts) >= LEAST_VOTES_TO_SETTLE
  if (isTrusted && settledBy(intervals.items)[until]) return { isSettled: true, pairs: [], idle: pending }
  const wanted = count + pending.length
  const isOpen = isTrusted ? openPairs(ranking, intervals, until) : () => true
  const isWanted = (one: string, other: string) => isOpen(one, other) && isAllowed(one, other)
  const isAnyOpen = items.some((one, at) => items.slice(at + 1).some((other) => isWanted(one, other)))
  const idle = isAnyOpen ? pending.filter(([one, other]) => !isOpen(one, other)) : []
  if (count === 0) return { isSettled: false, pairs: [], idle }
  const open = nextPairs(ranking, comparisons, wanted, isWanted)
  // What is open may not be shown side by side: then others tell of it in a roundabout way.
  const found = open.length > 0 ? open : nextPairs(ranking, comparisons, wanted, isAllowed)
  return { isSettled: false, pairs: withoutPending(found, pending).slice(0, count), idle }
}

/** Each two of `items` whose order is settled, the better first: by intervals that hold at all times, on enough votes. */
export function settledPairs(of: Pick<PairsWanted, 'items' | 'counts'>): (readonly [string, string])[] {
  const known = new Set(of.items)
  const counts = of.counts.filter(({ left, right }) => known.has(left) && known.has(right))
  if (fewestVotes(of.items, counts) < LEAST_VOTES_TO_SETTLE) return []
  const ranking = rankItems(comparisonsOfCounts(counts, of.items))
  const { items, factor } = boardIntervals(ranking)
  const place = new Map(ranking.itemNames.map((name, at) => [name, at]))
  return items.flatMap((better, at) =>
    items.slice(at + 1).flatMap((worse) => {
      const error = differenceError(ranking, place.get(better.item)!, place.get(worse.item)!)
      const isSettled = better.strength - worse.strength > factor * error
      return isSettled ? [[better.item, worse.item] as const] : []
    }),
  )
}

/** Whether a pair matters to what is asked: not decided, and for the best, both may still be it. */
function openPairs(ranking: Ranking, { items, factor }: RankingIntervals, until: PairsWanted['until']) {
  const bestRank = new Map(items.map((each) => [each.item, each.bestRank]))
  const place = new Map(ranking.itemNames.map((name, at) => [name, at]))
  return (one: string, other: string): boolean => {
    if (until === 'best' && Math.max(bestRank.get(one)!, bestRank.get(other)!) > 1) return false
    const [at, to] = [place.get(one)!, place.get(other)!]
    return (
      Math.abs(ranking.strength[at]! - ranking.strength[to]!) <= factor * differenceError(ranking, at, to)
    )
  }
}

function withoutPending(found: readonly NextPair[], pending: PairsWanted['pending']) {
  const waiting = new Map<string, number>()
  for (const [one, other] of pending) {
    const name = nameOf(one, other)
    waiting.set(name, (waiting.get(name) ?? 0) + 1)
  }
  return found.flatMap(({ left, right }) => {
    const name = nameOf(left, right)
    const ahead = waiting.get(name) ?? 0
    if (ahead === 0) return [[left, right] as const]
    waiting.set(name, ahead - 1)
    return []
  })
}

const nameOf = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`)

function fewestVotes(items: readonly string[], counts: readonly ComparisonCount[]): number {
  const votes = new Map(items.map((item) => [item, 0]))
  for (const { left, right, leftWins, ties, rightWins } of counts)
    for (const item of [left, right]) votes.set(item, votes.get(item)! + leftWins + ties + rightWins)
  return Math.min(...votes.values())
}
