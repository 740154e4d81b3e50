import { type Insertable, type Selectable, sql } from 'kysely'
import type { Entry, Payout, Posting } from '../../platform/db/schema.ts'
import { isOneOf, type Tx } from '../../platform/tx.ts'

export type EntryRow = Selectable<Entry>
export type PayoutRow = Selectable<Payout>

export interface AccountKey {
  kind: string
  currency: string
  campaignId: string | null
  workerId: string | null
}
export interface AccountRow extends AccountKey {
  id: string
}

export async function findAccount(
  tx: Tx,
  workspaceId: string,
  key: AccountKey,
): Promise<AccountRow | undefined> {
  const row = await tx
    .selectFrom('account')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', key.kind)
    .where('currency', '=', key.currency)
    .where('campaign_id', key.campaignId === null ? 'is' : '=', key.campaignId)
    .where('worker_id', key.workerId === null ? 'is' : '=', key.workerId)
    .executeTakeFirst()
  return row && { ...key, id: row.id }
}

/** Opens an account unless another has meanwhile. */
export const openAccount = (tx: Tx, row: AccountRow & { workspaceId: string }) =>
  tx
    .insertInto('account')
    .values({
      workspace_id: row.workspaceId,
      id: row.id,
      kind: row.kind,
      currency: row.currency,
      campaign_id: row.campaignId,
      worker_id: row.workerId,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'kind', 'currency', 'campaign_id', 'worker_id']).doNothing(),
    )
    .execute()

export const lockAccounts = (tx: Tx, workspaceId: string, ids: readonly string[]) =>
  tx
    .selectFrom('account')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()

/** The last posting of each account that has one: its place, and what the account holds since. */
export async function lastPostings(
  tx: Tx,
  workspaceId: string,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, { place: number; balanceMinor: number }>> {
  const lasts = new Map<string, { place: number; balanceMinor: number }>()
  for (const accountId of accountIds) {
    const row = await tx
      .selectFrom('posting')
      .select(['place', 'balance_minor'])
      .where('workspace_id', '=', workspaceId)
      .where('account_id', '=', accountId)
      .orderBy('place', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row) lasts.set(accountId, { place: row.place, balanceMinor: row.balance_minor })
  }
  return lasts
}

export const findEntry = (tx: Tx, workspaceId: string, purposeKey: string): Promise<EntryRow | undefined> =>
  tx
    .selectFrom('entry')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('purpose_key', '=', purposeKey)
    .executeTakeFirst()

export const insertEntry = (tx: Tx, row: Insertable<Entry>): Promise<EntryRow> =>
  tx.insertInto('entry').values(row).returningAll().executeTakeFirstOrThrow()

export const insertPostings = (tx: Tx, rows: readonly Insertable<Posting>[]) =>
  tx
    .insertInto('posting')
    .values([...rows])
    .execute()

/** Which of these purposes have been posted. */
export async function postedKeys(
  tx: Tx,
  workspaceId: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set()
  const rows = await tx
    .selectFrom('entry')
    .select('purpose_key')
    .where('workspace_id', '=', workspaceId)
    .where('purpose_key', 'in', [...keys])
    .execute()
  return new Set(rows.map((row) => row.purpose_key))
}

/** What went into a campaign's escrow from the funds so far, less what returned; per currency. */
export async function escrowedMinor(
  tx: Tx,
  { workspaceId, campaignId, currency }: { workspaceId: string; campaignId: string; currency: string },
): Promise<number> {
  const row = await tx
    .selectFrom('posting as p')
    .innerJoin('account as a', (join) =>
      join.onRef('a.workspace_id', '=', 'p.workspace_id').onRef('a.id', '=', 'p.account_id'),
    )
    .innerJoin('entry as e', (join) =>
      join.onRef('e.workspace_id', '=', 'p.workspace_id').onRef('e.id', '=', 'p.entry_id'),
    )
    .select(sql<number>`coalesce(-sum(p.amount_minor), 0)::bigint`.as('sum'))
    .where('e.workspace_id', '=', workspaceId)
    .where('e.campaign_id', '=', campaignId)
    .where('a.kind', '=', 'funds')
    .where('p.currency', '=', currency)
    .executeTakeFirstOrThrow()
  return row.sum
}

export interface CampaignMoney {
  campaignId: string
  currency: string
  heldMinor: number
  pendingMinor: number
  spentMinor: number
}

/** Per campaign and currency: what its escrow holds, what waits for a decision, what was paid out of it. */
export async function campaignMoney(
  tx: Tx,
  workspaceId: string,
  campaignId?: string,
): Promise<CampaignMoney[]> {
  const rows = await tx
    .selectFrom('posting as p')
    .innerJoin('account as a', (join) =>
      join.onRef('a.workspace_id', '=', 'p.workspace_id').onRef('a.id', '=', 'p.account_id'),
    )
    .innerJoin('entry as e', (join) =>
      join.onRef('e.workspace_id', '=', 'p.workspace_id').onRef('e.id', '=', 'p.entry_id'),
    )
    .select((of) => [
      'e.campaign_id as campaignId',
      'p.currency',
      of.fn
        .coalesce(of.fn.sum<number>('p.amount_minor').filterWhere('a.kind', '=', 'escrow'), sql<number>`0`)
        .as('held'),
      of.fn
        .coalesce(of.fn.sum<number>('p.amount_minor').filterWhere('a.kind', '=', 'pending'), sql<number>`0`)
        .as('pending'),
      of.fn
        .coalesce(of.fn.sum<number>('p.amount_minor').filterWhere('a.kind', '=', 'balance'), sql<number>`0`)
        .as('spent'),
    ])
    .where('e.workspace_id', '=', workspaceId)
    .where('e.campaign_id', campaignId === undefined ? 'is not' : '=', campaignId ?? null)
    .groupBy(['e.campaign_id', 'p.currency'])
    .orderBy('e.campaign_id', 'desc')
    .orderBy('p.currency')
    .execute()
  return rows.map((row) => ({
    campaignId: row.campaignId as string,
    currency: row.currency,
    heldMinor: Number(row.held),
    pendingMinor: Number(row.pending),
    spentMinor: Number(row.spent),
  }))
}

/** What all accounts of each kind hold together, from the postings themselves. */
export async function sumsByKind(tx: Tx, workspaceId: string) {
  const rows = await tx
    .selectFrom('posting as p')
    .innerJoin('account as a', (join) =>
      join.onRef('a.workspace_id', '=', 'p.workspace_id').onRef('a.id', '=', 'p.account_id'),
    )
    .select((of) => ['a.kind', 'p.currency', of.fn.sum<string>('p.amount_minor').as('sum')])
    .where('p.workspace_id', '=', workspaceId)
    .groupBy(['a.kind', 'p.currency'])
    .orderBy('p.currency')
    .orderBy('a.kind')
    .execute()
  return rows.map(({ kind, currency, sum }) => ({ kind, currency, amountMinor: Number(sum) }))
}

/**
 * Adds the ledger up anew: every entry to zero, every account to what its last posting says, without a gap in its
 * places. Returns how many entries and accounts do not hold.
 */
export async function countBroken(tx: Tx, workspaceId: string): Promise<number> {
  const found = await sql<{ broken: number }>`select
    (select count(*) from (select from posting where workspace_id = ${workspaceId}
      group by entry_id, currency having sum(amount_minor) <> 0) e)
    + (select count(*) from (select account_id from posting where workspace_id = ${workspaceId}
      group by account_id having count(*) <> max(place)
        or sum(amount_minor) <> (array_agg(balance_minor order by place desc))[1]) a) as broken`.execute(tx)
  return found.rows[0]?.broken ?? 0
}

interface EntryPage {
  workspaceId: string
  campaignId?: string | undefined
  search?: string | undefined
  after?: string | undefined
  limit: number
}

/** Newest first; `after` is the id of the last entry of the page before. */
export function listEntryRows(tx: Tx, { workspaceId, campaignId, search, after, limit }: EntryPage) {
  let query = tx
    .selectFrom('entry')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id', 'desc')
    .limit(limit)
  if (campaignId) query = query.where('campaign_id', '=', campaignId)
  if (search) query = query.where((of) => of.or([of('kind', '=', search), of('reference', '=', search)]))
  if (after) query = query.where('id', '<', after)
  return query.execute()
}

/** The postings of these entries with the accounts they are to. */
export const postingsOf = (tx: Tx, workspaceId: string, entryIds: readonly string[]) =>
  tx
    .selectFrom('posting as p')
    .innerJoin('account as a', (join) =>
      join.onRef('a.workspace_id', '=', 'p.workspace_id').onRef('a.id', '=', 'p.account_id'),
    )
    .select([
      'p.entry_id as entryId',
      'p.amount_minor as amountMinor',
      'p.currency',
      'a.kind',
      'a.campaign_id as campaignId',
      'a.worker_id as workerId',
    ])
    .where('p.workspace_id', '=', workspaceId)
    .where(isOneOf('p.entry_id', entryIds))
    .orderBy('p.amount_minor')
    .orderBy('a.kind')
    .execute()

/** A worker's own postings that change what they see, newest first, over all workspaces. */
export function listEarningRows(
  tx: Tx,
  workerId: string,
  page: { after?: string | undefined; limit: number },
) {
  let query = tx
    .selectFrom('posting as p')
    .innerJoin('account as a', (join) =>
      join.onRef('a.workspace_id', '=', 'p.workspace_id').onRef('a.id', '=', 'p.account_id'),
    )
    .innerJoin('entry as e', (join) =>
      join.onRef('e.workspace_id', '=', 'p.workspace_id').onRef('e.id', '=', 'p.entry_id'),
    )
    .select([
      'e.id as entryId',
      'e.at',
      'e.kind',
      'e.workspace_id as workspaceId',
      'e.campaign_id as campaignId',
      'e.submission_id as submissionId',
      'e.record_id as recordId',
      'p.amount_minor as amountMinor',
      'p.currency',
    ])
    .where('p.worker_id', '=', workerId)
    // One line an entry: an acceptance moves from pending to balance, a payout from balance on.
    .where((of) =>
      of.or([
        of('a.kind', '=', 'balance'),
        of.and([of('a.kind', '=', 'pending'), of('e.kind', '<>', 'accept')]),
      ]),
    )
    .orderBy('e.id', 'desc')
    .limit(page.limit)
  if (page.after) query = query.where('e.id', '<', page.after)
  return query.execute()
}

/** What a worker's accounts hold, per workspace and currency. */
export const workerSums = (tx: Tx, workerId: string) =>
  tx
    .selectFrom('posting as p')
    .innerJoin('account as a', (join) =>
      join.onRef('a.workspace_id', '=', 'p.workspace_id').onRef('a.id', '=', 'p.account_id'),
    )
    .select((of) => [
      'a.kind',
      'p.workspace_id as workspaceId',
      'p.currency',
      of.fn.sum<string>('p.amount_minor').as('sum'),
    ])
    .where('p.worker_id', '=', workerId)
    .groupBy(['a.kind', 'p.workspace_id', 'p.currency'])
    .execute()

export const insertPayout = (tx: Tx, row: Insertable<Payout>): Promise<PayoutRow> =>
  tx.insertInto('payout').values(row).returningAll().executeTakeFirstOrThrow()

export const findPayout = (tx: Tx, workspaceId: string, id: string): Promise<PayoutRow | undefined> =>
  tx
    .selectFrom('payout')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

export const lockPayout = (tx: Tx, workspaceId: string, id: string): Promise<PayoutRow | undefined> =>
  tx
    .selectFrom('payout')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

interface Settled {
  workspaceId: string
  id: string
  state: 'paid' | 'failed'
  reference: string
  at: Date
}
export const settlePayoutRow = (
  tx: Tx,
  { workspaceId, id, state, reference, at }: Settled,
): Promise<PayoutRow> =>
  tx
    .updateTable('payout')
    .set({ state, reference, settled_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** The latest payouts, those that wait first. */
export const listPayouts = (tx: Tx, workspaceId: string, limit: number): Promise<PayoutRow[]> =>
  tx
    .selectFrom('payout')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy(sql`state = 'requested'`, 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const paidOutSums = (tx: Tx, workerId: string) =>
  tx
    .selectFrom('payout')
    .select((of) => ['currency', of.fn.sum<string>('amount_minor').as('sum')])
    .where('worker_id', '=', workerId)
    .where('state', '=', 'paid')
    .groupBy('currency')
    .execute()
