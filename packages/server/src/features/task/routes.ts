import { mediaPaths, taskRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { callerOf, serve } from '../../platform/http/serve.ts'
import { found, namedId } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { sendEpisodePart } from '../media/index.ts'
import { claimNext } from './claim-next.ts'
import { endLease } from './end-lease.ts'
import { extendLease } from './extend-lease.ts'
import { inbox } from './inbox.ts'
import { heldLease, ownLease, readLease } from './own-lease.ts'
import { readOffer } from './read-offer.ts'
import { readTask } from './store.ts'

export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, taskRoutes.inbox, (ctx) => inbox(ctx))
  serve(app, deps, taskRoutes.readOffer, (ctx, { params }) => readOffer(ctx, params.campaignId))
  serve(app, deps, taskRoutes.claim, (ctx, { body }) => claimNext(ctx, body))
  serve(app, deps, taskRoutes.readLease, (ctx, { params }) => readLease(ctx, params.leaseId))
  serve(app, deps, taskRoutes.extend, (ctx, { params }) => extendLease(ctx, params.leaseId))
  serve(app, deps, taskRoutes.release, async (ctx, { params }) => {
    const { inside } = await ownLease(ctx, params.leaseId)
    await endLease(inside, params.leaseId, 'task.release')
    return { ok: true as const }
  })
  for (const part of ['video', 'poster'] as const) {
    const path = part === 'video' ? mediaPaths.leaseVideo : mediaPaths.leasePoster
    const options = { schema: { hide: true } } as const
    // The clip a lease asks about: seen by its holder, while they hold it.
    app.get<{ Params: { leaseId: string } }>(path(':leaseId'), options, async (request, reply) => {
      const ctx = await callerOf(app, deps, request, 'worker')
      const { lease, inside } = await heldLease(ctx, namedId(request.params.leaseId, 'task of yours'))
      const key = { workspaceId: lease.workspace_id, id: lease.task_id }
      const task = await read(inside, (tx) => readTask(tx, key))
      const episodeId = found(task?.episode_id, 'clip of this task')
      return sendEpisodePart(inside, { request, reply, episodeId, part })
    })
  }
}
