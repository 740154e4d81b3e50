import { type Consent, type ConsentState, isValid } from '@chiron/core/consent'
import type { ConsentRow } from './store.ts'

const msOf = (at: Date | null): number | null => at?.getTime() ?? null

/** The row as core reads it. A consent covers one purpose: that of its campaign. */
export const consentOfRow = (row: ConsentRow): Consent => ({
  state: row.state as ConsentState,
  noticeVersion: row.notice_version,
  purposes: [row.campaign_id],
  givenMs: msOf(row.given_at),
  renewedMs: null,
  expiresMs: msOf(row.expires_at),
  endedMs: msOf(row.ended_at),
})

/** A consent as later features see it. */
export interface ConsentView {
  id: string
  workspaceId: string
  campaignId: string
  /** Null where the team has attested its rights to imported video. */
  workerId: string | null
  basis: 'consent' | 'attested'
  state: ConsentState
  noticeVersion: number
  givenAt: Date | null
  endedAt: Date | null
  expiresAt: Date | null
  receiptHash: string | null
  /** Whether it allows its campaign's purpose at this moment; decided by core, fails closed. */
  holds(now: Date): boolean
}

export const viewOf = (row: ConsentRow): ConsentView => ({
  id: row.id,
  workspaceId: row.workspace_id,
  campaignId: row.campaign_id,
  workerId: row.worker_id,
  basis: row.basis as ConsentView['basis'],
  state: row.state as ConsentState,
  noticeVersion: row.notice_version,
  givenAt: row.given_at,
  endedAt: row.ended_at,
  expiresAt: row.expires_at,
  receiptHash: row.receipt_hash,
  holds: (now) => isValid(consentOfRow(row), now.getTime(), row.campaign_id),
})
