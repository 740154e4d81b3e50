import path from 'node:path'
import type { Ctx } from '../../platform/context.ts'
import type { ReleaseRow } from './store.ts'

/** Where a release lies on this machine. Its name was checked by the contract: no separators, no leading dot. */
export const releaseFolder = ({ deps }: Ctx, release: Pick<ReleaseRow, 'workspace_id' | 'name'>): string =>
  path.join(deps.config.home, 'releases', release.workspace_id, release.name)
