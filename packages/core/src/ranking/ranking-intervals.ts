import { assert, type SeededRandom, seededRandom, throwNormal } from '../kit/index.ts'
import { normalQuantile } from '../workers/index.ts'
import { type LookPlan, plannedFactor } from './calibrate-plan.ts'
import { differenceError } from './difference-error.ts'
import type { Ranking } from './rank-items.ts'

/**
 * When one looks. `once`: a number of comparisons fixed beforehand. `planned`: at any time, as often as one likes,
 * from the `first` to the `last` comparison. `calibrated`: at the looks of a plan whose factors were found by
 * simulation. `always`: at any time for ever, narrowest near `best` comparisons.
 */
export type Looks =
  | { readonly kind: 'once' }
  | { readonly kind: 'planned'; readonly first: number; readonly last: number }
  | { readonly kind: 'calibrated'; readonly plan: LookPlan }
  | { readonly kind: 'always'; readonly best: number }

export type IntervalOptions = {
  /** Chance that everything the intervals say holds; 0.95 when left out. */
  readonly level?: number
  readonly looks?: Looks
  /** True, the default: all differences at once. False: each difference by itself. */
  readonly simultaneous?: boolean
  readonly seed?: string | number
}

export type ItemInterval = {
  readonly item: string
  readonly strength: number
  readonly standardError: number
  /** Ends of the interval of the strength against the mean of all, by the same factor as the differences. */
  readonly low: number
  readonly high: number
  /** Ranks that the differences leave open; 1 is the best. Items of another group could stand anywhere. */
  readonly bestRank: number
  readonly worstRank: number
}

export type RankingIntervals = {
  readonly level: number
  /** How many standard errors each interval reaches. */
  readonly factor: number
  /** By strength, the best first. */
  readonly items: readonly ItemInterval[]
}

const DRAWS = 2000
const MAX_LOOKS = 48

/**
 * Intervals from the normal approximation of strengths. `once`: the largest of all studentised differences, drawn
 * from their covariance (single-step maximum, Hothorn and others 2008). `planned`: the largest over all looks too,
 * as for repeated confidence intervals (Jennison and Turnbull 1984), strengths gathering like a Brownian motion;
 * `calibrated` finds the same bound by simulated arenas (`calibratePlan`).
 * `always`: Robbins' normal mixture (1970), asymptotic as in Waudby-Smith and others (2024), shared among differences
 * by Bonferroni. Ranks as in Mogstad and others (2024).
 */
export function rankingIntervals(ranking: Ranking, options: IntervalOptions = {}): RankingIntervals {
  const { level = 0.95 } = options
  assert(level > 0 && level < 1, 'a level lies between 0 and 1')
  const { itemNames, strength, covariance, group } = ranking
  const size = itemNames.length
  const factor = size < 2 ? 0 : factorOf(ranking, level, options)
  const better = Array.from({ length: size }, () => 0)
  const worse = better.slice()
  for (let item = 0; item < size; item++) {
    for (let other = 0; other < size; other++) {
      if (other === item || group[item] !== group[other]) continue
      const lead = strength[item]! - strength[other]!
      const reach = factor * differenceError(ranking, item, other)
      if (lead > reach) worse[item]!++
      if (lead < -reach) better[item]!++
    }
  }
  const items = itemNames.map((name, item): ItemInterval => {
    const standardError = Math.sqrt(Math.max(0, covariance[item * size + item]!))
    const own = strength[item]!
    return {
      item: name,
      strength: own,
      standardError,
      low: own - factor * standardError,
      high: own + factor * standardError,
      bestRank: 1 + better[item]!,
      worstRank: size - worse[item]!,
    }
  })
  items.sort((a, b) => b.strength - a.strength || (a.item < b.item ? -1 : 1))
  return { level, factor, items }
}

function factorOf(ranking: Ranking, level: number, options: IntervalOptions): number {
  const { looks = { kind: 'once' }, simultaneous = true, seed = 0 } = options
  const size = ranking.itemNames.length
  if (looks.kind === 'calibrated') {
    const { plan } = looks
    assert(
      simultaneous && level === plan.level,
      'a plan holds for all differences, at the level it was made for',
    )
    assert(
      ranking.count <= plan.last,
      `the plan ends at ${plan.last} comparisons: there are ${ranking.count}`,
    )
    return plannedFactor(plan, ranking)
  }
  if (looks.kind === 'always') {
    assert(looks.best >= 1, 'the best time is a number of comparisons')
    return mixtureFactor(ranking.count / looks.best, simultaneous ? (size * (size - 1)) / 2 : 1, level)
  }
  if (looks.kind === 'once' && !simultaneous) return normalQuantile((1 - level) / 2)
  let times = [1]
  if (looks.kind === 'planned') {
    const { first, last } = looks
    assert(first >= 1 && last >= first, 'a plan goes from its first comparison to its last')
    assert(ranking.count <= last, `the plan ends at ${last} comparisons: there are ${ranking.count}`)
    const count = Math.min(MAX_LOOKS, last - first + 1)
    times = Array.from({ length: count }, (_, at) => (first / last) ** (1 - (at + 1) / count))
    if (count > 1) times[0] = first / last
  }
  const dice = seededRandom(seed)
  const largest = new Float64Array(DRAWS)
  const root = simultaneous ? rootOf(ranking) : null
  for (let draw = 0; draw < DRAWS; draw++) largest[draw] = largestOf(root, times, dice)
  return largest.sort()[Math.ceil(level * DRAWS) - 1]!
}

/** Robbins' boundary at `time` (1: where it is narrowest), as standard errors, for one of `count` differences. */
function mixtureFactor(time: number, count: number, level: number): number {
  const chance = (1 - level) / count
  const tuning = -2 * Math.log(chance) + Math.log(-2 * Math.log(chance)) + 1
  const gathered = Math.max(1e-9, time) * tuning
  return Math.sqrt((1 + 1 / gathered) * (Math.log1p(gathered) - 2 * Math.log(chance)))
}

type Root = { readonly size: number; readonly lower: Float64Array; readonly scale: Float64Array }

/** A triangular root of the covariance, and one over the standard error of each difference. */
function rootOf(ranking: Ranking): Root {
  const size = ranking.itemNames.length
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = ranking.covariance[row * size + column]!
      for (let at = 0; at < column; at++) sum -= lower[row * size + at]! * lower[column * size + at]!
      // Strengths about their mean are one dimension short: the last pivot is nothing.
      const pivot = lower[column * size + column]!
      lower[row * size + column] =
        column < row ? (pivot > 1e-9 ? sum / pivot : 0) : Math.sqrt(Math.max(0, sum))
    }
  }
  const scale = new Float64Array(size * size)
  for (let one = 0; one < size; one++)
    for (let other = 0; other < one; other++)
      scale[one * size + other] = 1 / (differenceError(ranking, one, other) || Number.POSITIVE_INFINITY)
  return { size, lower, scale }
}

/** The largest studentised difference over all looks of one drawn motion. */
function largestOf(root: Root | null, times: readonly number[], dice: SeededRandom): number {
  const size = root?.size ?? 1
  const [gathered, motion] = [new Float64Array(size), new Float64Array(size)]
  let [largest, before] = [0, 0]
  for (const time of times) {
    const step = Math.sqrt(time - before)
    before = time
    for (let at = 0; at < size; at++) gathered[at]! += step * throwNormal(dice)
    largest = Math.max(
      largest,
      root ? spreadOf(root, gathered, motion) / Math.sqrt(time) : Math.abs(gathered[0]!) / Math.sqrt(time),
    )
  }
  return largest
}

function spreadOf({ size, lower, scale }: Root, gathered: Float64Array, motion: Float64Array): number {
  let largest = 0
  for (let row = 0; row < size; row++) {
    let sum = 0
    for (let at = 0; at <= row; at++) sum += lower[row * size + at]! * gathered[at]!
    motion[row] = sum
    for (let other = 0; other < row; other++) {
      const difference = Math.abs(sum - motion[other]!) * scale[row * size + other]!
      if (difference > largest) largest = difference
    }
  }
  return largest
}
