import { consentRoutes } from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'
import { found } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { readOwnConsent } from './store.ts'

/** Consents are shown with their campaign and their recordings: insight serves all but the receipt. */
export function consentHttp(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, consentRoutes.receipt, async (ctx, { params }) => {
    const { actor } = ctx
    assert(actor.kind === 'worker', 'the route lets workers in only')
    const row = await read(ctx, (tx) => readOwnConsent(tx, actor.id, params.consentId))
    const { receipt, receipt_hash } = found(row, 'consent of yours')
    return {
      receipt: found(receipt, 'receipt: you have not agreed') as Record<string, unknown>,
      receiptHash: found(receipt_hash, 'receipt'),
    }
  })
}
