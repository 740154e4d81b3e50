import { campaignRoutes } from '@chiron/contract'
import { campaignTemplates } from '@chiron/core/campaign'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'

/** The routes that answer with figures (list, read, create, …) are insight's: it sees tasks and pay. */
export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, campaignRoutes.templates, async () => ({
    items: campaignTemplates.map((t) => ({ ...t })),
  }))
}
