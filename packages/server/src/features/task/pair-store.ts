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
