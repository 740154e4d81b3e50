import { type Money, postAccept, postEscrow, postHold, postTopUp, postVoid } from '@chiron/core/pay'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { heldIn, type Ledger, side } from './ledger.ts'
import { postEntry } from './post-entry.ts'
import { postedKeys } from './store.ts'

/** One piece of work with its pay, and what is decided about it. */
export interface Work {
  submissionId: string
  campaignId: string
  workerId: string
  amount: Money
  /** `accepted` stands for ever; `unpaid` may still become accepted by an appeal. */
  outcome: 'undecided' | 'accepted' | 'unpaid'
}

/**
 * Brings the ledger to what is decided about a piece of work: its pay set aside, then the worker's or the campaign's
 * again. In any order and however often it is called, each step is posted once (PAY-9).
 */
export async function settleWork(ctx: Ctx, work: Work): Promise<void> {
  if (work.amount.amountMinor === 0) return
  await hold(ctx, work)
  if (work.outcome === 'accepted') await accept(ctx, work)
  if (work.outcome === 'unpaid') await giveBack(ctx, work)
}

const keyOf = (step: 'hold' | 'accept' | 'void', { submissionId }: Work) => `${step}:${submissionId}`

function sidesOf({ campaignId, workerId, amount: { currency } }: Work) {
  return {
    funds: side.funds(currency),
    escrow: side.escrow(campaignId, currency),
    pending: side.pending(workerId, currency),
    balance: side.balance(workerId, currency),
  }
}

const orderOf = ({ campaignId, submissionId, workerId }: Work) => ({
  campaignId,
  submissionId,
  workerId,
  reference: null,
})

/** Work that arrived is paid for, so its pay is set aside whatever the escrow holds: what lacks comes from the funds. */
async function hold(ctx: Ctx, work: Work): Promise<void> {
  const { funds, escrow, pending } = sidesOf(work)
  await postEntry(ctx, {
    ...orderOf(work),
    action: 'pay.hold',
    purposeKey: keyOf('hold', work),
    kind: 'hold',
    sides: [funds, escrow, pending],
    postings: async (_tx, ledger) => [...missingEscrow(ledger, work), ...postHold(work)],
  })
}

async function accept(ctx: Ctx, work: Work): Promise<void> {
  const { funds, escrow, pending, balance } = sidesOf(work)
  await postEntry(ctx, {
    ...orderOf(work),
    action: 'pay.accept',
    purposeKey: keyOf('accept', work),
    kind: 'accept',
    sides: [funds, escrow, pending, balance],
    // After a rejection the money is the campaign's again: an appeal brings it back from there (WR-17).
    postings: async (tx, ledger) =>
      (await isPosted(tx, ctx, keyOf('void', work)))
        ? [...missingEscrow(ledger, work), ...postTopUp(work)]
        : postAccept(work),
  })
}

async function giveBack(ctx: Ctx, work: Work): Promise<void> {
  const { escrow, pending } = sidesOf(work)
  await postEntry(ctx, {
    ...orderOf(work),
    action: 'pay.void',
    purposeKey: keyOf('void', work),
    kind: 'void',
    sides: [escrow, pending],
    // A late word of an earlier rejection: what was accepted since is never taken back.
    postings: async (tx) => ((await isPosted(tx, ctx, keyOf('accept', work))) ? null : postVoid(work)),
  })
}

const isPosted = async (tx: Tx, ctx: Ctx, purposeKey: string): Promise<boolean> =>
  (await postedKeys(tx, workspaceOf(ctx), [purposeKey])).has(purposeKey)

function missingEscrow(ledger: Ledger, { campaignId, amount }: Work) {
  const missingMinor = amount.amountMinor - heldIn(ledger, side.escrow(campaignId, amount.currency))
  if (missingMinor <= 0) return []
  return postEscrow({ campaignId, amount: { amountMinor: missingMinor, currency: amount.currency } })
}
