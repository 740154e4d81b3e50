import { type SeededRandom, seededRandom, sortBy, throwNormal } from '../kit/index.ts'

/** What is known of a scenario: rollouts whose success is known, and how many of them succeeded. */
export type ScenarioResult = {
  readonly key: string
  readonly rolloutCount: number
  readonly successCount: number
}
export type HardCase = ScenarioResult & {
  /** Mean and standard deviation of the success rate under the posterior, 0 to 1. */
  readonly successMean: number
  readonly successDeviation: number
  /** The success rate that was drawn; the lowest come first. */
  readonly drawn: number
}

/** Jeffreys' prior of a rate. */
const PRIOR = 0.5

/**
 * Scenarios to run next: for each, a success rate is drawn from its posterior Beta(successes + ½, failures + ½), and
 * the `count` lowest are taken (Thompson's sampling, Biometrika 1933). Often failed ones are drawn low, and hardly
 * tried ones are sometimes. The same seed and results give the same choice, in whatever order they come.
 */
export function sampleHardCases(
  results: readonly ScenarioResult[],
  { count, seed }: { readonly count: number; readonly seed: string },
): HardCase[] {
  const cases = results.map((result) => {
    const random = seededRandom(`hard case ${seed} ${result.key}`)
    const a = result.successCount + PRIOR
    const b = result.rolloutCount - result.successCount + PRIOR
    const successMean = a / (a + b)
    const successDeviation = Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1)))
    return { ...result, successMean, successDeviation, drawn: drawBeta(random, a, b) }
  })
  return sortBy(
    cases,
    ({ drawn }) => drawn,
    ({ key }) => key,
  ).slice(0, count)
}

function drawBeta(random: SeededRandom, a: number, b: number): number {
  const [x, y] = [drawGamma(random, a), drawGamma(random, b)]
  return x + y === 0 ? a / (a + b) : x / (x + y)
}

/** Marsaglia and Tsang, ACM TOMS 26 (2000); shapes below 1 by their own remark. */
function drawGamma(random: SeededRandom, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.next()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const normal = throwNormal(random)
    const v = (1 + c * normal) ** 3
    if (v <= 0) continue
    const u = 1 - random.next()
    if (Math.log(u) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}
