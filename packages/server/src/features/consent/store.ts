import type { Notice } from '@chiron/contract'
import type { Insertable, Selectable } from 'kysely'
import type { Consent } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type ConsentRow = Selectable<Consent>
export type NoticeBody = Pick<Notice, 'purpose' | 'recipients' | 'retentionDays' | 'afterTraining'>

export interface NoticeRow extends NoticeBody {
  workspaceId: string
  campaignId: string
  version: number
}

/** Does nothing when this version stands already. */
export const insertNotice = (
  tx: Tx,
  row: { workspace_id: string; campaign_id: string; version: number; body: NoticeBody; created_at: Date },
) =>
  tx
    .insertInto('notice')
    .values({ ...row, body: JSON.stringify(row.body) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** The notice people are shown now. */
export async function latestNotice(tx: Tx, campaignId: string): Promise<NoticeRow | undefined> {
  const row = await tx
    .selectFrom('notice')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const body = row.body as unknown as NoticeBody
  return { ...body, workspaceId: row.workspace_id, campaignId: row.campaign_id, version: row.version }
}

/** Every version of a campaign's notice, first to last. */
export async function noticesOf(tx: Tx, campaignId: string): Promise<NoticeRow[]> {
  const rows = await tx
    .selectFrom('notice')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .orderBy('version')
    .execute()
  return rows.map((row) => ({
    ...(row.body as unknown as NoticeBody),
    workspaceId: row.workspace_id,
    campaignId: row.campaign_id,
    version: row.version,
  }))
}

export interface ConsentOf {
  workspaceId: string
  campaignId: string
  workerId: string
  noticeVersion: number
}

/** What this worker answered last to this version of the notice. */
export const lockLatestConsent = (tx: Tx, { workspaceId, campaignId, workerId, noticeVersion }: ConsentOf) =>
  tx
    .selectFrom('consent')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('worker_id', '=', workerId)
    .where('notice_version', '=', noticeVersion)
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

/** False when an answer to this notice was opened at the same moment. */
export async function insertConsent(tx: Tx, row: Insertable<Consent>): Promise<boolean> {
  const inserted = await tx
    .insertInto('consent')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

export const lockConsent = (tx: Tx, workspaceId: string, consentId: string) =>
  tx
    .selectFrom('consent')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', consentId)
    .forUpdate()
    .executeTakeFirst()

type Change = Partial<
  Pick<ConsentRow, 'state' | 'given_at' | 'ended_at' | 'expires_at' | 'receipt_hash' | 'updated_at'> & {
    receipt: string
  }
>

export const updateConsent = (tx: Tx, row: Pick<ConsentRow, 'workspace_id' | 'id'>, change: Change) =>
  tx
    .updateTable('consent')
    .set(change)
    .where('workspace_id', '=', row.workspace_id)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()

interface Attested {
  workspaceId: string
  campaignId: string
  by: string | null
  noticeVersion: number
}

export const readAttested = (tx: Tx, { workspaceId, campaignId, by, noticeVersion }: Attested) =>
  tx
    .selectFrom('consent')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('worker_id', 'is', null)
    .where('attested_by', 'is not distinct from', by)
    .where('notice_version', '=', noticeVersion)
    .where('state', 'in', ['given', 'renewed'])
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

/** A worker's own consent, wherever it was given. */
export const readOwnConsent = (tx: Tx, workerId: string, consentId: string) =>
  tx
    .selectFrom('consent')
    .selectAll()
    .where('worker_id', '=', workerId)
    .where('id', '=', consentId)
    .executeTakeFirst()

export const consentsOf = (tx: Tx, workerId: string) =>
  tx.selectFrom('consent').selectAll().where('worker_id', '=', workerId).orderBy('id').execute()

/** A worker's consents to a campaign, held against whoever would end them until the transaction ends. */
export const shareConsents = (
  tx: Tx,
  { campaignId, workerId }: { campaignId: string; workerId: string },
): Promise<ConsentRow[]> =>
  tx
    .selectFrom('consent')
    .selectAll()
    .where('worker_id', '=', workerId)
    .where('campaign_id', '=', campaignId)
    .orderBy('id')
    .forShare()
    .execute()

export const consentsById = (tx: Tx, workspaceId: string, ids: readonly string[]) =>
  tx
    .selectFrom('consent')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute()

export const dueConsents = (tx: Tx, workspaceId: string, now: Date, limit: number) =>
  tx
    .selectFrom('consent')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', 'in', ['given', 'renewed'])
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
