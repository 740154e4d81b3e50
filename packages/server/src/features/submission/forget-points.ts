import type { WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { tasksAbout } from '../task/index.ts'
import { emptyAnswers } from './store.ts'

/** A recording was erased: where people put the joints of its hands goes with it; that they answered stays. Repeatable. */
export async function forgetPoints(deps: Deps, workspaceId: WorkspaceId, episodeId: string): Promise<void> {
  const ctx = systemCtx(deps, 'submission.forget-points', workspaceId)
  await write(ctx, async (tx) => {
    may(ctx, 'submission.forget-points')
    const tasks = (await tasksAbout(tx, workspaceId, episodeId)).filter(({ kind }) => kind === 'keypoints')
    const taskIds = tasks.map(({ id }) => id)
    const answerCount = await emptyAnswers(tx, workspaceId, taskIds)
    if (answerCount === 0) return recordNothing(tx)
    await record(tx, ctx, 'submission.forget-points', {
      subject: { kind: 'episode', id: episodeId },
      episodeId,
      answerCount,
    })
  })
}
