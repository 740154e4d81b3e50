import { type Insertable, type Selectable, sql } from 'kysely'
import type { Lease, Task } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type TaskRow = Selectable<Task>
export type LeaseRow = Selectable<Lease>

export interface Key {
  workspaceId: string
  id: string
}

const INSERT_CHUNK = 1000
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Adds tasks; one about an episode that has its task already is left out. Returns the ids that were added. */
export async function insertTasks(tx: Tx, rows: readonly Insertable<Task>[]): Promise<ReadonlySet<string>> {
  const added = new Set<string>()
  for (let at = 0; at < rows.length; at += INSERT_CHUNK) {
    const inserted = await tx
      .insertInto('task')
      .values(rows.slice(at, at + INSERT_CHUNK))
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'campaign_id', 'episode_id'])
          .where('episode_id', 'is not', null)
          .doNothing(),
      )
      .returning('id')
      .execute()
    for (const { id } of inserted) added.add(id)
  }
  return added
}

export async function insertLeases(tx: Tx, rows: readonly Insertable<Lease>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += INSERT_CHUNK) {
    await tx
      .insertInto('lease')
      .values(rows.slice(at, at + INSERT_CHUNK))
      .execute()
  }
}

export const readTask = (tx: Tx, { workspaceId, id }: Key): Promise<TaskRow | undefined> =>
  tx
    .selectFrom('task')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

/** The task, held against whoever else would act on it until the transaction ends. */
export const lockTask = (tx: Tx, { workspaceId, id }: Key): Promise<TaskRow | undefined> =>
  tx
    .selectFrom('task')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const setTaskState = (
  tx: Tx,
  { workspaceId, id }: Key,
  state: 'open' | 'done' | 'stopped',
  now: Date,
) =>
  tx
    .updateTable('task')
    .set({ state, done_at: state === 'open' ? null : now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()

/** Open tasks that ask about an episode, in any campaign. */
export const openTasksAbout = (tx: Tx, workspaceId: string, episodeId: string) =>
  tx
    .selectFrom('task')
    .select(['id', 'campaign_id'])
    .where('workspace_id', '=', workspaceId)
    .where('episode_id', '=', episodeId)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute()

/** Those of these tasks that are still open. */
export async function stillOpen(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`select id from task where workspace_id = ${workspaceId}
    and id = any(${[...ids]}::uuid[]) and state = 'open'`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/** All tasks that ask about an episode, oldest first. */
export const tasksAbout = (tx: Tx, workspaceId: string, episodeId: string): Promise<TaskRow[]> =>
  tx
    .selectFrom('task')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('episode_id', '=', episodeId)
    .orderBy('id')
    .execute()

/** How many tasks of each campaign are open; at most `cap` are counted. */
export async function countOpenTasks(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  cap: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select from task where workspace_id = ${workspaceId}
      and campaign_id = ${campaignId} and state = 'open' limit ${cap}) as counted`.execute(tx)
  return rows[0]?.count ?? 0
}

/** A lease of the worker's own, in whichever workspace, by the worker's own policy. */
export const readOwnLease = (tx: Tx, workerId: string, id: string): Promise<LeaseRow | undefined> =>
  tx.selectFrom('lease').selectAll().where('worker_id', '=', workerId).where('id', '=', id).executeTakeFirst()

export const lockLease = (tx: Tx, { workspaceId, id }: Key): Promise<LeaseRow | undefined> =>
  tx
    .selectFrom('lease')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const updateLease = (
  tx: Tx,
  { workspaceId, id }: Key,
  change: Partial<Pick<Insertable<Lease>, 'state' | 'leased_until' | 'worker_id' | 'terms_version'>>,
): Promise<LeaseRow> =>
  tx
    .updateTable('lease')
    .set(change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

export const heldLeases = (tx: Tx, workerId: string, now: Date): Promise<LeaseRow[]> =>
  tx
    .selectFrom('lease')
    .selectAll()
    .where('worker_id', '=', workerId)
    .where('state', '=', 'held')
    .where('leased_until', '>', now)
    .orderBy('leased_until')
    .execute()

export const leasesOfTask = (tx: Tx, workspaceId: string, taskId: string): Promise<LeaseRow[]> =>
  tx
    .selectFrom('lease')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', taskId)
    .orderBy('id')
    .execute()

/** Takes offers back: all of a task's, or `count` of them. Returns how many. */
export async function voidOffers(
  tx: Tx,
  workspaceId: string,
  taskId: string,
  count?: number,
): Promise<number> {
  const offered = tx
    .selectFrom('lease')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', taskId)
    .where('state', '=', 'offered')
    .orderBy('id', 'desc')
  const chosen = count === undefined ? offered : offered.limit(count)
  const voided = await tx
    .updateTable('lease')
    .set({ state: 'void' })
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', chosen.forUpdate().skipLocked())
    .where('state', '=', 'offered')
    .executeTakeFirst()
  return Number(voided.numUpdatedRows)
}

/** Ends what a closed campaign still offers, and the tasks nobody has begun. */
export async function stopOffers(tx: Tx, workspaceId: string, campaignId: string, now: Date): Promise<void> {
  await sql`update lease set state = 'void' where workspace_id = ${workspaceId}
    and campaign_id = ${campaignId} and state = 'offered'`.execute(tx)
  await sql`update task set state = 'stopped', done_at = ${now} where workspace_id = ${workspaceId}
    and campaign_id = ${campaignId} and state = 'open' and not exists (select from lease l
      where l.workspace_id = task.workspace_id and l.task_id = task.id and l.state in ('held', 'spent'))`.execute(
    tx,
  )
}

export const overdueLeases = (tx: Tx, workspaceId: string, now: Date, limit: number) =>
  tx
    .selectFrom('lease')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'held')
    .where('leased_until', '<=', now)
    .orderBy('leased_until')
    .limit(limit)
    .execute()

interface WorkerInCampaign {
  workspaceId: string
  campaignId: string
  workerId: string
}

/** How many leases a worker holds, and how many tasks they hold or have done, in a campaign. */
export async function countOfWorker(tx: Tx, { workspaceId, campaignId, workerId }: WorkerInCampaign) {
  const row = await tx
    .selectFrom('lease')
    .select([
      sql<number>`count(*) filter (where state = 'held')`.as('held'),
      sql<number>`count(*) filter (where state = 'spent')`.as('spent'),
      sql<number>`count(distinct task_id) filter (where state in ('held', 'spent'))`.as('taken'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('worker_id', '=', workerId)
    .executeTakeFirstOrThrow()
  return row
}

/** How many leases of a campaign are held now: work in hand. */
export async function countHeldLeases(tx: Tx, workspaceId: string, campaignId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from lease
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and state = 'held'`.execute(tx)
  return rows[0]?.count ?? 0
}
