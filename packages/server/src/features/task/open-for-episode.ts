import type { WorkspaceId } from '@chiron/core/kit'
import { type Ctx, type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, listAskingAbout, readCampaign } from '../campaign/index.ts'
import { type EpisodeRow, judgeableEpisodes, readEpisode } from '../media/index.ts'
import { openTasks } from './open-tasks.ts'

/** A recording has passed its checks: whoever asks about its campaign's recordings asks about it too. */
export async function openForEpisode(deps: Deps, workspaceId: WorkspaceId, episodeId: string): Promise<void> {
  const ctx = systemCtx(deps, 'task.open-for-episode', workspaceId)
  const seen = await read(ctx, async (tx) => {
    const episode = await readEpisode(tx, { workspaceId, id: episodeId })
    // Frozen meanwhile, or back with its worker: nobody is asked about it.
    if (episode?.state !== 'checked' && episode?.state !== 'accepted') return undefined
    return { episode, campaigns: await campaignsAbout(tx, episode.campaign_id) }
  })
  for (const campaign of seen?.campaigns ?? []) if (seen) await openTask(ctx, campaign, seen.episode)
}

/**
 * A campaign that asks about recordings was published: tasks for all that are there already. Together with
 * `openForEpisode` this leaves none out, whichever of publishing and checking came first.
 */
export async function openForCampaign(
  deps: Deps,
  workspaceId: WorkspaceId,
  campaignId: string,
): Promise<void> {
  const ctx = systemCtx(deps, 'task.open-for-campaign', workspaceId)
  const found = await read(ctx, async (tx) => {
    const campaign = await readCampaign(tx, campaignId)
    if (campaign?.kind !== 'choose') return undefined
    return { campaign, episodes: await judgeableEpisodes(tx, ctx, campaign.sourceCampaignId ?? campaign.id) }
  })
  for (const episode of found?.episodes ?? []) if (found) await openTask(ctx, found.campaign, episode)
}

/** Published questions about a campaign's recordings: those that name it as their source, or itself. */
async function campaignsAbout(tx: Tx, campaignId: string): Promise<CampaignRow[]> {
  const own = await readCampaign(tx, campaignId)
  const asksItself = own?.kind === 'choose' && (own.state === 'published' || own.state === 'paused')
  return [...(asksItself ? [own] : []), ...(await listAskingAbout(tx, campaignId))]
}

async function openTask(ctx: Ctx, campaign: CampaignRow, episode: EpisodeRow): Promise<void> {
  await write(ctx, async (tx) => {
    may(ctx, 'task.open')
    const [taskId] = await openTasks(tx, ctx, {
      campaignId: campaign.id,
      kind: campaign.kind,
      subjects: [{ kind: 'episode', episodeId: episode.id, workerId: episode.worker_id }],
      offerCount: campaign.flow.answers?.min ?? 1,
    })
    if (taskId === undefined) return recordNothing(tx)
    await record(tx, ctx, 'task.open', {
      subject: { kind: 'task', id: taskId },
      taskId,
      campaignId: campaign.id,
      episodeId: episode.id,
    })
  })
}
