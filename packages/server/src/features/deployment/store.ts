import { type Insertable, type Selectable, sql } from 'kysely'
import type { Deployment } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type DeploymentRow = Selectable<Deployment>

/** Undefined when the client's id is taken. */
export const insertDeployment = (tx: Tx, row: Insertable<Deployment>): Promise<DeploymentRow | undefined> =>
  tx
    .insertInto('deployment')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'client_id']).doNothing())
    .returningAll()
    .executeTakeFirst()

export const deploymentByClient = (
  tx: Tx,
  workspaceId: string,
  clientId: string,
): Promise<DeploymentRow | undefined> =>
  tx
    .selectFrom('deployment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()

export const lockDeployment = (tx: Tx, workspaceId: string, id: string): Promise<DeploymentRow | undefined> =>
  tx
    .selectFrom('deployment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const retractDeploymentRow = (tx: Tx, workspaceId: string, id: string, now: Date) =>
  tx
    .updateTable('deployment')
    .set({ retracted_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()

export const listDeploymentRows = (
  tx: Tx,
  workspaceId: string,
  of: { policyVersionId?: string | undefined; after?: string | undefined; limit: number },
): Promise<DeploymentRow[]> => {
  let query = tx
    .selectFrom('deployment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('retracted_at', 'is', null)
  if (of.policyVersionId) query = query.where('policy_version_id', '=', of.policyVersionId)
  if (of.after) query = query.where('id', '<', of.after)
  return query.orderBy('id', 'desc').limit(of.limit).execute()
}

/** Counts a report in (`by` 1) or out (−1). */
export const countDeployment = (tx: Tx, row: DeploymentRow, by: 1 | -1) =>
  tx
    .insertInto('deployment_tally')
    .values({
      workspace_id: row.workspace_id,
      policy_version_id: row.policy_version_id,
      task: row.task,
      day: row.happened_at.toISOString().slice(0, 10),
      success_count: by * row.success_count,
      failure_count: by * row.failure_count,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'policy_version_id', 'task', 'day']).doUpdateSet({
        success_count: sql`deployment_tally.success_count + excluded.success_count`,
        failure_count: sql`deployment_tally.failure_count + excluded.failure_count`,
      }),
    )
    .execute()

export interface UseTally {
  policyVersionId: string
  /** The first moment of the period, in UTC. */
  from: Date
  successCount: number
  failureCount: number
}

/** How each version did in use, period by period, the oldest first. */
export async function useTallies(
  tx: Tx,
  workspaceId: string,
  { task, period }: { task: string | undefined; period: 'week' | 'month' | 'quarter' },
): Promise<UseTally[]> {
  const { rows } = await sql<UseTally>`
    select policy_version_id as "policyVersionId", date_trunc(${period}, day::timestamp) at time zone 'utc' as "from",
      sum(success_count)::float8 as "successCount", sum(failure_count)::float8 as "failureCount"
    from deployment_tally
    where workspace_id = ${workspaceId} and (${task ?? null}::text is null or task = ${task ?? null})
    group by 1, 2 having sum(success_count + failure_count) > 0 order by 2, 1`.execute(tx)
  return rows
}

/** Tasks that reports name, by name. */
export const tasksInUse = async (tx: Tx, workspaceId: string, limit: number): Promise<string[]> => {
  const rows = await tx
    .selectFrom('deployment_tally')
    .select('task')
    .distinct()
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`success_count + failure_count > 0`)
    .orderBy('task')
    .limit(limit)
    .execute()
  return rows.map(({ task }) => task)
}
