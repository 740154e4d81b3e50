import { z } from 'zod'
import { assert } from '../kit/index.ts'

/** Digits after the point, where ISO 4217 gives a currency other than two. */
const MINOR_DIGITS: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF'].map((code) => [code, 0] as const),
  ...['UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map((code) => [code, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3] as const),
  ...['CLF', 'UYW'].map((code) => [code, 4] as const),
])

/** The form of an ISO 4217 code. Whether such a currency exists is for the apps to say. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/)

/** Money in whole minor units (cents, fils, yen). */
export type Money = { readonly amountMinor: number; readonly currency: string }

/**
 * How many digits of a currency stand after the point: USD 2, JPY 0, KWD 3; two where the table is silent.
 */
export function minorDigits(currency: string): number {
  return MINOR_DIGITS.get(currency) ?? 2
}

/** Stops on money that no ledger may hold: a fraction, an unsafe integer, a malformed currency. */
export function assertMoney(money: Money): void {
  assert(Number.isSafeInteger(money.amountMinor), 'money is whole minor units, exactly representable')
  assert(currencySchema.safeParse(money.currency).success, 'a currency is three capital letters')
}
