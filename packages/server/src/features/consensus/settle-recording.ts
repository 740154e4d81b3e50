import { jcs } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { type EpisodeRow, readEpisode, settleEpisode } from '../media/index.ts'

/** Writes the verdict on a recording whose take, if it has one, is not decided by it. Repeatable. */
export function settleRecording(
  ctx: Ctx,
  episodeId: string,
  settled: Parameters<typeof settleEpisode>[2],
): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'media.settle')
    const key = { workspaceId: workspaceOf(ctx), id: episodeId }
    const before = await readEpisode(tx, key)
    await settleEpisode(tx, key, settled)
    const after = await readEpisode(tx, key)
    if (!after || !before || isSame(before, after)) return recordNothing(tx)
    await record(tx, ctx, 'media.settle', {
      subject: { kind: 'episode', id: episodeId },
      workerId: after.worker_id,
      episodeId,
      campaignId: after.campaign_id,
      state: after.state,
      label: settled.verdict?.label ?? null,
      by: settled.verdict?.by ?? 'checks',
    })
  })
}

const isSame = (one: EpisodeRow, other: EpisodeRow): boolean =>
  one.state === other.state && jcs(one.verdict) === jcs(other.verdict)
