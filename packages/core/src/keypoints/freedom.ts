/** From Cauchy's tails to all but normal ones. */
const FREEDOMS = Array.from({ length: 40 }, (_, at) => 200 ** (at / 39))

/** The degrees of freedom of Student's t that make squared lengths, in variances and by weight, most likely. `axes` is 2. */
export function bestFreedom(squares: Float64Array, weights: Float64Array, axes: 2): number {
  let [best, most] = [FREEDOMS[0]!, Number.NEGATIVE_INFINITY]
  for (const freedom of FREEDOMS) {
    // In two directions the gamma functions cancel but for freedom / 2: the density is (1 + s/f)^-(f/2 + 1) / 2π.
    let sum = 0
    for (let at = 0; at < squares.length; at++)
      sum -= weights[at]! * ((freedom + axes) / 2) * Math.log1p(squares[at]! / freedom)
    if (sum > most) [best, most] = [freedom, sum]
  }
  return best
}
