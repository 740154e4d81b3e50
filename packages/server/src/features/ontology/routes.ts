import { ontologyRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import { type Deps, workspaceOf } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'
import { found } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { createOntology } from './create-ontology.ts'
import { reviseOntology } from './revise-ontology.ts'
import { listOntologies, readOntologyVersion } from './store.ts'

export function ontologyHttp(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, ontologyRoutes.list, async (ctx) => {
    const rows = await read(ctx, (tx) => listOntologies(tx, workspaceOf(ctx)))
    const items = rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
    return { items }
  })
  serve(app, deps, ontologyRoutes.read, async (ctx, { params }) =>
    found(
      await read(ctx, (tx) => readOntologyVersion(tx, params.ontologyId, params.version)),
      'version of a vocabulary',
    ),
  )
  serve(app, deps, ontologyRoutes.create, (ctx, { body }) => createOntology(ctx, body))
  serve(app, deps, ontologyRoutes.revise, (ctx, { params, body }) =>
    reviseOntology(ctx, { ...params, ...body }),
  )
}
