import { postPayoutFailed, postPayoutPaid } from '@chiron/core/pay'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { appendEntry, holdAccounts } from './ledger.ts'
import { lockPayout, type PayoutRow, settlePayoutRow } from './store.ts'

export interface PayoutOutcome {
  outcome: 'paid' | 'failed'
  /** What the bank calls it. */
  reference: string
}

/** Says what the bank did: paid, or the money is back in the worker's balance. The same again changes nothing. */
export function settlePayout(
  ctx: Ctx,
  id: string,
  { outcome, reference }: PayoutOutcome,
): Promise<PayoutRow> {
  return write(ctx, async (tx) => {
    may(ctx, 'payout.settle')
    const workspaceId = workspaceOf(ctx)
    const payout = found(await lockPayout(tx, workspaceId, id), 'payout')
    if (payout.state === outcome) {
      recordNothing(tx)
      return payout
    }
    if (payout.state !== 'requested') refuse('wrong-state', `This payout is ${payout.state} already.`)
    const { worker_id: workerId, amount_minor: amountMinor, currency } = payout
    const recordId = await record(tx, ctx, 'payout.settle', {
      subject: { kind: 'payout', id },
      workerId,
      outcome,
      amountMinor,
      currency,
    })
    const move = { workerId, amount: { amountMinor, currency } }
    const postings = outcome === 'paid' ? postPayoutPaid(move) : postPayoutFailed(move)
    const ledger = await holdAccounts(tx, ctx, postings)
    const draft = {
      purposeKey: `payout:${id}:${outcome}`,
      kind: `payout-${outcome}`,
      campaignId: null,
      submissionId: null,
      reference: id,
      postings,
    }
    await appendEntry(tx, ctx, { ledger, draft, recordId })
    return settlePayoutRow(tx, { workspaceId, id, state: outcome, reference, at: ctx.deps.clock.now() })
  })
}
