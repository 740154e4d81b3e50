import type { WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { forgetMoments } from './moments-store.ts'

/** A recording was erased: what the machine saw of its hands goes with it. Repeatable. */
export async function forgetMomentsOf(
  deps: Deps,
  workspaceId: WorkspaceId,
  episodeId: string,
): Promise<void> {
  const ctx = systemCtx(deps, 'task.forget-moments', workspaceId)
  await write(ctx, async (tx) => {
    may(ctx, 'task.forget-moments')
    const taskCount = await forgetMoments(tx, workspaceId, episodeId)
    if (taskCount === 0) return recordNothing(tx)
    await record(tx, ctx, 'task.forget-moments', {
      subject: { kind: 'episode', id: episodeId },
      episodeId,
      taskCount,
    })
  })
}
