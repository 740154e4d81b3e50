import { type Deps, systemCtx } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { readWorkspaceBySlug, type WorkspaceRow } from './store.ts'

/** For whoever runs the server: a tenant by its slug, and whether the demo content was made in it, whole. */
export function findWorkspace(deps: Deps, slug: string): Promise<WorkspaceRow | undefined> {
  return read(systemCtx(deps, 'start', null), (tx) => readWorkspaceBySlug(tx, slug))
}
