import type { Episode } from '@chiron/contract'
import { DEFAULT_TAKE_LIMITS, type TakeLimits } from '@chiron/core/episode'
import { demonstrateConfigSchema, takeLimits } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { recordNothing, type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { attestRights } from '../consent/index.ts'
import { createEpisode, type EpisodeRow, readEpisode } from '../media/index.ts'
import { episodeWires } from './list-episodes.ts'

export interface Import {
  id: string
  campaignId: string
  uploadId: string
  /** The member's words about who agreed to what. */
  rights: string
  recordedAt?: string | undefined
  /** `simulated` for what a program drew; never said of people. */
  origin?: 'import' | 'simulated'
}

/**
 * Takes an uploaded video in as an episode, under a member's statement of the rights to it. The same id again gives
 * the same episode. Refuses `not-found` when the upload is not whole, `already-used`, `conflict`.
 */
export function importEpisode(ctx: Ctx, order: Import): Promise<Episode> {
  return write(ctx, async (tx) => {
    may(ctx, 'media.import')
    const before = await readEpisode(tx, { workspaceId: workspaceOf(ctx), id: order.id })
    if (before) {
      recordNothing(tx)
      if (before.campaign_id !== order.campaignId) refuse('conflict', 'This id names another recording.')
      return oneWire(tx, ctx, before)
    }
    const campaign = found(await readCampaign(tx, order.campaignId), 'campaign')
    const consentId = await attestRights(tx, ctx, { campaignId: campaign.id })
    const episode = await createEpisode(tx, ctx, {
      id: order.id,
      campaignId: campaign.id,
      consentId,
      uploadId: order.uploadId,
      workerId: null,
      origin: order.origin ?? 'import',
      limits: limitsOf(campaign),
      device: { rights: order.rights },
      recordedAt: order.recordedAt === undefined ? null : new Date(order.recordedAt),
    })
    await record(tx, ctx, 'media.import', {
      subject: { kind: 'episode', id: episode.id },
      episodeId: episode.id,
      campaignId: campaign.id,
      consentId,
      sha256: episode.sha256,
    })
    return oneWire(tx, ctx, episode)
  })
}

const limitsOf = ({ kind, config }: CampaignRow): TakeLimits =>
  kind === 'demonstrate' ? takeLimits(demonstrateConfigSchema.parse(config)) : { ...DEFAULT_TAKE_LIMITS }

const oneWire = async (tx: Tx, ctx: Ctx, row: EpisodeRow): Promise<Episode> =>
  found((await episodeWires(tx, ctx, [row]))[0], 'recording')
