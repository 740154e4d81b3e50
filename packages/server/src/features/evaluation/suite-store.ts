import { type Insertable, type Selectable, sql } from 'kysely'
import type { Suite, SuiteKey, SuiteVersion } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import type { NamedPage } from './policy-store.ts'

export type SuiteRow = Selectable<Suite>
export type SuiteVersionRow = Selectable<SuiteVersion>
export interface VersionKey {
  workspaceId: string
  suiteId: string
  version: number
}

/** Undefined when the name is taken. */
export const insertSuite = (tx: Tx, row: Insertable<Suite>): Promise<SuiteRow | undefined> =>
  tx
    .insertInto('suite')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst()

export const readSuite = (tx: Tx, workspaceId: string, id: string): Promise<SuiteRow | undefined> =>
  tx
    .selectFrom('suite')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

export const listSuiteRows = (tx: Tx, workspaceId: string, page: NamedPage): Promise<SuiteRow[]> => {
  let query = tx.selectFrom('suite').selectAll().where('workspace_id', '=', workspaceId)
  if (page.after) query = query.where('id', '<', page.after)
  if (page.search) query = query.where(sql<boolean>`strpos(lower(name), lower(${page.search})) > 0`)
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}

/** Undefined when the version, or another draft, was made at the same moment. */
export const insertSuiteVersion = (
  tx: Tx,
  row: Insertable<SuiteVersion>,
): Promise<SuiteVersionRow | undefined> =>
  tx
    .insertInto('suite_version')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()

export const readSuiteVersion = (
  tx: Tx,
  { workspaceId, suiteId, version }: VersionKey,
): Promise<SuiteVersionRow | undefined> =>
  tx
    .selectFrom('suite_version')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('suite_id', '=', suiteId)
    .where('version', '=', version)
    .executeTakeFirst()

export const lockSuiteVersion = (
  tx: Tx,
  { workspaceId, suiteId, version }: VersionKey,
): Promise<SuiteVersionRow | undefined> =>
  tx
    .selectFrom('suite_version')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('suite_id', '=', suiteId)
    .where('version', '=', version)
    .forUpdate()
    .executeTakeFirst()

export const latestSuiteVersion = (
  tx: Tx,
  workspaceId: string,
  suiteId: string,
): Promise<SuiteVersionRow | undefined> =>
  tx
    .selectFrom('suite_version')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('suite_id', '=', suiteId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

export const updateSuiteVersion = (
  tx: Tx,
  { workspaceId, suiteId, version }: VersionKey,
  change: Partial<Insertable<SuiteVersion>>,
): Promise<SuiteVersionRow> =>
  tx
    .updateTable('suite_version')
    .set(change)
    .where('workspace_id', '=', workspaceId)
    .where('suite_id', '=', suiteId)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Versions of some suites, newest first, without their content. */
export const versionHeads = (tx: Tx, workspaceId: string, suiteIds: readonly string[]) =>
  suiteIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('suite_version')
        .select(['suite_id', 'version', 'created_at', 'frozen_at'])
        .select([
          sql<number>`jsonb_array_length(content->'scenarios')`.as('scenarioCount'),
          sql<number>`jsonb_array_length(content->'factors')`.as('factorCount'),
        ])
        .where('workspace_id', '=', workspaceId)
        .where('suite_id', 'in', [...suiteIds])
        .orderBy('version', 'desc')
        .execute()

/** Rollouts of each version of some suites. */
export const versionTallies = (tx: Tx, workspaceId: string, suiteIds: readonly string[]) =>
  suiteIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('rollout_tally')
        .select(['suite_id', 'suite_version'])
        .select(sql<number>`sum(rollout_count)::int`.as('rolloutCount'))
        .where('workspace_id', '=', workspaceId)
        .where('suite_id', 'in', [...suiteIds])
        .groupBy(['suite_id', 'suite_version'])
        .execute()

/** Rollouts with a known outcome, per scenario of a version. */
export const scenarioTallies = (
  tx: Tx,
  { workspaceId, suiteId, version }: VersionKey,
  only: { policyVersionId?: string | undefined; world?: string | undefined },
) => {
  let query = tx
    .selectFrom('rollout_tally')
    .select('scenario_key')
    .select([
      sql<number>`sum(success_count + failure_count)::int`.as('rolloutCount'),
      sql<number>`sum(success_count)::int`.as('successCount'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('suite_id', '=', suiteId)
    .where('suite_version', '=', version)
  if (only.policyVersionId) query = query.where('policy_version_id', '=', only.policyVersionId)
  if (only.world) query = query.where('world', '=', only.world)
  return query.groupBy('scenario_key').execute()
}

export const namesOfSuites = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('suite')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export const readSuiteKey = (tx: Tx, workspaceId: string): Promise<Selectable<SuiteKey> | undefined> =>
  tx.selectFrom('suite_key').selectAll().where('workspace_id', '=', workspaceId).executeTakeFirst()

/** Does nothing when another was faster. */
export const insertSuiteKey = (tx: Tx, row: Insertable<SuiteKey>) =>
  tx
    .insertInto('suite_key')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** Rollouts with a known outcome, per policy version, scenario and world. */
export const worldTallies = (tx: Tx, { workspaceId, suiteId, version }: VersionKey) =>
  tx
    .selectFrom('rollout_tally')
    .select([
      'policy_version_id as policy',
      'scenario_key as scenario',
      'success_count as successCount',
      'failure_count as failureCount',
    ])
    .select(sql<'real' | 'sim'>`world`.as('world'))
    .where('workspace_id', '=', workspaceId)
    .where('suite_id', '=', suiteId)
    .where('suite_version', '=', version)
    .where(sql<boolean>`success_count + failure_count > 0`)
    .execute()

/** Failures by their reason, per policy version, scenario and world; of one version in one world, if asked. */
export const failureTallies = (
  tx: Tx,
  { workspaceId, suiteId, version }: VersionKey,
  only: { policyVersionId?: string; world?: string } = {},
) => {
  let query = tx
    .selectFrom('rollout_failure_tally')
    .select([
      'policy_version_id as policy',
      'scenario_key as scenario',
      'world',
      'failure_id as failureId',
      'failure_count as failureCount',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('suite_id', '=', suiteId)
    .where('suite_version', '=', version)
    .where('failure_count', '>', 0)
  if (only.policyVersionId) query = query.where('policy_version_id', '=', only.policyVersionId)
  if (only.world) query = query.where('world', '=', only.world)
  return query.execute()
}
