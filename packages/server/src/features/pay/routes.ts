import { payRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import { type Ctx, type Deps, inWorkspace } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'
import { read } from '../../platform/tx.ts'
import { fund } from './fund.ts'
import { listEntries } from './list-entries.ts'
import { readEarnings } from './read-earnings.ts'
import { payoutsShown, readOverview } from './read-overview.ts'
import { requestPayout } from './request-payout.ts'
import { settlePayout } from './settle-payout.ts'
import type { PayoutRow } from './store.ts'

/** Publishing and changing campaigns is pay's too; their replies carry figures, so insight serves them. */
export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, payRoutes.earnings, (ctx, { query }) => readEarnings(ctx, query))
  serve(app, deps, payRoutes.requestPayout, async (ctx, { body }) =>
    payoutShown(inWorkspace(ctx, body.workspaceId as never), await requestPayout(ctx, body)),
  )
  serve(app, deps, payRoutes.overview, (ctx) => readOverview(ctx))
  serve(app, deps, payRoutes.fund, (ctx, { body }) => fund(ctx, body))
  serve(app, deps, payRoutes.entries, (ctx, { query }) => listEntries(ctx, query))
  serve(app, deps, payRoutes.settlePayout, async (ctx, { params, body }) =>
    payoutShown(ctx, await settlePayout(ctx, params.payoutId, body)),
  )
}

async function payoutShown(ctx: Ctx, row: PayoutRow) {
  const [shown] = await read(ctx, (tx) => payoutsShown(tx, ctx, [row]))
  return shown as NonNullable<typeof shown>
}
