import { type Insertable, type Selectable, sql } from 'kysely'
import type { Submission } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type SubmissionRow = Selectable<Submission>
export type SubmissionState =
  | 'checking'
  | 'waiting'
  | 'review'
  | 'accepted'
  | 'returned'
  | 'rejected'
  | 'frozen'

export interface Key {
  workspaceId: string
  id: string
}

export const UNDECIDED: readonly SubmissionState[] = ['checking', 'waiting', 'review']

/** Undefined when the id is taken. */
export const insertSubmission = (tx: Tx, row: Insertable<Submission>): Promise<SubmissionRow | undefined> =>
  tx
    .insertInto('submission')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doNothing())
    .returningAll()
    .executeTakeFirst()

export const readSubmission = (tx: Tx, { workspaceId, id }: Key): Promise<SubmissionRow | undefined> =>
  tx
    .selectFrom('submission')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

export const lockSubmission = (tx: Tx, { workspaceId, id }: Key): Promise<SubmissionRow | undefined> =>
  tx
    .selectFrom('submission')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** A worker's own, in whichever workspace, by the worker's own policy. */
export const readOwnSubmission = (tx: Tx, workerId: string, id: string): Promise<SubmissionRow | undefined> =>
  tx
    .selectFrom('submission')
    .selectAll()
    .where('worker_id', '=', workerId)
    .where('id', '=', id)
    .executeTakeFirst()

/** A worker's own, newest first; `after` is the id of the last one of the page before. */
export const listOwnSubmissions = (
  tx: Tx,
  workerId: string,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<SubmissionRow[]> => {
  const query = tx
    .selectFrom('submission')
    .selectAll()
    .where('worker_id', '=', workerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (after === undefined) return query.execute()
  return query
    .where(
      sql<boolean>`(created_at, id) < (select s.created_at, s.id from submission s where s.worker_id = ${workerId} and s.id = ${after})`,
    )
    .execute()
}

/** All answers to a task, oldest first. */
export const submissionsOfTask = (tx: Tx, workspaceId: string, taskId: string): Promise<SubmissionRow[]> =>
  tx
    .selectFrom('submission')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', taskId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

export const submissionsOfTasks = (
  tx: Tx,
  workspaceId: string,
  taskIds: readonly string[],
): Promise<SubmissionRow[]> =>
  taskIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('submission')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('task_id', 'in', [...taskIds])
        .orderBy('created_at')
        .orderBy('id')
        .execute()

/** The answers that spent these leases, oldest first. */
export const submissionsOfLeases = (
  tx: Tx,
  workspaceId: string,
  leaseIds: readonly string[],
): Promise<SubmissionRow[]> =>
  leaseIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('submission')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('lease_id', 'in', [...leaseIds])
        .orderBy('created_at')
        .orderBy('id')
        .execute()

/** A campaign's latest answers, for figures about it. */
export const latestAnswers = (
  tx: Tx,
  { workspaceId, campaignId, limit }: { workspaceId: string; campaignId: string; limit: number },
) =>
  tx
    .selectFrom('submission')
    .select(['task_id', 'worker_id', 'answer'])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('state', '<>', 'frozen')
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()

/** What these workers answered about these tasks. */
export const answersOnTasks = (
  tx: Tx,
  workspaceId: string,
  of: { workerIds: readonly string[]; taskIds: readonly string[] },
) =>
  tx
    .selectFrom('submission')
    .select(['task_id', 'worker_id', 'answer'])
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`task_id = any(${[...of.taskIds]}::uuid[])`)
    .where(sql<boolean>`worker_id = any(${[...of.workerIds]}::uuid[])`)
    .where('state', '<>', 'frozen')
    .execute()

/** Every answer of a campaign, as consensus counts them. */
export const answersOfCampaign = (tx: Tx, workspaceId: string, campaignId: string) =>
  tx
    .selectFrom('submission')
    .select(['id', 'task_id', 'worker_id', 'answer', 'attempt'])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('state', '<>', 'frozen')
    .orderBy('id')
    .execute()

export const updateState = (
  tx: Tx,
  { workspaceId, id }: Key,
  change: { state: SubmissionState; decided_at?: Date | null; decided_by?: string | null; reasons?: string },
): Promise<SubmissionRow> =>
  tx
    .updateTable('submission')
    .set(change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Undecided since before `before`, oldest first (WR-10). */
export const overdueSubmissions = (tx: Tx, workspaceId: string, before: Date, limit: number) =>
  tx
    .selectFrom('submission')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', 'in', [...UNDECIDED])
    .where('created_at', '<=', before)
    .orderBy('created_at')
    .limit(limit)
    .execute()

/** Came back between these two moments, and nobody may have taken them up again. */
export const returnedBetween = (
  tx: Tx,
  workspaceId: string,
  { from, to, limit }: { from: Date; to: Date; limit: number },
) =>
  tx
    .selectFrom('submission')
    .select(['id', 'task_id', 'attempt'])
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'returned')
    .where('decided_at', '>', from)
    .where('decided_at', '<=', to)
    .orderBy('decided_at')
    .limit(limit)
    .execute()

/** Pay of a campaign's answers that nobody has decided, and of those that may still be appealed. */
export async function paySums(
  tx: Tx,
  {
    workspaceId,
    campaignId,
    appealableSince,
  }: { workspaceId: string; campaignId: string; appealableSince: Date },
): Promise<{ undecidedMinor: number; appealableMinor: number }> {
  const { rows } = await sql<{ undecided: number; appealable: number }>`
    select coalesce(sum(pay_minor) filter (where state = any(${UNDECIDED})), 0)::bigint as undecided,
      coalesce(sum(pay_minor) filter (where state in ('returned', 'rejected')
        and decided_at > ${appealableSince}), 0)::bigint as appealable
    from submission where workspace_id = ${workspaceId} and campaign_id = ${campaignId}`.execute(tx)
  return { undecidedMinor: rows[0]?.undecided ?? 0, appealableMinor: rows[0]?.appealable ?? 0 }
}

/** Answers that were sent or decided since then, latest first: for whoever makes sure that nothing was missed. */
export const movedSince = (tx: Tx, workspaceId: string, since: Date, limit: number) =>
  tx
    .selectFrom('submission')
    .select(['id', 'state'])
    .where('workspace_id', '=', workspaceId)
    .where((of) => of.or([of('created_at', '>', since), of('decided_at', '>', since)]))
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()

/** Empties the answers to these tasks. Returns how many said something. */
export async function emptyAnswers(tx: Tx, workspaceId: string, taskIds: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update submission set answer = '{}' where workspace_id = ${workspaceId} and answer <> '{}'
      and task_id = any(${[...taskIds]}::uuid[])`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}
