import { assert, compareStrings } from '../kit/index.ts'
import type { Money } from './money.ts'
import { assertMoney } from './money.ts'

/** One side of a double entry: what the account gains (above 0) or loses (below 0). */
export type Posting = { readonly account: string; readonly amountMinor: number; readonly currency: string }

export const MAX_POSTINGS_PER_ENTRY = 1000

/**
 * The accounts of one workspace's ledger. `external` is the world outside: it goes below zero by what came
 * in. `payout` holds what a worker asked for until the bank has answered.
 */
export const account = {
  external: 'external',
  funds: 'funds',
  escrow: (campaignId: string) => `escrow:${campaignId}`,
  pending: (workerId: string) => `pending:${workerId}`,
  balance: (workerId: string) => `balance:${workerId}`,
  payout: (workerId: string) => `payout:${workerId}`,
} as const

/** A move of money above zero from one account to another, as two postings. */
function move(from: string, to: string, amount: Money): Posting[] {
  assertMoney(amount)
  assert(amount.amountMinor > 0, 'a move has an amount above zero')
  assert(from !== to, 'a move has two accounts')
  const { amountMinor, currency } = amount
  return [
    { account: from, amountMinor: -amountMinor, currency },
    { account: to, amountMinor, currency },
  ]
}

type CampaignMove = { readonly campaignId: string; readonly amount: Money }
type WorkerMove = { readonly workerId: string; readonly amount: Money }

/** The team puts money in. */
export function postFund(fund: { amount: Money }): Posting[] {
  return move(account.external, account.funds, fund.amount)
}

/** WR-2: a campaign's pay is set aside before it publishes, and again when it grows. */
export function postEscrow(escrow: CampaignMove): Posting[] {
  return move(account.funds, account.escrow(escrow.campaignId), escrow.amount)
}

/** A submission arrived: its pay is set aside for the worker. */
export function postHold(hold: CampaignMove & WorkerMove): Posting[] {
  return move(account.escrow(hold.campaignId), account.pending(hold.workerId), hold.amount)
}

/** The work is accepted: what was set aside is the worker's. */
export function postAccept(hold: WorkerMove): Posting[] {
  return move(account.pending(hold.workerId), account.balance(hold.workerId), hold.amount)
}

/** The work is not paid for: what was set aside returns to the campaign. */
export function postVoid(hold: CampaignMove & WorkerMove): Posting[] {
  return move(account.pending(hold.workerId), account.escrow(hold.campaignId), hold.amount)
}

/** Money on top of the agreed pay: a raise (WR-8), a top-up to the floor (WR-6), an upheld appeal (WR-17). */
export function postTopUp(topUp: CampaignMove & WorkerMove): Posting[] {
  return move(account.escrow(topUp.campaignId), account.balance(topUp.workerId), topUp.amount)
}

/** The campaign is over: what is left of its escrow returns to the team's funds. */
export function postRefund(refund: CampaignMove): Posting[] {
  return move(account.escrow(refund.campaignId), account.funds, refund.amount)
}

/** A worker asks for money: it leaves the balance and waits for the bank. */
export function postPayoutRequest(payout: WorkerMove): Posting[] {
  return move(account.balance(payout.workerId), account.payout(payout.workerId), payout.amount)
}

/** The bank paid the worker. */
export function postPayoutPaid(payout: WorkerMove): Posting[] {
  return move(account.payout(payout.workerId), account.external, payout.amount)
}

/** The bank did not pay: the money is back in the worker's balance. */
export function postPayoutFailed(payout: WorkerMove): Posting[] {
  return move(account.payout(payout.workerId), account.balance(payout.workerId), payout.amount)
}

/** What the postings add up to per currency, sorted by currency: all zero in a sound entry. */
export function sumByCurrency(postings: readonly Posting[]): { currency: string; sumMinor: bigint }[] {
  const sums = new Map<string, bigint>()
  for (const posting of postings) {
    assertMoney(posting)
    sums.set(posting.currency, (sums.get(posting.currency) ?? 0n) + BigInt(posting.amountMinor))
  }
  const sorted = [...sums].sort(([a], [b]) => compareStrings(a, b))
  return sorted.map(([currency, sumMinor]) => ({ currency, sumMinor }))
}

/** Stops unless the postings are one sound entry: two or more, none zero, summing to 0 per currency. */
export function assertBalanced(postings: readonly Posting[]): void {
  assert(postings.length >= 2, 'an entry has at least two postings')
  assert(postings.length <= MAX_POSTINGS_PER_ENTRY, 'an entry has too many postings')
  assert(
    postings.every((posting) => posting.amountMinor !== 0),
    'a posting moves something',
  )
  for (const { currency, sumMinor } of sumByCurrency(postings)) {
    assert(sumMinor === 0n, `postings in ${currency} sum to ${sumMinor}, not to zero`)
  }
}
