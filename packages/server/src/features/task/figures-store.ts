import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'

interface OfCampaign {
  workspaceId: string
  campaignId: string
}

export interface JudgedTaskRow {
  taskId: string
  episodeId: string | null
  state: 'open' | 'done' | 'stopped'
  goldLabel: string | null
  goldSource: 'settled' | 'stated' | null
  goldUseCount: number | null
  isGoldRetired: boolean
}

export type JudgedTasks = 'all' | 'open' | 'settled' | 'known' | 'gold'

/** A campaign's tasks with what is gold of them, newest first; `after` is the last id of the page before. */
export async function judgedTaskPage(
  tx: Tx,
  of: OfCampaign & { show: JudgedTasks; after?: string | undefined; limit: number; taskId?: string },
): Promise<JudgedTaskRow[]> {
  const { workspaceId, campaignId, show, after, limit, taskId } = of
  const only = {
    all: sql`true`,
    open: sql`t.state = 'open'`,
    settled: sql`t.state = 'done'`,
    known: sql`g.source = 'stated'`,
    gold: sql`g.task_id is not null`,
  }[show]
  const { rows } = await sql<JudgedTaskRow>`
    select t.id as "taskId", t.episode_id as "episodeId", t.state, g.label as "goldLabel",
      g.source as "goldSource", g.use_count as "goldUseCount",
      (g.task_id is not null and g.retired_at is not null) as "isGoldRetired"
    from task t left join gold g on g.workspace_id = t.workspace_id and g.task_id = t.id
    where t.workspace_id = ${workspaceId} and t.campaign_id = ${campaignId} and ${only}
      and (${after ?? null}::uuid is null or t.id < ${after ?? null}::uuid)
      and (${taskId ?? null}::uuid is null or t.id = ${taskId ?? null}::uuid)
    order by t.id desc limit ${limit}`.execute(tx)
  return rows
}

export interface AnswerTotals {
  /** Latest settled tasks, `limit` at most, and the regular answers bought for them. */
  settledCount: number
  boughtCount: number
}

export async function answerTotals(
  tx: Tx,
  { workspaceId, campaignId, limit }: OfCampaign & { limit: number },
): Promise<AnswerTotals> {
  const { rows } = await sql<AnswerTotals>`
    with settled as (
      select id from task where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
        and state = 'done' order by id desc limit ${limit})
    select (select count(*) from settled)::int as "settledCount",
      (select count(*) from lease l join settled on settled.id = l.task_id where l.workspace_id = ${workspaceId}
        and l.state = 'spent' and l.stands_for_task_id is null)::int as "boughtCount"`.execute(tx)
  return rows[0] ?? { settledCount: 0, boughtCount: 0 }
}

export interface GoldCounts {
  /** Can be asked now. */
  readyCount: number
  statedCount: number
  /** Answers to gold that came in. */
  usedCount: number
  /** All answers that came in, gold ones included. */
  answerCount: number
}

export async function goldCounts(tx: Tx, { workspaceId, campaignId }: OfCampaign): Promise<GoldCounts> {
  const { rows } = await sql<GoldCounts>`
    select (select count(*) from gold where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
        and retired_at is null)::int as "readyCount",
      (select count(*) from gold where workspace_id = ${workspaceId} and campaign_id = ${campaignId}
        and source = 'stated')::int as "statedCount",
      count(*) filter (where stands_for_task_id is not null)::int as "usedCount",
      count(*)::int as "answerCount"
    from lease where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and state = 'spent'`.execute(
    tx,
  )
  return rows[0] ?? { readyCount: 0, statedCount: 0, usedCount: 0, answerCount: 0 }
}

/** A campaign's latest tasks whose label a member stated. */
export async function latestKnown(
  tx: Tx,
  { workspaceId, campaignId, limit }: OfCampaign & { limit: number },
): Promise<{ taskId: string; label: string }[]> {
  const { rows } = await sql<{ taskId: string; label: string }>`
    select task_id as "taskId", label from gold where workspace_id = ${workspaceId}
      and campaign_id = ${campaignId} and source = 'stated' order by task_id desc limit ${limit}`.execute(tx)
  return rows
}

/** Which tasks these workers answered as gold, with the known label; the latest `limit`. */
export async function answeredGold(
  tx: Tx,
  of: OfCampaign & { workerIds: readonly string[]; limit: number },
): Promise<{ taskId: string; workerId: string; label: string }[]> {
  const { rows } = await sql<{ taskId: string; workerId: string; label: string }>`
    select l.task_id as "taskId", l.worker_id as "workerId", g.label from lease l
      join gold g on g.workspace_id = l.workspace_id and g.task_id = l.task_id
    where l.workspace_id = ${of.workspaceId} and l.campaign_id = ${of.campaignId} and l.state = 'spent'
      and l.worker_id = any(${[...of.workerIds]}::uuid[]) and l.stands_for_task_id is not null
    order by l.id desc limit ${of.limit}`.execute(tx)
  return rows
}
