import { logRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { callerOf, serve } from '../../platform/http/serve.ts'
import { eventsHttp } from './events-route.ts'
import { listRecords } from './list-records.ts'
import { proveRecord } from './prove-record.ts'
import { readStatus } from './read-status.ts'
import { readCheckpoint, readTile } from './static-log.ts'
import { verifyLog } from './verify-log.ts'

export function logHttp(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, logRoutes.list, (ctx, { query }) => listRecords(ctx, query))
  serve(app, deps, logRoutes.status, async (ctx) => {
    const { tree, unsealedCount } = await readStatus(ctx)
    return {
      size: tree.size,
      rootHex: tree.root,
      checkpoint: tree.checkpoint,
      verifierKey: tree.public_key,
      sealedAt: tree.sealed_at?.toISOString() ?? null,
      unsealedCount,
    }
  })
  serve(app, deps, logRoutes.verify, verifyLog)
  serve(app, deps, logRoutes.proof, async (ctx, { params }) => {
    const { proofText, entry, verifierKey } = await proveRecord(ctx, params.recordId)
    return { proof: proofText, entry, verifierKey }
  })
  staticHttp(app, deps)
  eventsHttp(app, deps)
}

/** The layout that any tlog-tiles client reads. For members only until a workspace can publish its log. */
function staticHttp(app: FastifyInstance, deps: Deps): void {
  const schema = { hide: true } as const
  app.get<{ Params: { slug: string } }>('/log/:slug/checkpoint', { schema }, async (request, reply) => {
    const ctx = await callerOf(app, deps, request, 'member')
    const note = await readCheckpoint(ctx, request.params.slug)
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(note)
  })
  app.get<{ Params: { slug: string; '*': string } }>(
    '/log/:slug/tile/*',
    { schema },
    async (request, reply) => {
      const ctx = await callerOf(app, deps, request, 'member')
      const tile = await readTile(ctx, request.params.slug, `tile/${request.params['*']}`)
      const header = 'private, max-age=31536000, immutable'
      return reply.type('application/octet-stream').header('cache-control', header).send(Buffer.from(tile))
    },
  )
}
