import { assert } from '../kit/index.ts'
import { Z } from './wilson.ts'

/** A mean of `n` cases; the ends of its 95% interval are null for one case, which says nothing about the others. */
export type Mean = {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly n: number
}

/** The mean of `n` values with Student's interval (95%), from their sum and the sum of their squares; null without any. */
export function meanInterval({
  n,
  sum,
  squareSum,
}: {
  n: number
  sum: number
  squareSum: number
}): Mean | null {
  assert(Number.isSafeInteger(n) && n >= 0, 'a mean is of whole cases')
  if (n === 0) return null
  const value = sum / n
  if (n === 1) return { value, low: null, high: null, n }
  const variance = Math.max(0, (squareSum - n * value ** 2) / (n - 1))
  const reach = studentQuantile(n - 1) * Math.sqrt(variance / n)
  return { value, low: value - reach, high: value + reach, n }
}

/** Student's two-sided 95% quantile: exact for 1 and 2 degrees of freedom, else Abramowitz and Stegun 26.7.5. */
function studentQuantile(freedom: number): number {
  if (freedom === 1) return 12.706_204_736_432_1
  if (freedom === 2) return 4.302_652_729_911_28
  const [z, z3, z5, z7, z9] = [1, 3, 5, 7, 9].map((power) => Z ** power) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return (
    z +
    (z3 + z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3) +
    (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92_160 * freedom ** 4)
  )
}
