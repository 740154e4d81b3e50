import type { Entry, Money } from '@chiron/contract'
import { postFund } from '@chiron/core/pay'
import type { Ctx } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { side } from './ledger.ts'
import { entriesShown } from './list-entries.ts'
import { postEntry } from './post-entry.ts'
import type { EntryRow } from './store.ts'

export interface Funding {
  /** The sender's id: the same again is the same money. */
  id: string
  amount: Money
  reference: string
}

/** Records money that the team put in. Refuses `bad-input`, and `idempotency-mismatch` for other money under a used id. */
export async function fund(ctx: Ctx, { id, amount, reference }: Funding): Promise<Entry> {
  if (amount.amountMinor <= 0) refuse('bad-input', 'Put in an amount above zero.', { field: 'amount' })
  const { currency } = amount
  const entry = await postEntry(ctx, {
    action: 'pay.fund',
    purposeKey: `fund:${id}`,
    kind: 'fund',
    campaignId: null,
    submissionId: null,
    workerId: null,
    reference,
    sides: [side.external(currency), side.funds(currency)],
    postings: async () => postFund({ amount }),
  })
  const [shown] = await read(ctx, (tx) => entriesShown(tx, ctx, [entry as EntryRow]))
  const funds = shown?.postings.find(({ account }) => account === 'funds')
  if (!shown || funds?.amountMinor !== amount.amountMinor || funds.currency !== currency) {
    return refuse(
      'idempotency-mismatch',
      'This id was used for another amount. Use a new id for new money.',
      { id },
    )
  }
  return shown
}
