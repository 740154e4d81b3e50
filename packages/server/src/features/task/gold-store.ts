import { uuidv7 } from '@chiron/core/kit'
import { type Selectable, sql } from 'kysely'
import type { Clock } from '../../platform/clock.ts'
import type { Gold } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import type { Key, LeaseRow, TaskRow } from './store.ts'

export type GoldRow = Selectable<Gold>

export interface NewGold {
  task: TaskRow
  /** What is right: a label, a side, or the ratings of a rollout as one text (`knownRatingsLabel`). */
  label: string
  /** `stated`: a member's word. `settled`: what the answers agreed on beyond doubt. */
  source: 'settled' | 'stated'
  statedBy: string | null
  /** To how many workers it may be asked; 0: it is known, and not asked. */
  useMax: number
}

/** Makes a settled task gold, or changes what is known of it: a member's word stands above what was settled. */
export async function putGold(tx: Tx, clock: Clock, gold: NewGold): Promise<void> {
  const { task, label, source, statedBy, useMax } = gold
  const known = { label, source, stated_by: statedBy }
  await tx
    .insertInto('gold')
    .values({
      workspace_id: task.workspace_id,
      task_id: task.id,
      campaign_id: task.campaign_id,
      about_worker_id: task.about_worker_id,
      ...known,
      place: new DataView(clock.randomBytes(4).slice().buffer).getUint32(0) / 2 ** 32,
      use_max: useMax,
      created_at: clock.now(),
      retired_at: useMax === 0 ? clock.now() : null,
    })
    .onConflict((conflict) =>
      source === 'stated'
        ? conflict.columns(['workspace_id', 'task_id']).doUpdateSet(known)
        : conflict.columns(['workspace_id', 'task_id']).doNothing(),
    )
    .execute()
}

/** Asks nobody any more about these clips as gold; what is in hand runs on. */
export const retireGoldAbout = (tx: Tx, workspaceId: string, episodeId: string, now: Date) =>
  sql`update gold set retired_at = ${now} where workspace_id = ${workspaceId} and retired_at is null
    and task_id in (select id from task where workspace_id = ${workspaceId} and episode_id = ${episodeId})`.execute(
    tx,
  )

/** Asks nobody any more about this task as gold; its answer stays known. */
export const retireGold = (tx: Tx, { workspaceId, id }: Key, now: Date) =>
  tx
    .updateTable('gold')
    .set({ retired_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()

/** How many known answers of a campaign are still asked. */
export async function askedGoldCount(tx: Tx, workspaceId: string, campaignId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('gold')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export const readGold = (tx: Tx, { workspaceId, id }: Key): Promise<GoldRow | undefined> =>
  tx
    .selectFrom('gold')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', id)
    .executeTakeFirst()

interface Swap {
  lease: LeaseRow
  workerId: string
  /** When it is not, the same statement runs and changes nothing: its time tells nothing. */
  isGoldTurn: boolean
}

/**
 * Gives the worker gold in the place of the task they have just claimed. Lease, place and end stay: only the task is
 * another, one that this worker never had. The task that gave way is offered again right before that place, to whoever
 * is still on the way there. Undefined when it is not the turn of gold, or there is none for this worker.
 */
export async function swapForGold(tx: Tx, clock: Clock, swap: Swap): Promise<LeaseRow | undefined> {
  const { lease, workerId, isGoldTurn } = swap
  const now = clock.now()
  const { rows } = await sql<LeaseRow>`
    with next as (
      select g.task_id, g.about_worker_id from gold g
      where ${isGoldTurn} and g.workspace_id = ${lease.workspace_id} and g.campaign_id = ${lease.campaign_id}
        and g.retired_at is null and g.about_worker_id is distinct from ${workerId}
        and (select count(*) from lease mine where mine.workspace_id = g.workspace_id
          and mine.task_id = g.task_id and mine.worker_id = ${workerId}) = 0
      order by g.use_count, g.place limit 1
      for update of g skip locked
    ), swapped as (
      update lease set task_id = next.task_id, about_worker_id = next.about_worker_id,
        stands_for_task_id = lease.task_id
      from next where lease.workspace_id = ${lease.workspace_id} and lease.id = ${lease.id}
      returning lease.*
    ), used as (
      update gold set use_count = use_count + 1,
        retired_at = case when use_count + 1 >= use_max then ${now}::timestamptz end
      from next where gold.workspace_id = ${lease.workspace_id} and gold.task_id = next.task_id
    ), offered as (
      insert into lease (workspace_id, id, task_id, campaign_id, about_worker_id, state, attempt, created_at)
      select workspace_id, ${idBefore(clock, lease.id)}::uuid, ${lease.task_id}::uuid, campaign_id,
        ${lease.about_worker_id}::uuid, 'offered', attempt, ${now}::timestamptz from swapped
    )
    select * from swapped`.execute(tx)
  return rows[0]
}

const MOST_BEFORE_MS = 3000

/** A fresh id that lies a little before another one, at no telling distance. */
function idBefore(clock: Clock, id: string): string {
  const atMs = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  const dice = new DataView(clock.randomBytes(2).slice().buffer).getUint16(0)
  return uuidv7(atMs - 1 - (dice % MOST_BEFORE_MS), clock.randomBytes(10))
}

/** The task whose place the gold of this lease took; undefined for any other lease. */
export async function standsFor(tx: Tx, { workspaceId, id }: Key): Promise<string | undefined> {
  const row = await tx
    .selectFrom('lease')
    .select('stands_for_task_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.stands_for_task_id ?? undefined
}

/** Leases by which a task was asked as gold, whoever holds them. */
export async function goldLeasesOf(tx: Tx, { workspaceId, id }: Key): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('lease')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', id)
    .where('stands_for_task_id', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** Labels of a campaign's tasks that a member stated, by task. */
export async function knownLabels(
  tx: Tx,
  { workspaceId, campaignId }: { workspaceId: string; campaignId: string },
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('gold')
    .select(['task_id', 'label'])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('source', '=', 'stated')
    .execute()
  return new Map(rows.map((row) => [row.task_id, row.label]))
}

/** Leases whose gold took the place of this task: their answers are decided with its own. */
export async function leasesStandingFor(tx: Tx, { workspaceId, id }: Key): Promise<string[]> {
  const rows = await tx
    .selectFrom('lease')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('stands_for_task_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}
