import { type ConsentEvent, consentNext, requestConsent } from '@chiron/core/consent'
import { assert, type WorkspaceId } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { consentOfRow } from './consent-core.ts'
import { makeReceipt } from './make-receipt.ts'
import * as store from './store.ts'

const DAY_MS = 86_400_000

interface Decision {
  campaignId: string
  noticeVersion: number
  decision: 'given' | 'refused'
  locale: string
}

/**
 * A worker says yes or no to what they were shown. A yes lasts as long as the recordings may be kept. Refuses
 * `terms-changed` when the notice shown is no longer the one that counts. Repeating changes nothing.
 */
export async function decideConsent(ctx: Ctx, decision: Decision): Promise<string> {
  const notice = found(await read(ctx, (tx) => store.latestNotice(tx, decision.campaignId)), 'campaign')
  if (notice.version !== decision.noticeVersion)
    refuse('terms-changed', 'What the recordings are for has changed since. Please read it again.', {
      noticeVersion: notice.version,
    })
  const inside = inWorkspace(ctx, notice.workspaceId as WorkspaceId)
  return write(inside, async (tx) => {
    may(inside, 'consent.decide')
    const row = await openConsent(tx, inside, notice, decision)
    const now = inside.deps.clock.now()
    const next = consentNext(consentOfRow(row), eventOf(decision, notice, now))
    if (next.kind === 'refused')
      return refuse('wrong-state', REASONS[next.code] ?? next.code, { code: next.code })
    if (next.kind === 'unchanged') {
      recordNothing(tx)
      return row.id
    }
    const isGiven = next.consent.state === 'given'
    const expires_at = next.consent.expiresMs === null ? null : new Date(next.consent.expiresMs)
    const given = { ...row, state: next.consent.state, given_at: isGiven ? now : null, expires_at }
    const receipt = isGiven ? await makeReceipt(tx, inside, given, notice) : undefined
    await store.updateConsent(tx, row, {
      state: given.state,
      given_at: given.given_at,
      expires_at,
      updated_at: now,
      ...(receipt ? { receipt: JSON.stringify(receipt.receipt), receipt_hash: receipt.hash } : {}),
    })
    await record(tx, inside, 'consent.decide', {
      subject: { kind: 'consent', id: row.id },
      campaignId: decision.campaignId,
      noticeVersion: decision.noticeVersion,
      state: given.state,
      receiptHash: receipt?.hash ?? null,
    })
    return row.id
  })
}

const REASONS: Record<string, string> = {
  'consent-already-given': 'You have agreed already. To take it back, withdraw your consent under “My data”.',
}

function eventOf({ decision }: Decision, notice: store.NoticeRow, now: Date): ConsentEvent {
  const atMs = now.getTime()
  if (decision === 'refused') return { kind: 'refused', atMs }
  return { kind: 'given', atMs, expiresMs: atMs + notice.retentionDays * DAY_MS }
}

/** The row to decide on: the open one, or a new one where there is none or the last was refused or has ended. */
async function openConsent(
  tx: Tx,
  ctx: Ctx,
  notice: store.NoticeRow,
  decision: Decision,
): Promise<store.ConsentRow> {
  const { actor, deps } = ctx
  assert(actor.kind === 'worker', 'the route lets workers in only')
  const { workspaceId, campaignId, version: noticeVersion } = notice
  const key = { workspaceId, campaignId, workerId: actor.id, noticeVersion }
  const last = await store.lockLatestConsent(tx, key)
  const isOpen =
    last &&
    (last.state === decision.decision || ['requested', 'deferred', 'given', 'renewed'].includes(last.state))
  if (isOpen) return last
  await store.insertConsent(tx, {
    workspace_id: workspaceId,
    id: newId(deps.clock),
    campaign_id: campaignId,
    worker_id: actor.id,
    notice_version: noticeVersion,
    state: requestConsent({ noticeVersion, purposes: [campaignId] }).state,
    locale: decision.locale,
    updated_at: deps.clock.now(),
  })
  const opened = await store.lockLatestConsent(tx, key)
  assert(opened !== undefined, 'an answer was just opened, by us or by the same worker elsewhere')
  return opened
}
