import type { payRoutes, Reply } from '@chiron/contract'
import { compareStrings } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import { listCampaigns } from '../campaign/index.ts'
import { campaignMoney, countBroken, listPayouts, type PayoutRow, sumsByKind } from './store.ts'

type Overview = Reply<typeof payRoutes.overview>
type Payout = Overview['payouts'][number]

const MAX_PAYOUTS_SHOWN = 100

/** The workspace's money: funds, escrow by campaign, what is owed; and whether the whole ledger adds up, added up now. */
export function readOverview(ctx: Ctx): Promise<Overview> {
  may(ctx, 'pay.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const sums = await sumsByKind(tx, workspaceId)
    const titles = new Map((await listCampaigns(tx)).map(({ id, title }) => [id as string, title]))
    const money = await campaignMoney(tx, workspaceId)
    const payouts = await listPayouts(tx, workspaceId, MAX_PAYOUTS_SHOWN)
    return {
      funds: totals(sums, ['funds']),
      escrow: money.map((each) => ({ ...each, campaignTitle: titles.get(each.campaignId) ?? {} })),
      owed: totals(sums, ['balance', 'payout']),
      payouts: await payoutsShown(tx, ctx, payouts),
      sumsToZero: (await countBroken(tx, workspaceId)) === 0,
    }
  })
}

export async function payoutsShown(tx: Tx, ctx: Ctx, rows: readonly PayoutRow[]): Promise<Payout[]> {
  const workerIds = rows.map((row) => row.worker_id)
  const pseudonyms = await pseudonymsOf(tx, workspaceOf(ctx), workerIds)
  return rows.map((row) => ({
    id: row.id,
    workerPseudonym: pseudonyms.get(row.worker_id) ?? '',
    amountMinor: row.amount_minor,
    currency: row.currency,
    state: row.state as Payout['state'],
    requestedAt: row.requested_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
  }))
}

function totals(sums: Awaited<ReturnType<typeof sumsByKind>>, kinds: readonly string[]) {
  const byCurrency = new Map<string, number>()
  for (const { kind, currency, amountMinor } of sums) {
    if (!kinds.includes(kind)) continue
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + amountMinor)
  }
  return [...byCurrency]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([currency, amountMinor]) => ({ currency, amountMinor }))
}
