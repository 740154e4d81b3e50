import { asksAboutRecordings, keypointsConfigSchema } from '@chiron/core/kinds'
import { Refusal, type WorkspaceId } from '@chiron/core/kit'
import { momentsToCorrect, type SeenMoment } from '@chiron/core/sight'
import { type Ctx, type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, listAskingAbout, readCampaign } from '../campaign/index.ts'
import {
  blobSource,
  type EpisodeRow,
  handsIn,
  judgeableEpisodes,
  readableBlob,
  readEpisode,
  storedBlob,
} from '../media/index.ts'
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
    if (!campaign || !asksAboutRecordings(campaign.kind)) return undefined
    return { campaign, episodes: await judgeableEpisodes(tx, ctx, campaign.sourceCampaignId ?? campaign.id) }
  })
  for (const episode of found?.episodes ?? []) if (found) await openTask(ctx, found.campaign, episode)
}

/** Published questions about a campaign's recordings: those that name it as their source, or itself. */
async function campaignsAbout(tx: Tx, campaignId: string): Promise<CampaignRow[]> {
  const own = await readCampaign(tx, campaignId)
  const isOpen = own?.state === 'published' || own?.state === 'paused'
  const asksItself = own && isOpen && asksAboutRecordings(own.kind)
  return [...(asksItself ? [own] : []), ...(await listAskingAbout(tx, campaignId))]
}

async function openTask(ctx: Ctx, campaign: CampaignRow, episode: EpisodeRow): Promise<void> {
  const moments = campaign.kind === 'keypoints' ? await momentsOf(ctx, campaign, episode) : undefined
  // No hand was seen in it: there is nothing to correct.
  if (moments?.length === 0) return
  await write(ctx, async (tx) => {
    may(ctx, 'task.open')
    const [taskId] = await openTasks(tx, ctx, {
      campaignId: campaign.id,
      kind: campaign.kind,
      subjects: [{ kind: 'episode', episodeId: episode.id, workerId: episode.worker_id, moments }],
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

/** Where the machine was least sure of the hands behind a film; none where it saw none, or the film is gone meanwhile. */
async function momentsOf(ctx: Ctx, { config }: CampaignRow, episode: EpisodeRow): Promise<SeenMoment[]> {
  const key = { workspaceId: episode.workspace_id, id: episode.id }
  try {
    const blob = await read(ctx, (tx) => readableBlob(tx, ctx, key, 'video'))
    const stream = await handsIn(blobSource(ctx.deps.blobs, storedBlob(blob)))
    const { momentCount: count } = keypointsConfigSchema.parse(config)
    return stream ? momentsToCorrect(stream, { durationMs: episode.duration_ms ?? 0, count }) : []
  } catch (cause) {
    if (cause instanceof Refusal && cause.code === 'gone') return []
    throw cause
  }
}
