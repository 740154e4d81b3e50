/** The chance that a standard normal number exceeds z, to about 1e-7 relative (Numerical recipes' erfc form). */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.5 * x)
  const series = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196,
    1.00002368, -1.26551223,
  ]
  const exponent = series.reduce((sum, coefficient) => sum * t + coefficient, 0)
  const upper = 0.5 * t * Math.exp(-x * x + exponent)
  return z >= 0 ? upper : 1 - upper
}

/** The z whose upper tail is `chance`, 0 < chance < 1, by bisection. */
export function normalQuantile(chance: number): number {
  let [low, high] = [-40, 40]
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2
    if (normalTail(middle) > chance) low = middle
    else high = middle
  }
  return (low + high) / 2
}
