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

/** Writes what was judged of a rollout, or takes it back. */
export const updateJudgement = (
  tx: Tx,
  { workspaceId, id }: { workspaceId: string; id: string },
  change: Pick<
    Insertable<Rollout>,
    | 'success'
    | 'failure_id'
    | 'told_success'
    | 'told_failure_id'
    | 'judged_outcome'
    | 'judged_term_id'
    | 'judged_moment_ms'
    | 'judged_probability'
    | 'judged_by'
    | 'judged_task_id'
    | 'judged_at'
  >,
): Promise<RolloutRow> =>
  tx
    .updateTable('rollout')
    .set(change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

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

/** How these rollouts ended, where that is known; those that are gone are left out. */
export async function endingsOf(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, boolean>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('rollout')
    .select(['id', 'success'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .where('erased_at', 'is', null)
    .execute()
  return new Map(rows.flatMap(({ id, success }) => (success === null ? [] : [[id, success] as const])))
}

const HEARD = [
  'id',
  'policy_version_id',
  'suite_id',
  'suite_version',
  'scenario_key',
  'world',
  'success',
  'failure_id',
  'told_success',
  'told_failure_id',
  'judged_outcome',
  'judged_at',
  'erased_at',
  'created_at',
] as const

/** Rollouts that came after a place in the order of coming, the earliest first. */
export const outcomesBetween = (
  tx: Tx,
  workspaceId: string,
  { afterId, until, limit }: { afterId: string; until: Date; limit: number },
) =>
  tx
    .selectFrom('rollout')
    .select(HEARD)
    .where('workspace_id', '=', workspaceId)
    .where('id', '>', afterId)
    .where('created_at', '<=', until)
    .orderBy('id')
    .limit(limit)
    .execute()

/** Rollouts of which a judgement first told how they ended, after a place in the order of judging. */
export const judgementsBetween = (
  tx: Tx,
  workspaceId: string,
  { after, until, limit }: { after: { at: Date; id: string }; until: Date; limit: number },
) =>
  tx
    .selectFrom('rollout')
    .select(HEARD)
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`(judged_at, id) > (${after.at}, ${after.id}::uuid)`)
    .where('judged_at', '<=', until)
    .orderBy('judged_at')
    .orderBy('id')
    .limit(limit)
    .execute()

export interface FailureCell {
  scenario: string
  failureId: string | null
}

/** The newest failed runs of a version at each scenario and reason. */
export async function newestFailures(
  tx: Tx,
  workspaceId: string,
  of: { suiteId: string; version: number; world: string; policyVersionId: string },
  { cells, each }: { cells: readonly FailureCell[]; each: number },
): Promise<(FailureCell & { id: string })[]> {
  const named = cells.filter(({ failureId }) => failureId !== null)
  const unexplained = cells.filter(({ failureId }) => failureId === null)
  const { rows } = await sql<FailureCell & { id: string }>`
    with own as not materialized (select id, scenario_key, failure_id from rollout
      where workspace_id = ${workspaceId} and policy_version_id = ${of.policyVersionId} and suite_id = ${of.suiteId}
        and suite_version = ${of.version} and world = ${of.world} and success = false and erased_at is null)
    select c.scenario, c.reason as "failureId", r.id
    from unnest(${named.map(({ scenario }) => scenario)}::text[],
      ${named.map(({ failureId }) => failureId)}::text[]) as c (scenario, reason)
    cross join lateral (select id from own where scenario_key = c.scenario and failure_id = c.reason
      order by id desc limit ${each}) r
    union all
    select c.scenario, null, r.id from unnest(${unexplained.map(({ scenario }) => scenario)}::text[]) as c (scenario)
    cross join lateral (select id from own where scenario_key = c.scenario and failure_id is null
      order by id desc limit ${each}) r
    order by id desc`.execute(tx)
  return rows
}
