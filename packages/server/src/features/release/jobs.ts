import type { WorkspaceId } from '@chiron/core/kit'
import { type Ctx, type Deps, systemCtx } from '../../platform/context.ts'
import type { JobDefinition, Sweep } from '../../platform/feature.ts'
import type { RecordedJob } from '../../platform/record.ts'
import { read } from '../../platform/tx.ts'
import { listWorkspaces } from '../account/index.ts'
import { buildRelease } from './build-release.ts'
import { eraseCopies } from './erase-copies.ts'
import { openRecalls } from './open-recall.ts'
import { forsakenBuilds, waitingBuilds } from './store.ts'

const RESUME_EVERY_MS = 30_000
/** A build that nobody has begun after this long is begun by the sweep. */
const LOST_AFTER_MS = 10 * 60_000

const job = (name: string, run: (ctx: Ctx, recorded: RecordedJob) => Promise<void>): JobDefinition => ({
  name,
  run: (deps, recorded) => run(systemCtx(deps, name, recorded.workspaceId as WorkspaceId), recorded),
})

export const jobs: readonly JobDefinition[] = [
  job('release.build', (ctx, { subjectId }) => buildRelease(ctx, subjectId)),
  job('release.recall', (ctx, { action, subjectId }) =>
    openRecalls(ctx, {
      consentId: subjectId,
      why: action === 'consent.withdraw' ? 'consent-withdrawn' : 'consent-ended',
    }),
  ),
  job('release.erase', (ctx, { subjectId }) => eraseCopies(ctx, subjectId)),
]

export const sweeps: readonly Sweep[] = [{ name: 'release.resume', everyMs: RESUME_EVERY_MS, run: resume }]

/** Takes up builds whose process has died, or whose job has. */
async function resume(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'release.build', workspaceId)
    const builds = await read(ctx, async (tx) => [
      ...(await forsakenBuilds(tx, workspaceId, now)),
      ...(await waitingBuilds(tx, workspaceId, new Date(now.getTime() - LOST_AFTER_MS))),
    ])
    for (const { id } of builds) await buildRelease(ctx, id)
  }
}
