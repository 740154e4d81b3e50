import { assert, type SeededRandom, seededRandom, throwNormal } from '../kit/index.ts'
import { type Comparison, countComparisons, withComparisons } from './comparisons.ts'
import { differenceError } from './difference-error.ts'
import { outcomeOf } from './outcome.ts'
import { type Ranking, rankItems } from './rank-items.ts'

export type PlanOrder = {
  readonly itemCount: number
  /** Comparisons at the first and the last look, and between two looks. */
  readonly first: number
  readonly last: number
  readonly every: number
  /** Log-odds of a tie between equals against a win of either; 0 when left out, a third of such comparisons. */
  readonly tie?: number
  readonly level?: number
  /** Simulated arenas for each spread of strengths. */
  readonly worldCount?: number
  readonly seed?: string | number
}

/** How far intervals must reach so that all of them hold at every look, by how far the strengths lie apart. */
export type LookPlan = {
  readonly itemCount: number
  readonly first: number
  readonly last: number
  readonly every: number
  readonly level: number
  readonly factors: readonly { readonly spread: number; readonly factor: number }[]
}

/** Standard deviations of strengths, in log-odds, from hardly apart to nearly always won. */
const SPREADS = [0.5, 1, 1.75, 2.75]
const WORLD_COUNT = 250
export const MAX_PLANNED_LOOKS = 1000

/**
 * Finds the factors by simulation, before there are votes: arenas with normal strengths are judged at random, ranked at
 * each look as `rankItems` does, and the factor is the quantile of the largest studentised error over all differences
 * and looks (a repeated confidence interval, Jennison and Turnbull 1984, whose bound is found by Monte Carlo instead of
 * from the normal approximation). It costs items × looks × arenas: once for a suite, not for a page.
 */
export function calibratePlan(order: PlanOrder): LookPlan {
  const { itemCount, first, last, every, level = 0.95, worldCount = WORLD_COUNT, seed = 0 } = order
  assert(itemCount >= 2, 'a plan compares two items or more')
  assert(level > 0 && level < 1, 'a level lies between 0 and 1')
  assert(first >= 1 && every >= 1 && last >= first, 'a plan goes from its first comparison to its last')
  assert((last - first) / every < MAX_PLANNED_LOOKS, `a plan has fewer than ${MAX_PLANNED_LOOKS} looks`)
  const rank = Math.ceil((worldCount + 1) * level)
  assert(rank <= worldCount, `${worldCount} arenas are too few for a level of ${level}`)
  const factors = SPREADS.map((spread) => {
    const dice = seededRandom(`${seed} ${spread}`)
    const largest = Float64Array.from({ length: worldCount }, () => largestError(order, spread, dice))
    return { spread, factor: largest.sort()[rank - 1]! }
  })
  return { itemCount, first, last, every, level, factors }
}

/** The plan's factor for a ranking, between those of the spreads nearest to what its strengths show. */
export function plannedFactor({ factors, itemCount }: LookPlan, ranking: Ranking): number {
  assert(ranking.itemNames.length <= itemCount, `the plan was made for ${itemCount} items`)
  const spread = spreadOf(ranking)
  const next = factors.findIndex((each) => each.spread >= spread)
  if (next <= 0) return (next === 0 ? factors[0]! : factors.at(-1)!).factor
  const [below, above] = [factors[next - 1]!, factors[next]!]
  const share = (spread - below.spread) / (above.spread - below.spread)
  return below.factor + share * (above.factor - below.factor)
}

/** How far strengths lie apart beyond what their errors explain, as a standard deviation. */
function spreadOf({ strength, covariance }: Ranking): number {
  const size = strength.length
  let [squares, errors] = [0, 0]
  for (let item = 0; item < size; item++) {
    squares += strength[item]! ** 2
    errors += covariance[item * size + item]!
  }
  return Math.sqrt(Math.max(0, squares - errors) / Math.max(1, size - 1))
}

/** The largest studentised error of any difference at any look of one simulated arena. */
function largestError(
  { itemCount, first, last, every, tie = 0 }: PlanOrder,
  spread: number,
  dice: SeededRandom,
) {
  const names = Array.from({ length: itemCount }, (_, at) => String(at))
  const truth = names.map(() => spread * throwNormal(dice))
  const votes = (count: number) =>
    countComparisons(
      Array.from({ length: count }, () => vote(names, truth, tie, dice)),
      names,
    )
  let comparisons = votes(first)
  let ranking = rankItems(comparisons)
  let largest = studentised(ranking, truth)
  while (comparisons.count < last) {
    comparisons = withComparisons(comparisons, votes(Math.min(every, last - comparisons.count)))
    ranking = rankItems(comparisons, { start: ranking })
    largest = Math.max(largest, studentised(ranking, truth))
  }
  return largest
}

function vote(
  names: readonly string[],
  truth: readonly number[],
  tie: number,
  dice: SeededRandom,
): Comparison {
  const left = dice.int(names.length)
  const other = dice.int(names.length - 1)
  const right = other < left ? other : other + 1
  const chances = outcomeOf(truth[left]! - truth[right]!, tie)
  const thrown = dice.next()
  const winner = thrown < chances.left ? 'left' : thrown < chances.left + chances.tie ? 'tie' : 'right'
  return { left: names[left]!, right: names[right]!, winner }
}

/** `truth` is by number, as the items are named here; the ranking has them sorted by name. */
function studentised(ranking: Ranking, truth: readonly number[]): number {
  const error = ranking.itemNames.map((name, at) => ranking.strength[at]! - truth[Number(name)]!)
  let largest = 0
  for (let one = 0; one < error.length; one++)
    for (let other = 0; other < one; other++)
      largest = Math.max(
        largest,
        Math.abs(error[one]! - error[other]!) / differenceError(ranking, one, other),
      )
  return largest
}
