import { assert } from '../kit/index.ts'
import { normalTail } from '../workers/index.ts'
import { type Comparisons, shownCounts } from './comparisons.ts'
import { differenceError } from './difference-error.ts'
import type { Ranking } from './rank-items.ts'

/** Two that stand next to each other in a ranking, and the chance that they stand the wrong way round. */
export type OrderDoubt = { readonly above: string; readonly below: string; readonly chance: number }

/**
 * How likely each two neighbours stand the wrong way round, by the normal posterior of their difference; the best first.
 * A stop by such chances is fair however often one looks, as far as the prior is (Berger 1985, §7.7: the posterior does
 * not depend on the rule of stopping): it is a bet on the order, not a promise about every difference (`rankingIntervals`).
 */
export function orderDoubts(ranking: Ranking): OrderDoubt[] {
  const { itemNames, strength } = ranking
  const order = [...itemNames.keys()].sort((a, b) => strength[b]! - strength[a]! || a - b)
  return order.slice(1).map((below, at) => {
    const above = order[at]!
    const error = differenceError(ranking, above, below)
    const chance = error > 0 ? normalTail((strength[above]! - strength[below]!) / error) : 0.5
    return { above: itemNames[above]!, below: itemNames[below]!, chance }
  })
}

/** At most the chance that the order is wrong anywhere: the sum over neighbours, up to 1. */
export function orderDoubt(ranking: Ranking): number {
  return Math.min(
    1,
    orderDoubts(ranking).reduce((sum, { chance }) => sum + chance, 0),
  )
}

/**
 * The pair to show next where the order is what counts: the neighbours most likely to stand the wrong way round; of equally
 * doubtful ones those shown less often. The one shown less often on the left goes left. Null with fewer than two items.
 */
export function nextForOrder(
  ranking: Ranking,
  comparisons: Comparisons,
): { left: string; right: string } | null {
  assert(ranking.itemNames.length === comparisons.itemNames.length, 'a ranking of these comparisons')
  const { itemNames } = comparisons
  const counts = shownCounts(comparisons)
  const shown = (left: string, right: string) =>
    counts[itemNames.indexOf(left) * itemNames.length + itemNames.indexOf(right)]!
  const [next] = orderDoubts(ranking)
    .map((doubt) => ({ ...doubt, count: shown(doubt.above, doubt.below) + shown(doubt.below, doubt.above) }))
    .sort((a, b) => b.chance - a.chance || a.count - b.count)
  if (!next) return null
  const { above, below } = next
  return shown(above, below) <= shown(below, above)
    ? { left: above, right: below }
    : { left: below, right: above }
}
