import type { Ranking } from './rank-items.ts'

/** The standard error of the difference of two strengths, by position. */
export function differenceError({ covariance, itemNames }: Ranking, one: number, other: number): number {
  const size = itemNames.length
  const variance =
    covariance[one * size + one]! + covariance[other * size + other]! - 2 * covariance[one * size + other]!
  return Math.sqrt(Math.max(0, variance))
}
