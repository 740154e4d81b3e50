import { assert, compareStrings } from '@chiron/core/kit'
import { account, assertBalanced, type Posting } from '@chiron/core/pay'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import {
  type AccountKey,
  type AccountRow,
  type EntryRow,
  findAccount,
  insertEntry,
  insertPostings,
  lastPostings,
  lockAccounts,
  openAccount,
} from './store.ts'

/** An entry before it is posted. `purposeKey` says once and for ever what it is for. */
export interface EntryDraft {
  purposeKey: string
  kind: string
  campaignId: string | null
  submissionId: string | null
  reference: string | null
  postings: readonly Posting[]
}

/** Accounts held against others until the transaction ends, with what each holds now. */
export type Ledger = ReadonlyMap<string, AccountRow & { place: number; balanceMinor: number }>

type Side = Pick<Posting, 'account' | 'currency'>

/**
 * Holds the accounts that an entry will touch, in one order for everybody, so that nobody else posts to them
 * meanwhile: what they hold now is what they hold when the entry is posted.
 */
export async function holdAccounts(tx: Tx, ctx: Ctx, sides: readonly Side[]): Promise<Ledger> {
  const workspaceId = workspaceOf(ctx)
  const names = [...new Set(sides.map(nameOf))].sort(compareStrings)
  const accounts: AccountRow[] = []
  for (const name of names) accounts.push(await ensureAccount(tx, ctx, keyOf(name)))
  const ids = accounts.map(({ id }) => id).sort(compareStrings)
  await lockAccounts(tx, workspaceId, ids)
  const lasts = await lastPostings(tx, workspaceId, ids)
  return new Map(
    accounts.map((row, at) => {
      const last = lasts.get(row.id) ?? { place: 0, balanceMinor: 0 }
      return [names[at] as string, { ...row, ...last }]
    }),
  )
}

/** What a held account holds, in minor units. */
export function heldIn(ledger: Ledger, side: Side): number {
  const row = ledger.get(nameOf(side))
  assert(row !== undefined, `${side.account} is not held`)
  return row.balanceMinor
}

/** How many postings a held account has: a number that no two states of it share. */
export const placeIn = (ledger: Ledger, side: Side): number => ledger.get(nameOf(side))?.place ?? 0

/**
 * Posts a balanced entry to held accounts. Refuses `not-enough-funds` when one of ours would go below zero.
 * `recordId` is the record this entry was posted with.
 */
export async function appendEntry(
  tx: Tx,
  ctx: Ctx,
  { ledger, draft, recordId, id = newId(ctx.deps.clock) }: Append,
): Promise<EntryRow> {
  const workspaceId = workspaceOf(ctx)
  const postings = joined(draft.postings)
  assertBalanced(postings)
  const rows = postings.map((posting) => {
    const row = ledger.get(nameOf(posting))
    assert(row !== undefined, `${posting.account} is not held`)
    const balanceMinor = row.balanceMinor + posting.amountMinor
    if (balanceMinor < 0 && row.kind !== 'external') refuseOverdraft(row, posting)
    return {
      workspace_id: workspaceId,
      entry_id: id,
      account_id: row.id,
      worker_id: row.workerId,
      amount_minor: posting.amountMinor,
      currency: posting.currency,
      place: row.place + 1,
      balance_minor: balanceMinor,
    }
  })
  const entry = await insertEntry(tx, {
    workspace_id: workspaceId,
    id,
    purpose_key: draft.purposeKey,
    kind: draft.kind,
    campaign_id: draft.campaignId,
    submission_id: draft.submissionId,
    reference: draft.reference,
    record_id: recordId,
    at: ctx.deps.clock.now(),
  })
  await insertPostings(tx, rows)
  return entry
}

interface Append {
  ledger: Ledger
  draft: EntryDraft
  recordId: string
  id?: string
}

/** One posting an account, none that moves nothing: what two moves through one account come to. */
function joined(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, Posting>()
  for (const posting of postings) {
    const before = sums.get(nameOf(posting))?.amountMinor ?? 0
    sums.set(nameOf(posting), { ...posting, amountMinor: before + posting.amountMinor })
  }
  return [...sums.values()].filter(({ amountMinor }) => amountMinor !== 0)
}

const WORDS: Readonly<Record<string, string>> = {
  funds: 'The workspace’s funds do',
  escrow: 'The campaign’s escrow does',
  balance: 'The balance does',
}

function refuseOverdraft(
  row: AccountRow & { balanceMinor: number },
  { amountMinor, currency }: Posting,
): never {
  const held = row.balanceMinor
  refuse('not-enough-funds', `${WORDS[row.kind] ?? 'The account does'} not hold enough for this.`, {
    account: row.kind,
    neededMinor: -amountMinor,
    heldMinor: held,
    missingMinor: -amountMinor - held,
    currency,
  })
}

const nameOf = ({ account: name, currency }: Side): string => `${currency} ${name}`

/** `USD escrow:ID` as a row's key. */
function keyOf(name: string): AccountKey {
  const [currency = '', rest = ''] = name.split(' ')
  const [kind = '', ownerId] = rest.split(':')
  const isCampaign = kind === 'escrow'
  return {
    kind,
    currency,
    campaignId: isCampaign ? (ownerId ?? null) : null,
    workerId: isCampaign ? null : (ownerId ?? null),
  }
}

/** The name of an account in core/pay. */
export function accountName({ kind, campaignId, workerId }: AccountKey): string {
  const ownerId = campaignId ?? workerId
  return ownerId === null ? kind : `${kind}:${ownerId}`
}

async function ensureAccount(tx: Tx, ctx: Ctx, key: AccountKey): Promise<AccountRow> {
  const workspaceId = workspaceOf(ctx)
  const known = await findAccount(tx, workspaceId, key)
  if (known) return known
  await openAccount(tx, { ...key, workspaceId, id: newId(ctx.deps.clock) })
  const made = await findAccount(tx, workspaceId, key)
  assert(made !== undefined, `account ${accountName(key)} was opened`)
  return made
}

export const side = {
  funds: (currency: string): Side => ({ account: account.funds, currency }),
  external: (currency: string): Side => ({ account: account.external, currency }),
  escrow: (campaignId: string, currency: string): Side => ({ account: account.escrow(campaignId), currency }),
  pending: (workerId: string, currency: string): Side => ({ account: account.pending(workerId), currency }),
  balance: (workerId: string, currency: string): Side => ({ account: account.balance(workerId), currency }),
  payout: (workerId: string, currency: string): Side => ({ account: account.payout(workerId), currency }),
}
