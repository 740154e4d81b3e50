import { seededRandom, sortBy, throwBeta } from '../kit/index.ts'

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
    return { ...result, successMean, successDeviation, drawn: throwBeta(random, a, b) }
  })
  return sortBy(
    cases,
    ({ drawn }) => drawn,
    ({ key }) => key,
  ).slice(0, count)
}
