import { z } from 'zod'
import { route } from './route.ts'
import { currency, id, instant, localized, money, page, pageQuery } from './wire.ts'

export const earningLine = z.object({
  entryId: id,
  at: instant,
  what: z.enum(['pending', 'accepted', 'bonus', 'payout', 'void']),
  amountMinor: z.int(),
  currency,
  campaignTitle: localized.nullable(),
  workspaceName: z.string(),
  submissionId: id.nullable(),
  recordId: id.nullable(),
})

export const entry = z.object({
  id,
  at: instant,
  kind: z.string(),
  /** Account name → signed minor units; they sum to zero. */
  postings: z.array(z.object({ account: z.string(), amountMinor: z.int(), currency })),
  ref: z.string().nullable(),
})
export type Entry = z.infer<typeof entry>

export const payout = z.object({
  id,
  workerPseudonym: z.string(),
  amountMinor: z.int(),
  currency,
  state: z.enum(['requested', 'paid', 'failed']),
  requestedAt: instant,
  settledAt: instant.nullable(),
})

export const payRoutes = {
  earnings: route({
    method: 'GET',
    path: '/api/worker/earnings',
    who: 'worker',
    summary: 'My balance, line by line.',
    query: pageQuery,
    reply: z.object({
      balances: z.array(
        z.object({ currency, availableMinor: z.int(), pendingMinor: z.int(), paidOutMinor: z.int() }),
      ),
      lines: page(earningLine),
    }),
  }),
  requestPayout: route({
    method: 'POST',
    path: '/api/worker/payouts',
    who: 'worker',
    summary: 'Ask for money from the balance.',
    body: z.object({ id, workspaceId: id, amount: money }),
    reply: payout,
  }),
  overview: route({
    method: 'GET',
    path: '/api/pay',
    who: 'member',
    summary: 'Funds, escrow by campaign, what is owed to workers.',
    reply: z.object({
      funds: z.array(z.object({ currency, amountMinor: z.int() })),
      escrow: z.array(
        z.object({
          campaignId: id,
          campaignTitle: localized,
          currency,
          heldMinor: z.int(),
          pendingMinor: z.int(),
          spentMinor: z.int(),
        }),
      ),
      owed: z.array(z.object({ currency, amountMinor: z.int() })),
      payouts: z.array(payout),
      sumsToZero: z.boolean(),
    }),
  }),
  fund: route({
    method: 'POST',
    path: '/api/pay/funds',
    who: 'member',
    summary: 'Record money put in for campaigns.',
    body: z.object({ id, amount: money, reference: z.string().trim().min(1).max(140) }),
    reply: entry,
  }),
  entries: route({
    method: 'GET',
    path: '/api/pay/entries',
    who: 'member',
    summary: 'The ledger, newest first.',
    query: pageQuery.extend({ campaignId: id.optional() }),
    reply: page(entry),
  }),
  settlePayout: route({
    method: 'POST',
    path: '/api/pay/payouts/:payoutId/settle',
    who: 'member',
    summary: 'Say that a payout was paid, or failed.',
    params: z.object({ payoutId: id }),
    body: z.object({ outcome: z.enum(['paid', 'failed']), reference: z.string().max(140) }),
    reply: payout,
  }),
}
