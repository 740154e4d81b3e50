import type { Tx } from '../../platform/tx.ts'
import { type SubmissionRow, submissionsOfLeases } from '../submission/index.ts'
import { leasesStandingFor } from '../task/index.ts'
import type { TaskKey } from './store.ts'

/** Answers to gold that took this task's place: whatever happens to its own answers happens to them (TSK-10). */
export async function answersStandingFor(tx: Tx, { workspaceId, taskId }: TaskKey): Promise<SubmissionRow[]> {
  const leaseIds = await leasesStandingFor(tx, { workspaceId, id: taskId })
  return submissionsOfLeases(tx, workspaceId, leaseIds)
}
