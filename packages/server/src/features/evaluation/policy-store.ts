import { type Insertable, type Selectable, sql } from 'kysely'
import type { Policy, PolicyVersion } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type PolicyRow = Selectable<Policy>
export type VersionRow = Selectable<PolicyVersion> & { policy_name: string }
export interface Tally {
  rolloutCount: number
  successCount: number
  failureCount: number
}

/** Undefined when the name is taken. */
export const insertPolicy = (tx: Tx, row: Insertable<Policy>): Promise<PolicyRow | undefined> =>
  tx
    .insertInto('policy')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst()

export const policyByName = (tx: Tx, workspaceId: string, name: string): Promise<PolicyRow | undefined> =>
  tx
    .selectFrom('policy')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .executeTakeFirst()

export const readPolicy = (tx: Tx, workspaceId: string, id: string): Promise<PolicyRow | undefined> =>
  tx
    .selectFrom('policy')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

export interface NamedPage {
  after?: string | undefined
  limit: number
  search?: string | undefined
}

export const listPolicyRows = (tx: Tx, workspaceId: string, page: NamedPage): Promise<PolicyRow[]> => {
  let query = tx.selectFrom('policy').selectAll().where('workspace_id', '=', workspaceId)
  if (page.after) query = query.where('id', '<', page.after)
  if (page.search) query = query.where(sql<boolean>`strpos(lower(name), lower(${page.search})) > 0`)
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}

/** False when the label is taken. */
export async function insertVersion(tx: Tx, row: Insertable<PolicyVersion>): Promise<boolean> {
  const inserted = await tx
    .insertInto('policy_version')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'policy_id', 'label']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

const versions = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('policy_version as v')
    .innerJoin('policy as p', (join) =>
      join.onRef('p.workspace_id', '=', 'v.workspace_id').onRef('p.id', '=', 'v.policy_id'),
    )
    .selectAll('v')
    .select('p.name as policy_name')
    .where('v.workspace_id', '=', workspaceId)

export const versionByLabel = (
  tx: Tx,
  workspaceId: string,
  { policyId, label }: { policyId: string; label: string },
): Promise<VersionRow | undefined> =>
  versions(tx, workspaceId)
    .where('v.policy_id', '=', policyId)
    .where('v.label', '=', label)
    .executeTakeFirst()

export const readPolicyVersion = (tx: Tx, workspaceId: string, id: string): Promise<VersionRow | undefined> =>
  versions(tx, workspaceId).where('v.id', '=', id).executeTakeFirst()

/** Versions of some policies, newest first. */
export const versionsOf = (
  tx: Tx,
  workspaceId: string,
  policyIds: readonly string[],
): Promise<VersionRow[]> =>
  policyIds.length === 0
    ? Promise.resolve([])
    : versions(tx, workspaceId)
        .where('v.policy_id', 'in', [...policyIds])
        .orderBy('v.id', 'desc')
        .execute()

/** Rollouts of each version, by its id. */
export async function talliesOf(
  tx: Tx,
  workspaceId: string,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, Tally>> {
  if (versionIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('rollout_tally')
    .select('policy_version_id')
    .select([
      sql<number>`sum(rollout_count)::int`.as('rolloutCount'),
      sql<number>`sum(success_count)::int`.as('successCount'),
      sql<number>`sum(failure_count)::int`.as('failureCount'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('policy_version_id', 'in', [...versionIds])
    .groupBy('policy_version_id')
    .execute()
  return new Map(rows.map(({ policy_version_id: id, ...tally }) => [id, tally]))
}

/** How versions are named on a leaderboard, by id. */
export async function boardNames(tx: Tx, workspaceId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>()
  const rows = await versions(tx, workspaceId)
    .where('v.id', 'in', [...ids])
    .execute()
  return new Map(
    rows.map(({ id, policy_id: policyId, policy_name: policyName, label: policyLabel }) => [
      id,
      { policyId, policyName, policyVersionId: id, policyLabel },
    ]),
  )
}
