import { mediaRoutes, submissionRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'
import { importEpisode } from './import-episode.ts'
import { episodesOfWorkspace, ownEpisodes } from './list-episodes.ts'
import { retake } from './retake.ts'
import { submit } from './submit.ts'

/** The worker's list of answers tells of appeals too: it is served by review. */
export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, submissionRoutes.submit, (ctx, { body }) => submit(ctx, body))
  serve(app, deps, submissionRoutes.retake, (ctx, { params }) => retake(ctx, params.submissionId))
  serve(app, deps, mediaRoutes.importEpisode, (ctx, { body }) => importEpisode(ctx, body))
  serve(app, deps, mediaRoutes.listEpisodes, (ctx, { query }) => episodesOfWorkspace(ctx, query))
  serve(app, deps, mediaRoutes.ownEpisodes, (ctx, { query }) => ownEpisodes(ctx, query))
}
