import type { Posting } from '@chiron/core/pay'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, type Tx, write } from '../../platform/tx.ts'
import { appendEntry, type EntryDraft, holdAccounts, type Ledger } from './ledger.ts'
import { type EntryRow, findEntry } from './store.ts'

interface EntryOrder extends Omit<EntryDraft, 'postings' | 'purposeKey'> {
  /** `pay.hold` and the like: the record that tells of it. */
  action: string
  /** For ever: a second entry for the same purpose is never posted. May be told by what the accounts hold. */
  purposeKey: string | ((ledger: Ledger) => string)
  /** Whose money it is about, who may read and prove the record. */
  workerId: string | null
  /** Accounts to hold: all that `postings` may touch. */
  sides: readonly Pick<Posting, 'account' | 'currency'>[]
  /** What to post, now that nobody else can change what the accounts hold; null when there is nothing to do. */
  postings(tx: Tx, ledger: Ledger): Promise<readonly Posting[] | null>
}

/**
 * Posts one entry, once: repeated or at the same moment, the same purpose is posted a single time (PAY-9). Returns
 * the entry that stands, or undefined where there was nothing to do. Refuses `not-enough-funds`.
 */
export function postEntry(ctx: Ctx, order: EntryOrder): Promise<EntryRow | undefined> {
  return write(ctx, async (tx) => {
    may(ctx, order.action)
    const { action, workerId, campaignId, submissionId } = order
    const ledger = await holdAccounts(tx, ctx, order.sides)
    const purposeKey = typeof order.purposeKey === 'string' ? order.purposeKey : order.purposeKey(ledger)
    const standing = await findEntry(tx, workspaceOf(ctx), purposeKey)
    const postings = standing ? null : await order.postings(tx, ledger)
    if (postings === null) {
      recordNothing(tx)
      return standing
    }
    const id = newId(ctx.deps.clock)
    const amountMinor = postings.reduce((sum, posting) => sum + Math.max(0, posting.amountMinor), 0)
    const recordId = await record(tx, ctx, action, {
      subject: { kind: 'entry', id },
      workerId,
      campaignId,
      submissionId,
      amountMinor,
      currency: postings[0]?.currency,
    })
    return appendEntry(tx, ctx, { ledger, draft: { ...order, purposeKey, postings }, recordId, id })
  })
}
