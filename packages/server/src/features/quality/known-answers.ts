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
  /** What the answers alone led to: its probabilities, in the order of the campaign's labels. */
  posterior: readonly number[]
  /** 1 where the likeliest label is the known one, 0 where it is not; a tie is right by its share. */
  right: number
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
    return [
      {
        taskId,
        knownLabel,
        posterior: labels.map((label) => shares[label] ?? 0),
        right: rightOf(shares, knownLabel),
      },
    ]
  })
}

function rightOf(shares: Readonly<Record<string, number>>, knownLabel: string): number {
  const best = Math.max(...Object.values(shares))
  if (shares[knownLabel] !== best) return 0
  return 1 / Object.values(shares).filter((share) => share === best).length
}

/** Of questions whose answer is known, the share that the answers together were right about; null without any. */
export function rightShare(audited: readonly AuditedTask[]): Share | null {
  return wilsonShare(
    audited.reduce((sum, { right }) => sum + right, 0),
    audited.length,
  )
}

/** How often the answers together were right where a member has said what is right; null before anybody has. */
export async function auditOf(tx: Tx, campaign: CampaignRow): Promise<Share | null> {
  return rightShare(await auditedTasks(tx, campaign))
}
