import type { payRoutes, Reply } from '@chiron/contract'
import { assert, compareStrings } from '@chiron/core/kit'
import type { Ctx } from '../../platform/context.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { listWorkspacesOf } from '../account/index.ts'
import { titlesOf } from '../campaign/index.ts'
import { listEarningRows, paidOutSums, workerSums } from './store.ts'

type Earnings = Reply<typeof payRoutes.earnings>
type Line = Earnings['lines']['items'][number]

const WHAT: Readonly<Record<string, Line['what']>> = {
  hold: 'pending',
  accept: 'accepted',
  void: 'void',
  'top-up': 'bonus',
}

/** A worker's money in every workspace: what they have, what waits, what was paid out, and each line of it. */
export function readEarnings(
  ctx: Ctx,
  page: { after?: string | undefined; limit: number },
): Promise<Earnings> {
  const { actor } = ctx
  assert(actor.kind === 'worker', 'the route lets workers in only')
  return read(ctx, async (tx) => {
    const balances = await balancesOf(tx, actor.id)
    const rows = await listEarningRows(tx, actor.id, { ...page, limit: page.limit + 1 })
    const shown = rows.slice(0, page.limit)
    const titles = await titlesOf(
      tx,
      shown.flatMap(({ campaignId }) => campaignId ?? []),
    )
    const workspaces = await listWorkspacesOf(tx, actor.id)
    const names = new Map(workspaces.map(({ id, name }) => [id, name]))
    const items = shown.map(
      (row): Line => ({
        entryId: row.entryId,
        at: row.at.toISOString(),
        what: WHAT[row.kind] ?? 'payout',
        amountMinor: row.amountMinor,
        currency: row.currency,
        campaignTitle: titles.get(row.campaignId ?? '') ?? null,
        workspaceName: names.get(row.workspaceId) ?? '',
        submissionId: row.submissionId,
        recordId: row.recordId,
      }),
    )
    const next = rows.length > page.limit ? (items.at(-1)?.entryId ?? null) : null
    return { balances, lines: { items, next } }
  })
}

async function balancesOf(tx: Tx, workerId: string): Promise<Earnings['balances']> {
  const sums = await workerSums(tx, workerId)
  const paidOut = new Map(
    (await paidOutSums(tx, workerId)).map(({ currency, sum }) => [currency, Number(sum)]),
  )
  const currencies = [...new Set(sums.map(({ currency }) => currency))].sort(compareStrings)
  const total = (kind: string, currency: string) =>
    sums
      .filter((each) => each.kind === kind && each.currency === currency)
      .reduce((sum, each) => sum + Number(each.sum), 0)
  return currencies.map((currency) => ({
    currency,
    availableMinor: total('balance', currency),
    pendingMinor: total('pending', currency),
    paidOutMinor: paidOut.get(currency) ?? 0,
  }))
}
