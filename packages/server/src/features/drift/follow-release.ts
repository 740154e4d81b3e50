import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { tidy } from '../../platform/tx.ts'
import { FIRST_COUNT, setAside } from './advance-watch.ts'
import { keepWatch, lockCampaignWatches } from './store.ts'

/** A data set went out: what its campaign gets from now on is compared with what came last before it. Repeatable. */
export function followRelease(ctx: Ctx, campaignId: string): Promise<void> {
  return tidy(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const now = ctx.deps.clock.now()
    for (const watch of await lockCampaignWatches(tx, workspaceId, campaignId)) {
      if (watch.phase !== 'watching' || watch.state === null || watch.recent.length < FIRST_COUNT) continue
      const { categories, edges } = watch.state
      // Votes have categories that are known; bins are cut anew.
      const known = watch.series === 'votes' && edges === null ? categories : null
      const next = setAside({ ...watch, epoch: watch.epoch + 1, changedAt: now }, known)
      await keepWatch(tx, workspaceId, next)
    }
  })
}
