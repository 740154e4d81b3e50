import { seededRandom } from '../kit/index.ts'
import { correlation, ranksOf } from './predictive-power.ts'

/** Up to 7! = 5040 orders are all looked at; of more items, orders are thrown for. */
const MAX_EXACT = 7
const THROWS = 5000
const ROUNDING = 1e-9

/**
 * The share of all orders in which two rows of figures would agree at least as well by Spearman's rank correlation (a
 * permutation test; exact up to seven, else with the observed order counted in, Phipson and Smyth 2010). 1 where either
 * row is all alike.
 */
export function orderChance(
  one: readonly number[],
  other: readonly number[],
  seed: string | number = 0,
): number {
  const [left, right] = [ranksOf(one), ranksOf(other)]
  const observed = correlation(left, right)
  if (observed === null) return 1
  const isAsGood = (order: readonly number[]) => correlation(left, order)! >= observed - ROUNDING
  if (right.length <= MAX_EXACT) {
    const orders = ordersOf(right)
    return orders.filter(isAsGood).length / orders.length
  }
  const dice = seededRandom(seed)
  let count = 1
  for (let throwAt = 0; throwAt < THROWS; throwAt++) if (isAsGood(dice.shuffle(right))) count++
  return count / (THROWS + 1)
}

function ordersOf(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]]
  return values.flatMap((first, at) =>
    ordersOf([...values.slice(0, at), ...values.slice(at + 1)]).map((rest) => [first, ...rest]),
  )
}
