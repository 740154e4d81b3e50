import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { forgetBytes } from '../media/index.ts'
import { forgetRatings } from '../submission/index.ts'
import { stopTasksWith } from '../task/index.ts'
import { buryRollout, lockRollout, streamsOf } from './rollout-store.ts'
import { countRollout } from './rollout-tally-store.ts'

/** Erases a rollout: keys and bytes are destroyed, counts go back, a tombstone stays. Again changes nothing. */
export async function eraseRollout(ctx: Ctx, id: string): Promise<void> {
  const removeBytes = await write(ctx, async (tx) => {
    may(ctx, 'rollout.erase')
    const workspaceId = workspaceOf(ctx)
    const rollout = found(await lockRollout(tx, workspaceId, id), 'rollout')
    if (rollout.erased_at !== null) {
      recordNothing(tx)
      return async () => undefined
    }
    const streams = await streamsOf(tx, workspaceId, id)
    await buryRollout(tx, workspaceId, id, ctx.deps.clock.now())
    await countRollout(tx, rollout, -1)
    const campaignIds = await stopTasksWith(tx, workspaceId, id, ctx.deps.clock.now())
    await forgetRatings(tx, workspaceId, id)
    const blobIds = streams.map(({ blob_id: blobId }) => blobId)
    const remove = await forgetBytes(tx, ctx, blobIds)
    const subject = { kind: 'rollout', id }
    await record(tx, ctx, 'rollout.erase', { subject, streamCount: streams.length, campaignIds })
    return remove
  })
  await removeBytes()
}
