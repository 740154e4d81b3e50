import { throwNormal } from '@chiron/core/kit'
import {
  boardIntervals,
  type Comparisons,
  countComparisons,
  countsOf,
  leaderboardOf,
  planPairs,
  rankItems,
  withComparisons,
} from '@chiron/core/ranking'
import { heading, table, target } from '../judgement/report.ts'
import { type Arena, arenaOf, voteOn } from './voting.ts'

/** What a campaign asks, and of how many policies: the whole order of more is settled by more votes than one buys. */
const ASKED = [
  { until: 'best', policies: 7 },
  { until: 'order', policies: 4 },
] as const
/** As in the section on coverage: how far strengths lie apart, in log-odds. */
const SPREAD = 1.4
/** A campaign buys no more votes than this. */
const QUOTA = 600
/** As many pairs are on offer at once as the server offers (evaluation/open-pairs.ts). */
const OPEN_PAIRS = 24

type Asked = (typeof ASKED)[number]
type Held = {
  votes: number
  isSettled: boolean
  /** Every interval of the leaderboard holds its strength: where one stopped, and at every look before. */
  atStop: boolean
  atEveryLook: boolean
  /** No rank that the leaderboard ever called certain was wrong. */
  ranks: boolean
}

function worldOf(seed: number, { until, policies }: Asked): Arena {
  const none = Array.from({ length: policies }, () => 0)
  const arena = arenaOf(`server ${until} ${seed}`, none, [{ name: 'rater', scale: 1 }])
  const thrown = none.map(() => SPREAD * throwNormal(arena.dice))
  const mean = thrown.reduce((sum, each) => sum + each, 0) / policies
  return { ...arena, strengths: thrown.map((each) => each - mean) }
}

/**
 * One campaign as the server runs it: pairs by `planPairs`, up to 24 on offer, what is settled taken back, looked at after
 * each vote, ended by the same function. What the leaderboard shows is held against the truth at each look.
 */
function campaign(seed: number, asked: Asked): Held {
  const arena = worldOf(seed, asked)
  const { until } = asked
  const items = arena.policies
  const truth = new Map(items.map((name, at) => [name, arena.strengths[at]!]))
  const held = { isSettled: false, atEveryLook: true, ranks: true }
  let pending: (readonly [string, string])[] = []
  let comparisons = countComparisons([], items)
  const plan = (count: number) =>
    planPairs({ items, counts: countsOf(comparisons), pending, count, until, isAllowed: () => true })
  for (;;) {
    const { isSettled, idle } = plan(0)
    pending = pending.filter((pair) => !idle.includes(pair))
    // What else a leaderboard tells takes a hundred times as long.
    const { items: shown } = boardIntervals(rankItems(comparisons))
    held.atEveryLook &&= intervalsHold(shown, truth)
    held.ranks &&= ranksHold(shown, truth)
    held.isSettled = isSettled
    if (isSettled || comparisons.count >= QUOTA)
      return { ...held, votes: comparisons.count, atStop: boardHolds(comparisons, truth) }
    if (pending.length <= OPEN_PAIRS / 2) pending.push(...plan(OPEN_PAIRS - pending.length).pairs)
    const [one, other] = arena.dice.shuffle([...pending.shift()!])
    const vote = voteOn(arena, items.indexOf(one!), items.indexOf(other!))
    comparisons = withComparisons(comparisons, countComparisons([vote], items))
  }
}

type Truth = ReadonlyMap<string, number>
type Shown = { item: string; low: number; high: number; bestRank: number; worstRank: number }

const intervalsHold = (shown: readonly Shown[], truth: Truth): boolean =>
  shown.every(({ item, low, high }) => low <= truth.get(item)! && truth.get(item)! <= high)

function ranksHold(shown: readonly Shown[], truth: Truth): boolean {
  const order = [...truth.keys()].sort((a, b) => truth.get(b)! - truth.get(a)!)
  return shown.every(({ item, bestRank, worstRank }) => {
    const rank = order.indexOf(item) + 1
    return bestRank <= rank && rank <= worstRank
  })
}

const boardHolds = (comparisons: Comparisons, truth: Truth): boolean =>
  intervalsHold(leaderboardOf(countsOf(comparisons), { items: [...truth.keys()] }).items, truth)

/** How often what the running server shows holds, where it chooses the pairs and stops by itself. */
export function judgeServerPath(arenaCount: number): void {
  heading(`${arenaCount} arenas as the server asks and stops: a look after each vote, ${QUOTA} votes at most`)
  const percent = (part: number) => `${(100 * part).toFixed(1)}%`
  const rows: string[][] = []
  for (const asked of ASKED) {
    const all = Array.from({ length: arenaCount }, (_, seed) => campaign(seed, asked))
    const share = (isHeld: (each: Held) => boolean) => all.filter(isHeld).length / arenaCount
    const [everyLook, ranks] = [share(({ atEveryLook }) => atEveryLook), share((each) => each.ranks)]
    const name = `until the ${asked.until} of ${asked.policies}`
    rows.push([
      name,
      percent(share(({ isSettled }) => isSettled)),
      (all.reduce((sum, { votes }) => sum + votes, 0) / arenaCount).toFixed(0),
      ...[share(({ atStop }) => atStop), everyLook, ranks].map(percent),
    ])
    target(`all intervals hold at every look in ≥ 95%, ${name}`, everyLook >= 0.95, percent(everyLook))
    target(`no certain rank is ever wrong in ≥ 95%, ${name}`, ranks >= 0.95, percent(ranks))
  }
  table([['', 'settled', 'votes (mean)', 'hold at the stop', 'hold at every look', 'ranks hold'], ...rows])
}
