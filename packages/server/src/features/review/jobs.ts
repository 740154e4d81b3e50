import type { WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import type { JobDefinition, Sweep } from '../../platform/feature.ts'
import type { RecordedJob } from '../../platform/record.ts'
import { read, tidy } from '../../platform/tx.ts'
import { listWorkspaces } from '../account/index.ts'
import { advanceTask } from '../consensus/index.ts'
import { overdueSubmissions } from '../submission/index.ts'
import { acceptOverdue } from './accept-overdue.ts'
import { openReview, REVIEW_WITHIN_MS } from './open-review.ts'
import { closeMoot, overdueAppeals, type Why } from './store.ts'

const OVERDUE_EVERY_MS = 60_000
const MAX_PER_TURN = 200

export const jobs: readonly JobDefinition[] = [
  {
    name: 'review.open',
    run: (deps, { workspaceId, subjectId, facts }) => {
      const { why, submissionId, episodeId } = facts as {
        why: Exclude<Why, 'appeal'>
        submissionId: string | null
        episodeId: string | null
      }
      const ctx = systemCtx(deps, 'review.open', workspaceId as WorkspaceId)
      return openReview(ctx, { taskId: subjectId, why, submissionId, episodeId })
    },
  },
  { name: 'review.advance', run: advance },
  { name: 'review.close-moot', run: endMoot },
]

/** The server may have died between a member's decision and what follows from it. */
async function advance(deps: Deps, { workspaceId, facts }: RecordedJob): Promise<void> {
  if (typeof facts.taskId !== 'string') return
  await advanceTask(systemCtx(deps, 'review.advance', workspaceId as WorkspaceId), facts.taskId)
}

/** A verdict came another way (late answers, a withdrawal): nobody needs to look any more. */
async function endMoot(deps: Deps, { workspaceId, action, facts }: RecordedJob): Promise<void> {
  const isOver =
    action !== 'submission.decide' || (facts.kind === 'demonstrate' && facts.state !== 'returned')
  if (typeof facts.taskId !== 'string' || !isOver) return
  const { taskId } = facts
  const ctx = systemCtx(deps, 'review.close-moot', workspaceId as WorkspaceId)
  await tidy(ctx, (tx) => closeMoot(tx, workspaceId, taskId, deps.clock.now()))
}

export const sweeps: readonly Sweep[] = [
  { name: 'review.overdue', everyMs: OVERDUE_EVERY_MS, run: sweepOverdue },
]

async function sweepOverdue(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  const before = new Date(now.getTime() - REVIEW_WITHIN_MS)
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'review.overdue', workspaceId)
    const late = await read(ctx, async (tx) => ({
      submissions: await overdueSubmissions(tx, workspaceId, before, MAX_PER_TURN),
      appeals: await overdueAppeals(tx, workspaceId, now, MAX_PER_TURN),
    }))
    for (const { id } of late.submissions) await acceptOverdue(ctx, { submissionId: id })
    for (const { id, review_id: reviewId, submission_id: submissionId } of late.appeals)
      await acceptOverdue(ctx, { submissionId, appeal: { id, reviewId } })
  }
}
