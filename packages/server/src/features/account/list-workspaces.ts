import type { WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { allWorkspaces } from './store.ts'

/** Every tenant, for the sweeps that look for due dates in each. */
export async function listWorkspaces(deps: Deps): Promise<WorkspaceId[]> {
  const rows = await read(systemCtx(deps, 'sweep', null), allWorkspaces)
  return rows.map(({ id }) => id as WorkspaceId)
}
