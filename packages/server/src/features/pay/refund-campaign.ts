import { postRefund } from '@chiron/core/pay'
import type { Ctx } from '../../platform/context.ts'
import { heldIn, placeIn, side } from './ledger.ts'
import { postEntry } from './post-entry.ts'

interface Refund {
  campaignId: string
  currency: string
  /** What must stay for work that is under way and for appeals that may still be made. */
  reservedMinor: number
}

/**
 * Returns what a closed campaign no longer needs from its escrow to the funds. Repeated it moves nothing more, until
 * something has come back to the escrow or the reserve has become smaller.
 */
export async function refundEscrow(ctx: Ctx, { campaignId, currency, reservedMinor }: Refund): Promise<void> {
  const [funds, escrow] = [side.funds(currency), side.escrow(campaignId, currency)]
  await postEntry(ctx, {
    action: 'pay.refund',
    purposeKey: (ledger) => `refund:${campaignId}:${placeIn(ledger, escrow)}`,
    kind: 'refund',
    campaignId,
    submissionId: null,
    workerId: null,
    reference: null,
    sides: [funds, escrow],
    postings: async (_tx, ledger) => {
      const amountMinor = heldIn(ledger, escrow) - reservedMinor
      return amountMinor > 0 ? postRefund({ campaignId, amount: { amountMinor, currency } }) : null
    },
  })
}
