import { type Share, wilsonShare } from '@chiron/core/quality'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { type Foundation, spokenOf, verdictsOf } from '../consensus/index.ts'
import { latestKnown } from '../task/index.ts'

/** Figures rest on at most so many of a campaign's latest questions or answers. */
export const MAX_JUDGED = 5000

export interface AuditedTask {
  taskId: string
  knownLabel: string
  /** What the answers alone led to, with all its probabilities, in the order of the campaign's labels. */
  leading: string
  posterior: readonly number[]
}

/** Questions whose answer a member stated, with what the answers alone had led to (QLT-2). */
export async function auditedTasks(tx: Tx, campaign: CampaignRow): Promise<AuditedTask[]> {
  const labels = spokenOf(campaign)?.labels
  if (!labels) return []
  const { workspaceId, id: campaignId } = campaign
  const known = await latestKnown(tx, { workspaceId, campaignId, limit: MAX_JUDGED })
  const knownOf = new Map(known.map(({ taskId, label }) => [taskId, label]))
  const verdicts = await verdictsOf(tx, workspaceId, [...knownOf.keys()])
  return verdicts.flatMap(({ task_id: taskId, rests_on, posterior }) => {
    const { leading } = rests_on as unknown as Foundation
    const knownLabel = knownOf.get(taskId)
    if (leading === undefined || knownLabel === undefined) return []
    const shares = posterior as Record<string, number>
    return [{ taskId, knownLabel, leading, posterior: labels.map((label) => shares[label] ?? 0) }]
  })
}

/** How often the answers together were right where a member has said what is right; null before anybody has. */
export async function auditOf(tx: Tx, campaign: CampaignRow): Promise<Share | null> {
  const audited = await auditedTasks(tx, campaign)
  const rightCount = audited.filter(({ leading, knownLabel }) => leading === knownLabel).length
  return wilsonShare(rightCount, audited.length)
}
