import { releaseFilePath, releaseRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { callerOf, serve } from '../../platform/http/serve.ts'
import { namedId } from '../../platform/refuse.ts'
import { createRelease } from './create-release.ts'
import { listReleases, releaseDetail, releaseNow } from './read-releases.ts'
import { sendReleaseFile } from './send-file.ts'

export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, releaseRoutes.list, async (ctx) => ({ items: await listReleases(ctx) }))
  serve(app, deps, releaseRoutes.create, async (ctx, { body }) =>
    releaseNow(ctx, await createRelease(ctx, body)),
  )
  serve(app, deps, releaseRoutes.read, (ctx, { params }) => releaseDetail(ctx, params.releaseId))
  app.get<{ Params: { releaseId: string; '*': string } }>(
    releaseFilePath(':releaseId', '*'),
    { schema: { hide: true } },
    async (request, reply) => {
      const ctx = await callerOf(app, deps, request, 'member')
      const { '*': file } = request.params
      const releaseId = namedId(request.params.releaseId, 'release')
      return sendReleaseFile(ctx, { releaseId, file }, request, reply)
    },
  )
}
