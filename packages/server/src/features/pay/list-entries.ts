import type { Entry } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { accountName } from './ledger.ts'
import { type EntryRow, listEntryRows, postingsOf } from './store.ts'

export interface EntriesPage {
  campaignId?: string | undefined
  search?: string | undefined
  after?: string | undefined
  limit: number
}

/** The ledger, newest first. `search` is an entry's kind or reference in full. */
export function listEntries(ctx: Ctx, page: EntriesPage): Promise<{ items: Entry[]; next: string | null }> {
  may(ctx, 'pay.read')
  return read(ctx, async (tx) => {
    const rows = await listEntryRows(tx, { ...page, workspaceId: workspaceOf(ctx), limit: page.limit + 1 })
    const shown = rows.slice(0, page.limit)
    const next = rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null
    return { items: await entriesShown(tx, ctx, shown), next }
  })
}

/** Entries with their postings, as they cross the wire. */
export async function entriesShown(tx: Tx, ctx: Ctx, rows: readonly EntryRow[]): Promise<Entry[]> {
  const postings = await postingsOf(
    tx,
    workspaceOf(ctx),
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    postings: postings
      .filter(({ entryId }) => entryId === row.id)
      .map((posting) => ({
        account: accountName(posting),
        amountMinor: posting.amountMinor,
        currency: posting.currency,
      })),
    ref: row.reference ?? row.submission_id ?? row.campaign_id,
  }))
}
