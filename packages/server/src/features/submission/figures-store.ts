import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'
import { UNDECIDED } from './store.ts'

interface OfCampaign {
  workspaceId: string
  campaignId: string
}

export interface SubmissionCounts {
  submitted: number
  accepted: number
  /** Come back or rejected, and not made good since by a newer take. */
  returned: number
  workers: number
}

/** What became of a campaign’s answers, in numbers. */
export async function submissionCounts(
  tx: Tx,
  { workspaceId, campaignId }: OfCampaign,
): Promise<SubmissionCounts> {
  const { rows } = await sql<SubmissionCounts>`
    select count(*) as submitted, count(*) filter (where state = 'accepted') as accepted,
      count(*) filter (where state in ('returned', 'rejected')) as returned, count(distinct worker_id) as workers
    from submission where workspace_id = ${workspaceId} and campaign_id = ${campaignId}`.execute(tx)
  return rows[0] ?? { submitted: 0, accepted: 0, returned: 0, workers: 0 }
}

export interface WorkerCounts {
  accepted: number
  /** Come back or rejected. */
  returned: number
  /** Not decided yet. */
  pending: number
}

/** What became of these workers’ answers in the workspace, by worker; who has sent nothing is left out. */
export async function workerCounts(
  tx: Tx,
  workspaceId: string,
  workerIds: readonly string[],
): Promise<ReadonlyMap<string, WorkerCounts>> {
  if (workerIds.length === 0) return new Map()
  const { rows } = await sql<WorkerCounts & { workerId: string }>`
    select worker_id as "workerId", count(*) filter (where state = 'accepted') as accepted,
      count(*) filter (where state in ('returned', 'rejected')) as returned,
      count(*) filter (where state = any(${[...UNDECIDED]})) as pending
    from submission where workspace_id = ${workspaceId} and worker_id = any(${[...workerIds]}::uuid[])
    group by worker_id`.execute(tx)
  return new Map(rows.map(({ workerId, ...counts }) => [workerId, counts]))
}

/** The middle of the times that answers took, as the devices measured them; null without answers. */
export async function medianActiveMs(
  tx: Tx,
  { workspaceId, campaignId }: OfCampaign,
): Promise<number | null> {
  const { rows } = await sql<{ median: number | null }>`
    select percentile_cont(0.5) within group (order by active_ms) as median
    from submission where workspace_id = ${workspaceId} and campaign_id = ${campaignId}`.execute(tx)
  return rows[0]?.median ?? null
}

/** How many answers came in each hour since `since`; hours without any are left out. */
export async function hourlyCounts(
  tx: Tx,
  { workspaceId, campaignId, since }: OfCampaign & { since: Date },
): Promise<{ at: Date; count: number }[]> {
  const { rows } = await sql<{ at: Date; count: number }>`
    select date_trunc('hour', created_at) as at, count(*) as count from submission
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and created_at >= ${since}
    group by 1 order by 1`.execute(tx)
  return rows
}

export interface PairAgreement {
  /** Pairs of answers to the same question about the same clip, and how many of them say the same. */
  pairCount: number
  agreeingCount: number
  /** Answers beyond the first of each clip: as many as are free to agree or not. */
  freeCount: number
}

/** How far people who answered the same question about the same thing said the same. */
export async function pairAgreement(
  tx: Tx,
  { workspaceId, campaignId, question }: OfCampaign & { question: string },
): Promise<PairAgreement> {
  const { rows } = await sql<PairAgreement>`
    with labelled as (
      select task_id, attempt, answer -> 'choices' ->> ${question} as label from submission
      where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and state <> 'frozen'),
    counted as (
      select task_id, attempt, label, count(*) as n from labelled where label is not null group by 1, 2, 3),
    asked as (
      select sum(n) as total, sum(n * (n - 1) / 2) as agreeing from counted group by task_id, attempt)
    select coalesce(sum(total * (total - 1) / 2), 0)::bigint as "pairCount",
      coalesce(sum(agreeing), 0)::bigint as "agreeingCount", coalesce(sum(total - 1), 0)::bigint as "freeCount"
    from asked`.execute(tx)
  return rows[0] ?? { pairCount: 0, agreeingCount: 0, freeCount: 0 }
}

/** Ids of a campaign’s latest answers. */
export async function latestSubmissionIds(
  tx: Tx,
  { workspaceId, campaignId, limit }: OfCampaign & { limit: number },
): Promise<string[]> {
  const rows = await tx
    .selectFrom('submission')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export interface AnswerGiven {
  id: string
  campaignId: string
  kind: string
  workerId: string
  activeMs: number
  /** Of a comparison; null of anything else. */
  winner: string | null
  at: Date
}

/** Answers given after a place in the order of coming, the earliest first. */
export async function answersBetween(
  tx: Tx,
  workspaceId: string,
  of: { after: { at: Date; id: string }; until: Date; limit: number },
): Promise<AnswerGiven[]> {
  const { rows } = await sql<AnswerGiven>`
    select id, campaign_id as "campaignId", kind, worker_id as "workerId", active_ms::float8 as "activeMs",
      case when kind = 'compare' then answer ->> 'winner' end as winner, created_at as at
    from submission where workspace_id = ${workspaceId} and (created_at, id) > (${of.after.at}, ${of.after.id}::uuid)
      and created_at <= ${of.until} order by created_at, id limit ${of.limit}`.execute(tx)
  return rows
}
