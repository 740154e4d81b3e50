import { assert } from '../kit/index.ts'

/**
 * The standard error of a rate of success: the standard deviation of what the trials leave possible (Beta with Jeffreys'
 * prior). Unlike √(p(1 − p) / n) it is not 0 where all trials went alike.
 */
export function rateError(successCount: number, trialCount: number): number {
  assert(successCount >= 0 && successCount <= trialCount && trialCount > 0, 'successes among some trials')
  const [a, b] = [successCount + 0.5, trialCount - successCount + 0.5]
  return Math.sqrt((a * b) / ((a + b) ** 2 * (a + b + 1)))
}
