import type { Appeal } from '@chiron/contract'
import type { Tx } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { readOwnSubmission } from '../submission/index.ts'
import type { AppealRow } from './store.ts'

/** An appeal as its worker sees it. */
export async function appealWire(tx: Tx, row: AppealRow): Promise<Appeal> {
  const about = await readOwnSubmission(tx, row.worker_id, row.submission_id)
  const campaign = about ? await readCampaign(tx, about.campaign_id) : undefined
  return {
    id: row.id,
    submissionId: row.submission_id,
    campaignTitle: campaign?.title ?? {},
    text: row.body,
    state: row.state as Appeal['state'],
    createdAt: row.created_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    answer: row.answer,
  }
}
