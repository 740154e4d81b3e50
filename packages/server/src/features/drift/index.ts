import type { WorkspaceId } from '@chiron/core/kit'
import { systemCtx } from '../../platform/context.ts'
import type { Feature } from '../../platform/feature.ts'
import { followRelease } from './follow-release.ts'
import { routes } from './routes.ts'
import { watchWorkspaces } from './watch-workspaces.ts'

const WATCH_EVERY_MS = 60_000

export const drift: Feature = {
  name: 'drift',
  permissions: {
    'drift.read': ['manager', 'reviewer', 'auditor'],
    'drift.acknowledge': ['manager', 'reviewer'],
    'drift.alarm': ['system'],
  },
  routes,
  jobs: [
    {
      name: 'drift.follow-release',
      run: (deps, { workspaceId, facts }) =>
        followRelease(
          systemCtx(deps, 'drift.follow-release', workspaceId as WorkspaceId),
          String(facts.campaignId),
        ),
    },
  ],
  on: { 'release.build': ['drift.follow-release'] },
  sweeps: [{ name: 'drift.watch', everyMs: WATCH_EVERY_MS, run: watchWorkspaces }],
}
