import { assert } from '../kit/index.ts'
import { type Comparisons, shownCounts } from './comparisons.ts'
import { outcomeOf } from './outcome.ts'
import type { Ranking } from './rank-items.ts'

/** Two to show next, on which sides. `gain`: how much of the summed variance of strengths it is expected to take. */
export type NextPair = { readonly left: string; readonly right: string; readonly gain: number }

export const MAX_NEXT_PAIRS = 1000

/**
 * Which to show next, the most telling first: each pair that takes most from the summed variance of strengths
 * (A-optimal, one after the other), counting what the ones before will tell. Of equally good pairs the one shown
 * less often; the item shown less often on the left goes left. `isAllowed` leaves pairs out that cannot be shown;
 * fewer than `count` come back only where none is left.
 */
export function nextPairs(
  ranking: Ranking,
  comparisons: Comparisons,
  count = 1,
  isAllowed: (one: string, other: string) => boolean = () => true,
): NextPair[] {
  assert(Number.isInteger(count) && count >= 1 && count <= MAX_NEXT_PAIRS, 'between 1 and 1000 next pairs')
  assert(ranking.itemNames.length === comparisons.itemNames.length, 'a ranking of these comparisons')
  const size = ranking.itemNames.length
  if (size < 2) return []
  const covariance = ranking.covariance.slice()
  const shown = shownCounts(comparisons)
  const { itemNames } = ranking
  const allowed = itemNames.map((one, at) => itemNames.map((other, to) => to > at && isAllowed(one, other)))
  if (!allowed.some((row) => row.includes(true))) return []
  return Array.from({ length: count }, () => {
    const [one, other, gain] = bestPair(ranking, { covariance, shown, allowed })
    learn(ranking, covariance, one, other)
    const lefts = (item: number, against: number) => shown[item * size + against]!
    const [left, right] = lefts(one, other) <= lefts(other, one) ? [one, other] : [other, one]
    shown[left * size + right]!++
    return { left: ranking.itemNames[left]!, right: ranking.itemNames[right]!, gain }
  })
}

/** What one comparison tells of the difference of two strengths. */
function informationOf({ strength, effects }: Ranking, one: number, other: number): number {
  const tie = effects.hasTies ? effects.tie : Number.NEGATIVE_INFINITY
  const { left, right, tie: even } = outcomeOf(strength[one]! - strength[other]!, tie)
  return (1 - even) / 4 - ((left - right) / 2) ** 2
}

type Known = {
  readonly covariance: Float64Array
  readonly shown: Float64Array
  readonly allowed: readonly (readonly boolean[])[]
}

function bestPair(ranking: Ranking, { covariance, shown, allowed }: Known): [number, number, number] {
  const size = ranking.itemNames.length
  const squared = squareOf(covariance, size)
  let best: [number, number, number] = [0, 1, -1]
  let fewest = Number.POSITIVE_INFINITY
  for (let one = 0; one < size; one++) {
    for (let other = one + 1; other < size; other++) {
      if (!allowed[one]![other]) continue
      const of = (matrix: Float64Array) =>
        matrix[one * size + one]! + matrix[other * size + other]! - 2 * matrix[one * size + other]!
      const information = informationOf(ranking, one, other)
      const gain = (information * of(squared)) / (1 + information * of(covariance))
      const seen = shown[one * size + other]! + shown[other * size + one]!
      const isAlike = Math.abs(gain - best[2]) <= 1e-9 * best[2]
      if (isAlike ? seen < fewest : gain > best[2]) {
        best = [one, other, gain]
        fewest = seen
      }
    }
  }
  return best
}

function squareOf(matrix: Float64Array, size: number): Float64Array {
  const square = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let at = 0; at < size; at++) {
      const value = matrix[row * size + at]!
      for (let column = 0; column < size; column++)
        square[row * size + column]! += value * matrix[at * size + column]!
    }
  }
  return square
}

/** The covariance after one more comparison of two (Sherman and Morrison 1950). */
function learn(ranking: Ranking, covariance: Float64Array, one: number, other: number): void {
  const size = ranking.itemNames.length
  const information = informationOf(ranking, one, other)
  const along = Float64Array.from({ length: size }, (_, item) => {
    return covariance[item * size + one]! - covariance[item * size + other]!
  })
  const factor = information / (1 + information * (along[one]! - along[other]!))
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      covariance[row * size + column]! -= factor * along[row]! * along[column]!
}
