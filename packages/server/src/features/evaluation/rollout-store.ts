import { type Insertable, type Selectable, sql } from 'kysely'
import type { Rollout, RolloutStream } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type RolloutRow = Selectable<Rollout>
export type StreamRow = Selectable<RolloutStream>

/** Undefined when the digest is taken. */
export const insertRollout = (tx: Tx, row: Insertable<Rollout>): Promise<RolloutRow | undefined> =>
  tx
    .insertInto('rollout')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'digest']).doNothing())
    .returningAll()
    .executeTakeFirst()

export const insertStreams = async (tx: Tx, rows: readonly Insertable<RolloutStream>[]): Promise<void> => {
  if (rows.length > 0)
    await tx
      .insertInto('rollout_stream')
      .values([...rows])
      .execute()
}

export const rolloutByDigest = (
  tx: Tx,
  workspaceId: string,
  digest: string,
): Promise<RolloutRow | undefined> =>
  tx
    .selectFrom('rollout')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('digest', '=', digest)
    .executeTakeFirst()

/** Undefined once erased. */
export const readRolloutRow = (tx: Tx, workspaceId: string, id: string): Promise<RolloutRow | undefined> =>
  tx
    .selectFrom('rollout')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst()

export const lockRollout = (tx: Tx, workspaceId: string, id: string): Promise<RolloutRow | undefined> =>
  tx
    .selectFrom('rollout')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const streamsOf = (tx: Tx, workspaceId: string, rolloutId: string): Promise<StreamRow[]> =>
  tx
    .selectFrom('rollout_stream')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('rollout_id', '=', rolloutId)
    .orderBy('kind', 'desc')
    .orderBy('name')
    .execute()

/** Leaves the tombstone: ids, dates and what it was of. Its digest is free again, so that it can be brought in anew. */
export const buryRollout = async (tx: Tx, workspaceId: string, id: string, now: Date): Promise<void> => {
  await tx
    .deleteFrom('rollout_stream')
    .where('workspace_id', '=', workspaceId)
    .where('rollout_id', '=', id)
    .execute()
  await tx
    .updateTable('rollout')
    .set({ erased_at: now, digest: null, note: '', task: '', source: '{}' })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export interface RolloutFilter {
  policyId?: string | undefined
  policyVersionId?: string | undefined
  suiteId?: string | undefined
  suiteVersion?: number | undefined
  scenarioKey?: string | undefined
  world?: string | undefined
  outcome?: 'success' | 'failure' | 'unknown' | undefined
  failureId?: string | undefined
  digest?: string | undefined
  after?: string | undefined
  limit: number
}

/** Newest first; each filter has an index that ends with the id, so that a page reads little more than it shows. */
export const listRolloutRows = (
  tx: Tx,
  workspaceId: string,
  filter: RolloutFilter,
): Promise<RolloutRow[]> => {
  let query = tx
    .selectFrom('rollout')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('erased_at', 'is', null)
  const same = [
    ['policy_id', filter.policyId],
    ['policy_version_id', filter.policyVersionId],
    ['suite_id', filter.suiteId],
    ['suite_version', filter.suiteVersion],
    ['scenario_key', filter.scenarioKey],
    ['world', filter.world],
    ['failure_id', filter.failureId],
    ['digest', filter.digest],
  ] as const
  for (const [column, value] of same) if (value !== undefined) query = query.where(column, '=', value)
  if (filter.outcome === 'unknown') query = query.where('success', 'is', null)
  else if (filter.outcome) query = query.where('success', '=', filter.outcome === 'success')
  if (filter.after) query = query.where('id', '<', filter.after)
  return query.orderBy('id', 'desc').limit(filter.limit).execute()
}

const NO_SUITE = { id: '00000000-0000-0000-0000-000000000000', version: 0, scenario: '' }
type Counted = Pick<
  RolloutRow,
  | 'workspace_id'
  | 'policy_version_id'
  | 'suite_id'
  | 'suite_version'
  | 'scenario_key'
  | 'world'
  | 'success'
  | 'failure_id'
>

/** Counts a rollout in (`by` 1) or out (−1). */
export const countRollout = async (tx: Tx, row: Counted, by: 1 | -1): Promise<void> => {
  await tx
    .insertInto('rollout_tally')
    .values({
      workspace_id: row.workspace_id,
      policy_version_id: row.policy_version_id,
      suite_id: row.suite_id ?? NO_SUITE.id,
      suite_version: row.suite_version ?? NO_SUITE.version,
      scenario_key: row.scenario_key ?? NO_SUITE.scenario,
      world: row.world,
      rollout_count: by,
      success_count: row.success === true ? by : 0,
      failure_count: row.success === false ? by : 0,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'policy_version_id', 'suite_id', 'suite_version', 'scenario_key', 'world'])
        .doUpdateSet({
          rollout_count: sql`rollout_tally.rollout_count + excluded.rollout_count`,
          success_count: sql`rollout_tally.success_count + excluded.success_count`,
          failure_count: sql`rollout_tally.failure_count + excluded.failure_count`,
        }),
    )
    .execute()
  await countFailure(tx, row, by)
}

/** Its reason, where it failed on a scenario for a named one. */
const countFailure = async (tx: Tx, row: Counted, by: 1 | -1): Promise<void> => {
  const { suite_id, suite_version, scenario_key, failure_id } = row
  if (row.success !== false || failure_id === null) return
  if (suite_id === null || suite_version === null || scenario_key === null) return
  const { workspace_id, policy_version_id, world } = row
  const key = { workspace_id, suite_id, suite_version, scenario_key, policy_version_id, world, failure_id }
  await tx
    .insertInto('rollout_failure_tally')
    .values({ ...key, failure_count: by })
    .onConflict((conflict) =>
      conflict.columns(Object.keys(key) as (keyof typeof key)[]).doUpdateSet({
        failure_count: sql`rollout_failure_tally.failure_count + excluded.failure_count`,
      }),
    )
    .execute()
}

/** Names of the policies and versions of some rollouts, by version id. */
export const versionNames = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { name: string; label: string }>> => {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('policy_version as v')
    .innerJoin('policy as p', (join) =>
      join.onRef('p.workspace_id', '=', 'v.workspace_id').onRef('p.id', '=', 'v.policy_id'),
    )
    .select(['v.id', 'p.name', 'v.label'])
    .where('v.workspace_id', '=', workspaceId)
    .where('v.id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, ...names }) => [id, names]))
}
