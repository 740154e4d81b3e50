import { assert, Refusal } from '../kit/index.ts'
import type { Money } from './money.ts'
import { assertMoney } from './money.ts'

/** WR-2: the margin on top of the whole pay, in percent: re-takes, top-ups and appeals come out of it. */
export const ESCROW_MARGIN_PERCENT = 20

const SECONDS_PER_HOUR = 3600

/**
 * What must lie in escrow before a campaign publishes (WR-2): all its pay plus 20%, rounded up to a whole
 * minor unit. `paidUnitCount` counts everything that is paid for at `payMinor`: for a question with five
 * answers each, five times the questions.
 * @throws Refusal `escrow-too-large` when the amount cannot be counted exactly
 */
export function escrowNeeded(order: { payMinor: number; currency: string; paidUnitCount: number }): Money {
  const { payMinor, currency, paidUnitCount } = order
  assertMoney({ amountMinor: payMinor, currency })
  assert(payMinor >= 0, 'pay is not negative')
  assert(Number.isSafeInteger(paidUnitCount) && paidUnitCount >= 0, 'units are whole')
  const hundredths = BigInt(payMinor) * BigInt(paidUnitCount) * BigInt(100 + ESCROW_MARGIN_PERCENT)
  const amount = (hundredths + 99n) / 100n
  if (amount > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new Refusal('escrow-too-large', { payMinor, paidUnitCount, currency })
  }
  return { amountMinor: Number(amount), currency }
}

/**
 * The hourly rate a worker can expect (WR-4), in minor units per hour, rounded down so that it is never
 * overstated. `estimateSeconds`: the time one unit takes, above 0.
 */
export function expectedHourlyMinor(terms: { payMinor: number; estimateSeconds: number }): number {
  const { payMinor, estimateSeconds } = terms
  assert(Number.isSafeInteger(payMinor) && payMinor >= 0, 'pay is whole minor units, not negative')
  assert(Number.isFinite(estimateSeconds) && estimateSeconds > 0, 'an estimate is above zero seconds')
  return Math.floor((payMinor * SECONDS_PER_HOUR) / estimateSeconds)
}
