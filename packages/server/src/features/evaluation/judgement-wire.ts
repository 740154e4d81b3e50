import type { RolloutDetail } from '@chiron/contract'
import type { OutcomeMeaning } from '@chiron/core/kinds'
import type { Tx } from '../../platform/tx.ts'
import { answersTo } from '../submission/index.ts'
import { readAsked } from '../task/index.ts'
import type { RolloutRow } from './rollout-store.ts'

/** What people judged of a rollout, for members; null while nobody has. */
export async function judgementWire(tx: Tx, row: RolloutRow): Promise<RolloutDetail['judged']> {
  const { workspace_id: workspaceId, judged_task_id: taskId, judged_outcome: outcome } = row
  const asked = taskId === null ? undefined : await readAsked(tx, { workspaceId, id: taskId })
  if (!asked || taskId === null || outcome === null) return null
  return {
    outcome: outcome as OutcomeMeaning,
    termId: row.judged_term_id ?? '',
    failureId: row.failure_id,
    momentMs: row.judged_moment_ms,
    stream: asked.stream,
    probability: row.judged_probability ?? 0,
    by: row.judged_by ?? 'consensus',
    campaignId: asked.campaign_id,
    taskId,
    answers: await answersTo(tx, workspaceId, [taskId]),
    told: { success: row.told_success, failureId: row.told_failure_id },
  }
}
