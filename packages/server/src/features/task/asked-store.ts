import { type Insertable, type Selectable, sql } from 'kysely'
import type { TaskRollout } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import type { Key } from './store.ts'

/** The rollout that a task asks about by itself. */
export type AskedRow = Selectable<TaskRollout>
export type NewAsked = Omit<Insertable<TaskRollout>, 'workspace_id' | 'task_id' | 'campaign_id'>

export const insertAsked = async (tx: Tx, rows: readonly Insertable<TaskRollout>[]): Promise<void> => {
  if (rows.length > 0)
    await tx
      .insertInto('task_rollout')
      .values([...rows])
      .execute()
}

export const readAsked = (tx: Tx, { workspaceId, id }: Key): Promise<AskedRow | undefined> =>
  tx
    .selectFrom('task_rollout')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', id)
    .executeTakeFirst()

/** The task by which a campaign asks about a rollout, whatever became of it. */
export async function askedAbout(
  tx: Tx,
  of: { workspaceId: string; campaignId: string; rolloutId: string },
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('task_rollout')
    .select('task_id')
    .where('workspace_id', '=', of.workspaceId)
    .where('campaign_id', '=', of.campaignId)
    .where('rollout_id', '=', of.rolloutId)
    .executeTakeFirst()
  return row?.task_id
}

/** The rollouts that these tasks ask about, each by itself. */
export async function rolloutsOfTasks(
  tx: Tx,
  workspaceId: string,
  taskIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct rollout_id as id from task_rollout
    where workspace_id = ${workspaceId} and task_id = any(${[...taskIds]}::uuid[])`.execute(tx)
  return rows.map(({ id }) => id)
}

/**
 * A rollout is gone: nobody is asked about it any more, by itself, in a pair, or as gold. Leases that people hold stay
 * theirs. Returns the campaigns that lost tasks.
 */
export async function stopTasksWith(
  tx: Tx,
  workspaceId: string,
  rolloutId: string,
  now: Date,
): Promise<string[]> {
  const about = sql`(
    select task_id from task_pair where workspace_id = ${workspaceId} and left_rollout_id = ${rolloutId}
    union all
    select task_id from task_pair where workspace_id = ${workspaceId} and right_rollout_id = ${rolloutId}
    union all
    select task_id from task_rollout where workspace_id = ${workspaceId} and rollout_id = ${rolloutId})`
  const { rows } = await sql<{ id: string; campaign_id: string }>`
    update task set state = 'stopped', done_at = ${now}
    where workspace_id = ${workspaceId} and state = 'open' and id in ${about}
    returning id, campaign_id`.execute(tx)
  await sql`update lease set state = 'void' where workspace_id = ${workspaceId} and state = 'offered'
    and task_id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(tx)
  await sql`update gold set retired_at = ${now} where workspace_id = ${workspaceId} and retired_at is null
    and task_id in ${about}`.execute(tx)
  return [...new Set(rows.map((row) => row.campaign_id))].sort()
}
