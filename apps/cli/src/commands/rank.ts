import {
  type BootstrappedItem,
  bootstrapRanking,
  countComparisons,
  groupsOf,
  type HostileVotes,
  hostileVotes,
  MAX_RANKED_ITEMS,
  MAX_RANKING_BOOTSTRAPS,
  type NextPair,
  nextPairs,
  opposingRaters,
  type Ranking,
  type RankingIntervals,
  type RaterEvidence,
  rankItems,
  rankingIntervals,
} from '@chiron/core/ranking'
import { type Comparison, readComparisons } from '@chiron/formats/crowd'
import { Command } from 'commander'
import { headersOf, readCrowdFile, refuseFaults } from '../crowd/read-crowd-file.ts'
import { wholeNumber } from '../crowd/whole-number.ts'
import { UsageError } from '../exit.ts'
import { print, table } from '../print.ts'
import { rankOrders } from './rank-orders.ts'

interface Options {
  json?: boolean
  orders?: boolean
  ties?: boolean
  raters?: boolean
  tasks?: boolean
  bootstrap?: number
  until?: number
  next?: number
  attack?: boolean
  seed: string
  columns?: string
  skipMalformed?: boolean
}

interface Result {
  ranking: Ranking
  intervals: RankingIntervals
  bootstrap: BootstrappedItem[] | null
  next: NextPair[]
  attacks: HostileVotes[] | null
  raters: RaterEvidence[]
  groupCount: number
  tieCount: number
}

const HELP = `
COMPARISONS.csv has a header line with the columns left, right and winner (left, right or tie), and if you like worker
and task. Strengths are log-odds against an even opponent, their mean is 0. Intervals hold all differences at once with
95%; "ranks" are those that they leave open.

--orders takes whole orders instead: columns ranking, item and position (1 is best, equal ones are a tie; what somebody
left out is unknown). The order printed is the one that most of their pairs agree with (Kemeny), the strengths are
Plackett and Luce's.

Examples:
  chiron rank comparisons.csv --ties
  chiron rank orders.csv --orders
  chiron rank comparisons.csv --ties --raters --bootstrap 200 --json
  chiron rank comparisons.csv --ties --until 600 --next 5     may be looked at again and again, up to 600 comparisons
  chiron rank votes.csv --columns left=model_x,right=model_y,task=prompt --attack`

/** `chiron rank COMPARISONS.csv` */
export function rankCommand(): Command {
  const bootstraps = wholeNumber('--bootstrap', 2, MAX_RANKING_BOOTSTRAPS)
  return new Command('rank')
    .description('who is better, and how sure that is, from a file of comparisons; no server needed')
    .argument('<comparisons>', 'a CSV file with the columns left, right, winner[, worker][, task]')
    .option('--orders', 'the file holds whole orders: columns ranking, item, position')
    .option(
      '--ties',
      'ties as an outcome of their own (Davidson); without, each is half a win (Bradley–Terry)',
    )
    .option('--raters', 'scale, side and tie rate of each worker')
    .option('--tasks', 'what each task does to items and ties')
    .option('--bootstrap <n>', 'errors and ranks by drawing the comparisons n times anew', bootstraps)
    .option(
      '--until <n>',
      'intervals that hold at every look until n comparisons',
      wholeNumber('--until', 1, 1e9),
    )
    .option('--next <n>', 'name the n pairs to show next', wholeNumber('--next', 1, 1000))
    .option('--attack', 'how many hostile votes would flip each rank (the ten best)')
    .option('--seed <text>', 'what the dice are thrown from', '0')
    .option('--columns <pairs>', 'headers that differ, as left=model_a,right=model_b')
    .option('--skip-malformed', 'leave out rows that cannot be read, and name them')
    .addHelpText('after', HELP)
    .action((file: string, _options, command: Command) => rank(file, command.optsWithGlobals<Options>()))
}

async function rank(file: string, options: Options): Promise<void> {
  if (options.orders) {
    refuseOptionsOfComparisons(options)
    return rankOrders(file, options)
  }
  const headers = headersOf(options.columns, ['left', 'right', 'winner', 'worker', 'task'])
  const { rows, faults } = readComparisons(await readCrowdFile(file), headers)
  refuseFaults(file, faults, options.skipMalformed)
  if (rows.length === 0) throw new UsageError(`${file} holds no comparisons.`)
  refuseWhatIsMissing(rows, options)
  const result = judge(rows, options)
  print(options.json, jsonOf(result), linesOf(result, options))
}

function refuseOptionsOfComparisons(options: Options): void {
  const own = (['ties', 'raters', 'tasks', 'bootstrap', 'until', 'next', 'attack'] as const).filter(
    (name) => options[name] !== undefined,
  )
  if (own.length > 0)
    throw new UsageError(`--${own[0]} is for comparisons of two, not for whole orders (--orders).`)
}

function refuseWhatIsMissing(rows: readonly Comparison[], options: Options): void {
  const itemCount = new Set(rows.flatMap(({ left, right }) => [left, right])).size
  if (itemCount > MAX_RANKED_ITEMS)
    throw new UsageError(`There are ${itemCount} items, and up to ${MAX_RANKED_ITEMS} can be ranked at once.`)
  if (options.raters && !rows.some(({ worker }) => worker !== undefined))
    throw new UsageError('--raters needs the column worker.')
  if (options.tasks && !rows.some(({ task }) => task !== undefined))
    throw new UsageError('--tasks needs the column task.')
  if (options.until !== undefined && options.until < rows.length)
    throw new UsageError(`--until ${options.until}: there are ${rows.length} comparisons already.`)
}

function judge(rows: readonly Comparison[], options: Options): Result {
  const comparisons = countComparisons(rows)
  const ties = options.ties === true
  const { seed } = options
  const ranking = rankItems(comparisons, {
    ties,
    raters: options.raters === true,
    tasks: options.tasks === true,
  })
  const { until } = options
  // Below five comparisons an item the normal approximation is too rough to promise anything.
  const first = Math.min(until ?? 1, 5 * comparisons.itemNames.length)
  const looks =
    until === undefined ? ({ kind: 'once' } as const) : ({ kind: 'planned', first, last: until } as const)
  return {
    ranking,
    intervals: rankingIntervals(ranking, { looks, seed }),
    bootstrap: options.bootstrap
      ? bootstrapRanking(comparisons, { ties, roundCount: options.bootstrap, seed })
      : null,
    next: options.next ? nextPairs(ranking, comparisons, options.next) : [],
    attacks: options.attack ? hostileVotes(comparisons, { ties, ranks: 10 }) : null,
    raters: opposingRaters(comparisons, { ties }).filter(
      (rater) => rater.isAgainst || rater.favoured?.isBeyondChance,
    ),
    groupCount: new Set(groupsOf(comparisons)).size,
    tieCount: comparisons.ties.reduce((sum, count) => sum + count, 0),
  }
}

function jsonOf({ ranking, intervals, ...rest }: Result) {
  const { effects, itemNames, group, workerNames, count, hasConverged } = ranking
  return {
    items: intervals.items.map((item) => ({ ...item, group: group[itemNames.indexOf(item.item)] })),
    level: intervals.level,
    comparisonCount: count,
    side: effects.side,
    tieLogOdds: effects.hasTies ? effects.tie : null,
    workers: workerNames.map((worker, at) => ({
      worker,
      scale: effects.scale[at],
      side: effects.raterSide[at],
      tieLogOdds: effects.raterTie[at],
    })),
    hasConverged,
    ...rest,
  }
}

function linesOf(result: Result, options: Options): string[] {
  const { ranking, intervals, bootstrap, next, attacks, raters } = result
  const drawn = new Map(bootstrap?.map((item) => [item.item, item]))
  const rows = intervals.items.map(({ item, strength, low, high, bestRank, worstRank }, at) => [
    `${at + 1}`,
    item,
    strength.toFixed(3),
    `${low.toFixed(2)} … ${high.toFixed(2)}`,
    bestRank === worstRank ? `${bestRank}` : `${bestRank}–${worstRank}`,
    ...(bootstrap ? [drawn.get(item)!.standardError.toFixed(3)] : []),
  ])
  const head = ['', 'item', 'strength', '95% at once', 'ranks', ...(bootstrap ? ['bootstrap error'] : [])]
  const side = ranking.effects.side
  const ties = options.ties ? `${result.tieCount} ties` : `${result.tieCount} ties counted as half wins`
  const groups = `${result.groupCount} parts were never compared with each other: ranks across them mean nothing.`
  return [
    ...table(head, rows),
    '',
    `${ranking.count} comparisons, ${ties}. Left is favoured by ${side.toFixed(2)} log-odds.`,
    ...(result.groupCount > 1 ? [groups] : []),
    ...(ranking.hasConverged ? [] : ['The fit has not settled: take the figures as rough.']),
    ...raters.map(({ worker, isAgainst, decidedCount, withEvidenceRatio, favoured }) =>
      isAgainst
        ? `${worker} votes against the evidence: with it in ${(100 * withEvidenceRatio!).toFixed(0)}% of ${decidedCount} decided votes.`
        : `${worker} favours ${favoured!.item} beyond what it earns (${favoured!.z.toFixed(1)} standard errors).`,
    ),
    ...(next.length > 0 ? ['', 'Show next:', ...next.map(({ left, right }) => `  ${left} | ${right}`)] : []),
    ...(attacks ? ['', 'Hostile votes that would flip a rank:', ...attacks.map(attackLine)] : []),
  ]
}

const attackLine = ({ item, above, voteCount, winner, loser }: HostileVotes) =>
  `  ${item} over ${above}: ${voteCount === null ? 'none found' : `${voteCount} × “${winner} beats ${loser}”`}`
