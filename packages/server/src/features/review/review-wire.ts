import type { Review } from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { mayDecide } from './may-decide.ts'
import type { ReviewRow } from './store.ts'

export async function reviewWire(tx: Tx, ctx: Ctx, row: ReviewRow): Promise<Review> {
  const campaign = await readCampaign(tx, row.campaign_id)
  assert(campaign, 'a review has its campaign')
  return {
    id: row.id,
    why: row.why as Review['why'],
    state: row.state as Review['state'],
    campaignId: row.campaign_id,
    campaignTitle: campaign.title,
    kind: campaign.kind,
    taskId: row.task_id,
    submissionId: row.submission_id,
    episodeId: row.episode_id,
    createdAt: row.created_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decision: row.decision,
    mayDecide: row.state === 'open' && (await mayDecide(tx, ctx, row)),
  }
}
