/** The derivative of the logarithm of the gamma function for x > 0 (asymptotic series after shifting to x ≥ 10), to about 1e-13. */
export function digamma(x: number): number {
  let [shift, at] = [0, x]
  while (at < 10) shift -= 1 / at++
  const inverse = 1 / (at * at)
  const series =
    inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))))
  return shift + Math.log(at) - 0.5 / at - series
}
