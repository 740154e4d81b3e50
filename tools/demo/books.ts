import type { Client } from '@chiron/client'
import { type Entry, payRoutes } from '@chiron/contract'
import { minorDigits } from '@chiron/core/pay'

/** Money that moved, as the ledger says. */
export interface Moved {
  kind: string
  amountMinor: number
  currency: string
  words: string
}

export interface Books {
  /** What moved since the last call, summed by kind. */
  sinceLast(): Promise<Moved[]>
}

/** The kinds of entries worth telling, and the account whose gain says how much. */
const TOLD: Readonly<Record<string, { account: string; words: string }>> = {
  fund: { account: 'funds', words: 'put in' },
  escrow: { account: 'escrow', words: 'set aside for workers' },
  accept: { account: 'balance', words: 'earned' },
}
const PAGE = 200

/** Reads the ledger from now on; what was there before is not told. */
export async function openBooks(client: Client): Promise<Books> {
  const known = new Set<string>()
  const fresh = async (): Promise<Entry[]> => {
    const { items } = await client.call(payRoutes.entries, { query: { limit: PAGE } })
    const unseen = items.filter(({ id }) => !known.has(id))
    for (const { id } of unseen) known.add(id)
    return unseen
  }
  await fresh()
  return { sinceLast: async () => sums(await fresh()) }
}

function sums(entries: readonly Entry[]): Moved[] {
  return Object.entries(TOLD).flatMap(([kind, { account, words }]) => {
    const gains = entries
      .filter((entry) => entry.kind === kind)
      .flatMap(({ postings }) => postings)
      .filter((posting) => posting.account.split(':')[0] === account && posting.amountMinor > 0)
    const currency = gains[0]?.currency
    if (currency === undefined) return []
    const amountMinor = gains.reduce((sum, posting) => sum + posting.amountMinor, 0)
    return [{ kind, amountMinor, currency, words: `${moneyWords(amountMinor, currency)} ${words}` }]
  })
}

export function moneyWords(amountMinor: number, currency: string): string {
  const digits = minorDigits(currency)
  return `${(amountMinor / 10 ** digits).toFixed(digits)} ${currency}`
}
