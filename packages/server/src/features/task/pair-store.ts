import { type Insertable, type Selectable, sql } from 'kysely'
import type { TaskPair } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import type { Key } from './store.ts'

export type PairRow = Selectable<TaskPair>
export type NewPair = Omit<Insertable<TaskPair>, 'workspace_id' | 'task_id' | 'campaign_id'>

/** What a player needs of a clip; kept with the pair. */
export interface PairedClip {
  durationMs: number
  frameCount: number
  fps: number
  /** Where it begins on its rollout's clock; pairs from before this was kept have none. */
  startMs?: number
}

export const insertPairs = async (tx: Tx, rows: readonly Insertable<TaskPair>[]): Promise<void> => {
  if (rows.length > 0)
    await tx
      .insertInto('task_pair')
      .values([...rows])
      .execute()
}

export const readPair = (tx: Tx, { workspaceId, id }: Key): Promise<PairRow | undefined> =>
  tx
    .selectFrom('task_pair')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', id)
    .executeTakeFirst()

/** Pairs of these tasks whose answers have come, but those that are known already. */
export const answeredPairs = (tx: Tx, workspaceId: string, taskIds: readonly string[]): Promise<PairRow[]> =>
  taskIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('task_pair as p')
        .innerJoin('task as t', (join) =>
          join.onRef('t.workspace_id', '=', 'p.workspace_id').onRef('t.id', '=', 'p.task_id'),
        )
        .selectAll('p')
        .where('p.workspace_id', '=', workspaceId)
        .where('p.task_id', 'in', [...taskIds])
        .where('t.state', '=', 'done')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('gold as g')
                .select('g.task_id')
                .whereRef('g.workspace_id', '=', 'p.workspace_id')
                .whereRef('g.task_id', '=', 'p.task_id'),
            ),
          ),
        )
        .execute()

/** How often each two versions are being asked about in a campaign, whichever stands left. */
export async function openPairCounts(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
): Promise<{ left: string; right: string; count: number }[]> {
  const { rows } = await sql<{ left: string; right: string; count: number }>`
    select p.left_version_id as left, p.right_version_id as right, count(*)::int as count
    from task t join task_pair p on p.workspace_id = t.workspace_id and p.task_id = t.id
    where t.workspace_id = ${workspaceId} and t.campaign_id = ${campaignId} and t.state = 'open'
    group by 1, 2`.execute(tx)
  return rows
}

/**
 * Takes back pairs of these versions that nobody has begun, whichever stands left; what is in hand runs on. Returns how many.
 */
export async function stopPairs(
  tx: Tx,
  { workspaceId, campaignId }: { workspaceId: string; campaignId: string },
  versions: readonly (readonly [string, string])[],
  now: Date,
): Promise<number> {
  const [ones, others] = [versions.map(([one]) => one), versions.map(([, other]) => other)]
  const { rows } = await sql<{ id: string }>`
    select t.id from task t join task_pair p on p.workspace_id = t.workspace_id and p.task_id = t.id
    where t.workspace_id = ${workspaceId} and t.campaign_id = ${campaignId} and t.state = 'open'
      and exists (select from unnest(${ones}::uuid[], ${others}::uuid[]) as v (one, other)
        where (p.left_version_id, p.right_version_id) in ((v.one, v.other), (v.other, v.one)))`.execute(tx)
  const ids = rows.map(({ id }) => id)
  // Whoever has just claimed one keeps it: the offer is no longer there to be taken back.
  await sql`update lease set state = 'void' where workspace_id = ${workspaceId} and task_id = any(${ids}::uuid[])
    and state = 'offered'`.execute(tx)
  const stopped =
    await sql`update task set state = 'stopped', done_at = ${now} where workspace_id = ${workspaceId}
    and id = any(${ids}::uuid[]) and state = 'open' and not exists (select from lease l
      where l.workspace_id = task.workspace_id and l.task_id = task.id and l.state in ('offered', 'held', 'spent'))`.execute(
      tx,
    )
  return Number(stopped.numAffectedRows ?? 0)
}

/** How often each of these rollouts was put before somebody; those that never were are left out. */
export async function timesShown(
  tx: Tx,
  workspaceId: string,
  rolloutIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select id, count(*)::int as count from (
      select left_rollout_id as id from task_pair
        where workspace_id = ${workspaceId} and left_rollout_id = any(${[...rolloutIds]}::uuid[])
      union all
      select right_rollout_id from task_pair
        where workspace_id = ${workspaceId} and right_rollout_id = any(${[...rolloutIds]}::uuid[])) as shown
    group by id`.execute(tx)
  return new Map(rows.map(({ id, count }) => [id, count]))
}
