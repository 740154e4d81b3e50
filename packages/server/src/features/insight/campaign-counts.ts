import type { Campaign } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { type CampaignRow, listCampaigns, readCampaign } from '../campaign/index.ts'
import { countOpenReviews } from '../review/index.ts'
import { submissionCounts } from '../submission/index.ts'
import { countOpenTasks } from '../task/index.ts'

/** More open tasks than this are shown as this many: counting on would only make the list slow. */
const MAX_COUNTED_TASKS = 100_000

/** Campaigns of the workspace, newest first, with short figures. */
export function campaignsShown(ctx: Ctx): Promise<Campaign[]> {
  may(ctx, 'campaign.read')
  return read(ctx, async (tx) => {
    const shown: Campaign[] = []
    for (const campaign of await listCampaigns(tx)) shown.push(await campaignShown(tx, ctx, campaign))
    return shown
  })
}

/** One campaign as it stands now, after a verb has changed it. */
export function campaignNow(ctx: Ctx, { id }: Pick<CampaignRow, 'id'>): Promise<Campaign> {
  return read(ctx, async (tx) => campaignShown(tx, ctx, found(await readCampaign(tx, id), 'campaign')))
}

export async function campaignShown(tx: Tx, ctx: Ctx, campaign: CampaignRow): Promise<Campaign> {
  const workspaceId = workspaceOf(ctx)
  const { id, workspaceId: _workspace, createdAt, publishedAt, ...own } = campaign
  return {
    ...own,
    id,
    createdAt: createdAt.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
    counts: {
      openTasks: await countOpenTasks(tx, workspaceId, id, MAX_COUNTED_TASKS),
      inReview: await countOpenReviews(tx, workspaceId, id),
      ...(await submissionCounts(tx, { workspaceId, campaignId: id })),
    },
  }
}
