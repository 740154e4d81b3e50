/**
 * Sums of doubles depend on their order, and EM blows the last bit up where two labels tie. So everything
 * that is summed is first put on a grid coarse enough that the sums are exact, in any order. Adding and
 * subtracting 1.5 × 2^(52-n) leaves a double rounded to a multiple of 2^-n.
 */
export const SNAP = 1.5 * 2 ** (52 - 29) // 2^-29: exact for sums up to 2^24
export const FINE_SNAP = 1.5 * 2 ** (52 - 46) // 2^-46: exact for sums up to 2^6, the labels

/** The nearest multiple of 2^-29, for values between ±2^22. */
export function onGrid(value: number): number {
  return value + SNAP - SNAP
}

/** The nearest multiple of 2^-46, for values between ±2^5. */
export function onFineGrid(value: number): number {
  return value + FINE_SNAP - FINE_SNAP
}

/**
 * Turns the logarithms in `values[from…to)` into shares that sum to 1, in place, and gives the logarithm of
 * their sum. The order of the values does not matter, to the last bit.
 */
export function normaliseLogs(values: Float64Array, from: number, to: number): number {
  let largest = Number.NEGATIVE_INFINITY
  for (let at = from; at < to; at++) if (values[at]! > largest) largest = values[at]!
  let total = 0
  for (let at = from; at < to; at++) {
    const share = Math.exp(values[at]! - largest) + FINE_SNAP - FINE_SNAP
    values[at] = share
    total += share
  }
  for (let at = from; at < to; at++) values[at]! /= total
  return largest + Math.log(total)
}
