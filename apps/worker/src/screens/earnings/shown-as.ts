import type { EarningLine } from './EarningsScreen.tsx'

/** What a line of the ledger is called; each has words of its own. */
export type Shown = EarningLine['what'] | 'payoutBack'

/** A payout takes from the balance: one that gives is one that the bank did not make. */
export const shownAs = ({ what, amountMinor }: Pick<EarningLine, 'what' | 'amountMinor'>): Shown =>
  what === 'payout' && amountMinor > 0 ? 'payoutBack' : what
