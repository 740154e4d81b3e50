import type { WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, tidy, write } from '../../platform/tx.ts'
import { retireGoldAbout } from './gold-store.ts'
import { lockTask, openTasksAbout, setTaskState, stopOffers, voidOffers } from './store.ts'

/**
 * A recording is frozen: nobody is asked about it any more. Leases that people hold stay theirs, so that work they
 * have in hand is still paid; the clip itself no longer opens.
 */
export async function stopTasksAbout(deps: Deps, workspaceId: WorkspaceId, episodeId: string): Promise<void> {
  const ctx = systemCtx(deps, 'task.stop', workspaceId)
  const open = await read(ctx, (tx) => openTasksAbout(tx, workspaceId, episodeId))
  for (const { id, campaign_id: campaignId } of open) {
    await write(ctx, async (tx) => {
      may(ctx, 'task.stop')
      const key = { workspaceId, id }
      const task = await lockTask(tx, key)
      if (task?.state !== 'open') return recordNothing(tx)
      await setTaskState(tx, key, 'stopped', deps.clock.now())
      await voidOffers(tx, workspaceId, id)
      await record(tx, ctx, 'task.stop', { subject: { kind: 'task', id }, taskId: id, campaignId, episodeId })
    })
  }
  await tidy(ctx, (tx) => retireGoldAbout(tx, workspaceId, episodeId, deps.clock.now()))
}

/** A campaign is closed: nothing more is offered; what people hold runs on and is paid. */
export const stopCampaign = (deps: Deps, workspaceId: WorkspaceId, campaignId: string): Promise<void> =>
  tidy(systemCtx(deps, 'task.stop-campaign', workspaceId), (tx) =>
    stopOffers(tx, workspaceId, campaignId, deps.clock.now()),
  )
