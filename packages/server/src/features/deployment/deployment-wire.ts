import type { Deployment } from '@chiron/contract'
import type { Tx } from '../../platform/tx.ts'
import { boardNames } from '../evaluation/index.ts'
import type { DeploymentRow } from './store.ts'

/** Reports as a client sees them, with the names of their policies. */
export async function deploymentWires(
  tx: Tx,
  workspaceId: string,
  rows: readonly DeploymentRow[],
): Promise<Deployment[]> {
  const names = await boardNames(tx, workspaceId, [...new Set(rows.map((row) => row.policy_version_id))])
  return rows.flatMap((row) => {
    const named = names.get(row.policy_version_id)
    if (!named) return []
    return {
      id: row.id,
      clientId: row.client_id,
      ...named,
      task: row.task,
      place: row.place,
      happenedAt: row.happened_at.toISOString(),
      successCount: row.success_count,
      failureCount: row.failure_count,
      failureId: row.failure_id,
      note: row.note,
      createdAt: row.created_at.toISOString(),
    }
  })
}
