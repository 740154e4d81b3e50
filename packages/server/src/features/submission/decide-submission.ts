import type { reason } from '@chiron/contract'
import type { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { type Key, lockSubmission, type SubmissionRow, UNDECIDED, updateState } from './store.ts'

export type Reason = z.infer<typeof reason>

export interface Decision {
  state: 'accepted' | 'returned' | 'rejected' | 'frozen'
  /** The member who decided; null where checks, consensus or a due date did. */
  decidedBy: string | null
  reasons: readonly Reason[]
}

/**
 * Writes what became of an answer, in the caller's transaction; the caller records `submission.decide` with
 * `decisionFacts`. Undefined when nothing changes: an accepted answer stays accepted (its pay is earned), and only a
 * member's later word changes a return or a rejection.
 */
export async function decideSubmission(
  tx: Tx,
  ctx: Ctx,
  key: Key,
  decision: Decision,
): Promise<SubmissionRow | undefined> {
  const row = await lockSubmission(tx, key)
  if (!row || !mayBecome(row, decision)) return undefined
  return updateState(tx, key, {
    state: decision.state,
    decided_at: ctx.deps.clock.now(),
    decided_by: decision.decidedBy,
    reasons: JSON.stringify(decision.reasons),
  })
}

function mayBecome(row: SubmissionRow, { state }: Decision): boolean {
  const before = row.state as SubmissionRow['state']
  if (before === state) return false
  if ((UNDECIDED as readonly string[]).includes(before)) return true
  return (before === 'returned' || before === 'rejected') && state !== 'frozen'
}

/** What a record says about a decided or submitted answer: ids, codes and amounts, no words. */
export const decisionFacts = (row: SubmissionRow) => ({
  subject: { kind: 'submission', id: row.id },
  workerId: row.worker_id,
  submissionId: row.id,
  state: row.state,
  kind: row.kind,
  attempt: row.attempt,
  taskId: row.task_id,
  campaignId: row.campaign_id,
  episodeId: row.episode_id,
  termsVersion: row.terms_version,
  payMinor: row.pay_minor,
  currency: row.currency,
  decidedBy: row.decided_by,
  reasonCodes: (row.reasons as Reason[]).map(({ code }) => code),
})

/** Says that an undecided answer now waits for others, or for a member. */
export async function moveSubmission(tx: Tx, key: Key, state: 'waiting' | 'review'): Promise<boolean> {
  const row = await lockSubmission(tx, key)
  if (!row || row.state === state || !(UNDECIDED as readonly string[]).includes(row.state)) return false
  await updateState(tx, key, { state })
  return true
}
