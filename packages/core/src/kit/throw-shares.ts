import type { SeededRandom } from './seeded-random.ts'
import { throwNormal } from './throw-normal.ts'

/** A number from 0 to 1 of the distribution Beta(a, b). */
export function throwBeta(dice: SeededRandom, a: number, b: number): number {
  return throwShares(dice, [a, b])[0]!
}

/** Shares that sum to 1, by the weight of each (Dirichlet, from gamma numbers). */
export function throwShares(dice: SeededRandom, weights: readonly number[]): number[] {
  const drawn = weights.map((weight) => throwGamma(dice, weight))
  const sum = drawn.reduce((total, each) => total + each, 0)
  // Of tiny weights all may come out as 0: then nothing is known, and they share alike.
  return drawn.map((each) => (sum > 0 ? each / sum : 1 / weights.length))
}

/** A gamma number of any shape, scale 1 (Marsaglia and Tsang 2000). */
function throwGamma(dice: SeededRandom, shape: number): number {
  if (shape < 1) return throwGamma(dice, shape + 1) * (1 - dice.next()) ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const x = throwNormal(dice)
    const v = (1 + x / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(1 - dice.next()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}
