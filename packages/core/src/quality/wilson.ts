import { assert } from '../kit/index.ts'

/** The normal quantile of a two-sided 95% interval. */
export const Z = 1.959_963_984_540_054

/** A share of `n` cases, 0 … 1, with the ends of its 95% interval. */
export type Share = {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/**
 * The share of `count` in `n` with its Wilson score interval (Wilson 1927), which stays within 0 … 1 and is fair
 * for few cases. Null without cases.
 */
export function wilsonShare(count: number, n: number): Share | null {
  assert(Number.isSafeInteger(n) && count >= 0 && count <= n, 'a share is of whole cases')
  if (n === 0) return null
  const value = count / n
  const weight = 1 / (1 + Z ** 2 / n)
  const middle = (value + Z ** 2 / (2 * n)) * weight
  const reach = Z * weight * Math.sqrt((value * (1 - value)) / n + Z ** 2 / (4 * n ** 2))
  const low = count === 0 ? 0 : middle - reach
  const high = count === n ? 1 : middle + reach
  return { value, low, high, n }
}
