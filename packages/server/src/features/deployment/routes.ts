import { deploymentRoutes, validityRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'
import { addDeployment } from './add-deployment.ts'
import { listDeployments } from './list-deployments.ts'
import { readValidity } from './read-validity.ts'
import { retractDeployment } from './retract-deployment.ts'

export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, deploymentRoutes.list, (ctx, { query }) => listDeployments(ctx, query))
  serve(app, deps, deploymentRoutes.add, (ctx, { body }) => addDeployment(ctx, body))
  serve(app, deps, deploymentRoutes.retract, async (ctx, { params }) => {
    await retractDeployment(ctx, params.deploymentId)
    return { ok: true as const }
  })
  serve(app, deps, validityRoutes.read, (ctx, { params, query }) =>
    readValidity(ctx, { ...params, ...query }),
  )
}
