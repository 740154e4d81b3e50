import type { Money } from '@chiron/contract'
import { assert, type WorkspaceId } from '@chiron/core/kit'
import { postPayoutRequest } from '@chiron/core/pay'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { refuse } from '../../platform/refuse.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { appendEntry, holdAccounts, side } from './ledger.ts'
import { findPayout, insertPayout, type PayoutRow, workerSums } from './store.ts'

export interface PayoutRequest {
  /** The sender's id: the same again is the same payout. */
  id: string
  workspaceId: string
  amount: Money
}

/**
 * Takes money out of a worker's balance to be paid. Two at once never take more than there is (PAY-10). Refuses
 * `not-enough-funds`, `bad-input`, and `idempotency-mismatch` for another amount under a used id.
 */
export async function requestPayout(ctx: Ctx, request: PayoutRequest): Promise<PayoutRow> {
  const { actor } = ctx
  assert(actor.kind === 'worker', 'the route lets workers in only')
  const { id, amount } = request
  const { amountMinor, currency } = amount
  if (amountMinor <= 0) refuse('bad-input', 'Ask for an amount above zero.', { field: 'amount' })
  // Under the worker's own policy: a balance that is not theirs is not there.
  const own = await read(ctx, (tx) => workerSums(tx, actor.id))
  const earned = own.some((sum) => sum.workspaceId === request.workspaceId && sum.currency === currency)
  if (!earned) refuse('not-enough-funds', 'There is no balance of yours with this team in this currency yet.')
  const inside = inWorkspace(ctx, request.workspaceId as WorkspaceId)
  return write(inside, async (tx) => {
    may(inside, 'payout.request')
    const sides = [side.balance(actor.id, currency), side.payout(actor.id, currency)]
    const ledger = await holdAccounts(tx, inside, sides)
    const standing = await findPayout(tx, request.workspaceId, id)
    if (standing) {
      recordNothing(tx)
      return sameRequest(standing, { workerId: actor.id, amount })
    }
    const recordId = await record(tx, inside, 'payout.request', {
      subject: { kind: 'payout', id },
      amountMinor,
      currency,
    })
    const postings = postPayoutRequest({ workerId: actor.id, amount })
    const draft = {
      purposeKey: `payout:${id}`,
      kind: 'payout-request',
      campaignId: null,
      submissionId: null,
      reference: id,
      postings,
    }
    await appendEntry(tx, inside, { ledger, draft, recordId })
    return insertPayout(tx, {
      workspace_id: request.workspaceId,
      id,
      worker_id: actor.id,
      amount_minor: amountMinor,
      currency,
      state: 'requested',
      requested_at: ctx.deps.clock.now(),
    })
  })
}

function sameRequest(
  standing: PayoutRow,
  { workerId, amount }: { workerId: string; amount: Money },
): PayoutRow {
  const isSame =
    standing.worker_id === workerId &&
    standing.amount_minor === amount.amountMinor &&
    standing.currency === amount.currency
  return isSame
    ? standing
    : refuse('idempotency-mismatch', 'This id was used for another payout. Use a new id for a new one.')
}
