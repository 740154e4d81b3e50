import { assert } from '../kit/index.ts'

/** The ends of an interval that holds the value with the stated `level`, such as 0.95. */
export type Interval = { readonly low: number; readonly high: number; readonly level: number }

/** The middle `level` of drawn values (percentile interval, Efron 1979); null when nothing was drawn. */
export function percentileInterval(drawn: readonly number[], level: number): Interval | null {
  assert(level > 0 && level < 1, 'a level lies between 0 and 1')
  if (drawn.length === 0) return null
  const sorted = Float64Array.from(drawn).sort()
  return { low: quantileOf(sorted, (1 - level) / 2), high: quantileOf(sorted, (1 + level) / 2), level }
}

/** The quantile of sorted values, between neighbours by their distance. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const [below, above] = [Math.floor(place), Math.ceil(place)]
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}
