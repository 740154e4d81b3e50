import type { EpisodeDetail } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { releasesOf } from '../release/index.ts'
import { episodeDetail } from '../review/index.ts'

/** An episode with everything known of it, up to the datasets it went out in. */
export function readEpisode(ctx: Ctx, episodeId: string): Promise<EpisodeDetail> {
  may(ctx, 'media.read')
  return read(ctx, async (tx) => {
    const detail = found(await episodeDetail(tx, ctx, episodeId), 'recording')
    return { ...detail, releases: await releasesOf(tx, workspaceOf(ctx), episodeId) }
  })
}
