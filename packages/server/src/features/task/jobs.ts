import type { WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import type { JobDefinition, Sweep } from '../../platform/feature.ts'
import { read } from '../../platform/tx.ts'
import { listWorkspaces } from '../account/index.ts'
import { endLease } from './end-lease.ts'
import { forgetMomentsOf } from './forget-moments.ts'
import { openForCampaign, openForEpisode } from './open-for-episode.ts'
import { stopCampaign, stopTasksAbout } from './stop-tasks.ts'
import { overdueLeases } from './store.ts'

const EXPIRY_EVERY_MS = 15_000
const MAX_PER_TURN = 500

export const jobs: readonly JobDefinition[] = [
  {
    name: 'task.open-for-episode',
    run: async (deps, { workspaceId, subjectId, facts }) => {
      if (facts.passes === true) await openForEpisode(deps, workspaceId as WorkspaceId, subjectId)
    },
  },
  {
    name: 'task.open-for-campaign',
    run: (deps, { workspaceId, subjectId }) => openForCampaign(deps, workspaceId as WorkspaceId, subjectId),
  },
  {
    name: 'task.stop',
    run: (deps, { workspaceId, subjectId }) => stopTasksAbout(deps, workspaceId as WorkspaceId, subjectId),
  },
  {
    name: 'task.forget-moments',
    run: (deps, { workspaceId, subjectId }) => forgetMomentsOf(deps, workspaceId as WorkspaceId, subjectId),
  },
  {
    name: 'task.stop-campaign',
    run: (deps, { workspaceId, subjectId }) => stopCampaign(deps, workspaceId as WorkspaceId, subjectId),
  },
]

export const sweeps: readonly Sweep[] = [{ name: 'task.expire', everyMs: EXPIRY_EVERY_MS, run: expireLeases }]

async function expireLeases(deps: Deps): Promise<void> {
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'task.expire', workspaceId)
    const due = await read(ctx, (tx) => overdueLeases(tx, workspaceId, deps.clock.now(), MAX_PER_TURN))
    for (const { id } of due) await endLease(ctx, id, 'task.expire')
  }
}
