import { type Insertable, type Selectable, sql } from 'kysely'
import type { Appeal, Review } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type ReviewRow = Selectable<Review>
export type AppealRow = Selectable<Appeal>
export type Why = 'disputed' | 'sampled' | 'fault' | 'appeal'

export interface Key {
  workspaceId: string
  id: string
}

/** Opens a review; undefined when one of this kind is open for the task already. */
export const insertReview = (tx: Tx, row: Insertable<Review>): Promise<ReviewRow | undefined> =>
  tx
    .insertInto('review')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'task_id', 'why']).where('state', '=', 'open').doNothing(),
    )
    .returningAll()
    .executeTakeFirst()

export const readReview = (tx: Tx, { workspaceId, id }: Key): Promise<ReviewRow | undefined> =>
  tx
    .selectFrom('review')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

export const lockReview = (tx: Tx, { workspaceId, id }: Key): Promise<ReviewRow | undefined> =>
  tx
    .selectFrom('review')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

type Closing = Pick<ReviewRow, 'decision' | 'decided_at' | 'decided_by'> &
  Partial<Pick<ReviewRow, 'label' | 'reason_code' | 'moment_ms' | 'hint'>>

export const closeReview = (tx: Tx, { workspaceId, id }: Key, closing: Closing): Promise<ReviewRow> =>
  tx
    .updateTable('review')
    .set({ ...closing, state: 'done' })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Closes the open reviews of a task that nobody needs any more; an appeal is always answered. */
/** Every review of these tasks, decided or not. */
export async function reviewIdsOf(
  tx: Tx,
  workspaceId: string,
  taskIds: readonly string[],
): Promise<string[]> {
  if (taskIds.length === 0) return []
  const rows = await tx
    .selectFrom('review')
    .where('workspace_id', '=', workspaceId)
    .where('task_id', 'in', taskIds)
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}

export const closeMoot = (tx: Tx, workspaceId: string, taskId: string, now: Date) =>
  tx
    .updateTable('review')
    .set({ state: 'done', decision: 'moot', decided_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', taskId)
    .where('state', '=', 'open')
    .where('why', '<>', 'appeal')
    .execute()

/** Members who decided about a submission or, for a question, about its task. */
export async function decidersOf(
  tx: Tx,
  { workspace_id, task_id, submission_id }: Pick<ReviewRow, 'workspace_id' | 'task_id' | 'submission_id'>,
): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('review')
    .select('decided_by')
    .where('workspace_id', '=', workspace_id)
    .where('task_id', '=', task_id)
    .where('submission_id', submission_id === null ? 'is' : '=', submission_id)
    .where('decided_by', 'is not', null)
    .execute()
  return new Set(rows.map((row) => row.decided_by ?? ''))
}

export interface ReviewPage {
  state: 'open' | 'done'
  campaignId?: string | undefined
  why?: Why | undefined
  after?: string | undefined
  limit: number
}

/** The open ones most urgent first, those that are done newest first; `after` is the last id of the page before. */
export const listReviews = (tx: Tx, workspaceId: string, page: ReviewPage): Promise<ReviewRow[]> => {
  const isOpen = page.state === 'open'
  const column = isOpen ? 'due_at' : 'decided_at'
  const direction = isOpen ? 'asc' : 'desc'
  let query = tx
    .selectFrom('review')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', page.state)
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(page.limit)
  if (page.campaignId) query = query.where('campaign_id', '=', page.campaignId)
  if (page.why) query = query.where('why', '=', page.why)
  if (page.after)
    query = query.where(
      sql<boolean>`(${sql.ref(column)}, id) ${sql.raw(isOpen ? '>' : '<')} (select ${sql.ref(`r.${column}`)}, r.id
        from review r where r.workspace_id = ${workspaceId} and r.id = ${page.after})`,
    )
  return query.execute()
}

/** How many reviews are open, for a campaign or the whole workspace. */
export async function countOpenReviews(tx: Tx, workspaceId: string, campaignId?: string): Promise<number> {
  let query = tx
    .selectFrom('review')
    .select(sql<number>`count(*)`.as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'open')
  if (campaignId) query = query.where('campaign_id', '=', campaignId)
  return (await query.executeTakeFirstOrThrow()).count
}

export const insertAppeal = (tx: Tx, row: Insertable<Appeal>): Promise<AppealRow> =>
  tx.insertInto('appeal').values(row).returningAll().executeTakeFirstOrThrow()

export const readAppeal = (tx: Tx, { workspaceId, id }: Key): Promise<AppealRow | undefined> =>
  tx
    .selectFrom('appeal')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

export const appealOfReview = (tx: Tx, { workspaceId, id }: Key): Promise<AppealRow | undefined> =>
  tx
    .selectFrom('appeal')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('review_id', '=', id)
    .executeTakeFirst()

export const appealOfSubmission = (tx: Tx, { workspaceId, id }: Key): Promise<AppealRow | undefined> =>
  tx
    .selectFrom('appeal')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('submission_id', '=', id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export const answerAppeal = (
  tx: Tx,
  { workspaceId, id }: Key,
  change: { state: 'upheld' | 'dismissed'; answer: string | null; decided_at: Date },
) =>
  tx.updateTable('appeal').set(change).where('workspace_id', '=', workspaceId).where('id', '=', id).execute()

/** A worker's own appeals, everywhere, newest first. */
export const ownAppeals = (tx: Tx, workerId: string, limit: number): Promise<AppealRow[]> =>
  tx
    .selectFrom('appeal')
    .selectAll()
    .where('worker_id', '=', workerId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** What became of a worker's appeals against these answers, by submission. */
export async function appealStates(
  tx: Tx,
  workerId: string,
  submissionIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (submissionIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('appeal')
    .select(['submission_id', 'state'])
    .where('worker_id', '=', workerId)
    .where('submission_id', 'in', [...submissionIds])
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.submission_id, row.state]))
}

export const overdueAppeals = (tx: Tx, workspaceId: string, now: Date, limit: number) =>
  tx
    .selectFrom('appeal')
    .select(['id', 'review_id', 'submission_id'])
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'open')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .execute()
