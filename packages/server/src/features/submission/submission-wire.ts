import type { EpisodeDetail, Submission } from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import type { Tx } from '../../platform/tx.ts'
import { memberNames, readWorkspace } from '../account/index.ts'
import { readCampaign } from '../campaign/index.ts'
import { recordIdOf } from '../log/index.ts'
import { readEpisode } from '../media/index.ts'
import { namedTask } from '../task/index.ts'
import type { SubmissionRow } from './store.ts'

/** WR-15: how long an appeal against a return or a rejection stays open. */
export const APPEAL_OPEN_MS = 30 * 24 * 3600 * 1000

/** An answer as its worker sees it, in a context of its workspace. Appeals are told of by a later feature. */
export async function submissionWire(tx: Tx, row: SubmissionRow): Promise<Submission> {
  const { workspace_id: workspaceId, decided_by: memberId } = row
  const campaign = await readCampaign(tx, row.campaign_id)
  const workspace = await readWorkspace(tx, workspaceId)
  assert(campaign && workspace, 'an answer has its campaign and workspace')
  const names = memberId ? await memberNames(tx, workspaceId, [memberId]) : new Map()
  const decider = memberId ? names.get(memberId) : undefined
  const episode = row.episode_id ? await readEpisode(tx, { workspaceId, id: row.episode_id }) : undefined
  return {
    id: row.id,
    campaignId: row.campaign_id,
    campaignTitle: campaign.title,
    workspaceName: workspace.name,
    taskId: namedTask({ id: row.lease_id, task_id: row.task_id }, row.kind),
    kind: row.kind,
    attempt: row.attempt,
    state: row.state as Submission['state'],
    createdAt: row.created_at.toISOString(),
    decidedAt: row.decided_at?.toISOString() ?? null,
    payMinor: row.pay_minor,
    currency: row.currency,
    decidedBy: decider ? `${decider.name} (${decider.role})` : null,
    reasons: row.reasons as Submission['reasons'],
    judged: row.state === 'accepted' ? judgedBy(episode?.verdict) : null,
    faults: (episode?.faults ?? []) as EpisodeDetail['faults'],
    episodeId: row.episode_id,
    appealUntil: appealUntil(row)?.toISOString() ?? null,
    appealState: null,
    recordId: (await recordIdOf(tx, { workspaceId, subjectId: row.id, action: 'submission.submit' })) ?? null,
  }
}

/** Others' judgement of a recording, once it is decided by it; who said what is nobody's to tell. */
function judgedBy(verdict: unknown): Submission['judged'] {
  const { by, probability, answerCount } = (verdict ?? {}) as {
    by?: string
    probability?: number
    answerCount?: number
  }
  if (by !== 'consensus' || probability === undefined || !answerCount) return null
  return { answerCount, probability }
}

/** Until when an answer that came back or was rejected may be appealed; null where there is nothing to appeal. */
export function appealUntil(row: Pick<SubmissionRow, 'state' | 'decided_at'>): Date | null {
  const mayAppeal = row.state === 'returned' || row.state === 'rejected'
  return mayAppeal && row.decided_at ? new Date(row.decided_at.getTime() + APPEAL_OPEN_MS) : null
}
