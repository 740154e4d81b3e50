import type { WorkerId } from '@chiron/core/kit'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Invite, Member, Worker, Workspace } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type WorkspaceRow = Selectable<Workspace>
export type MemberRow = Selectable<Member>
export type InviteRow = Selectable<Invite>
export type WorkerRow = Selectable<Worker>

export const insertWorkspace = (tx: Tx, row: Insertable<Workspace>) =>
  tx.insertInto('workspace').values(row).execute()

export const readWorkspace = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('workspace').selectAll().where('id', '=', workspaceId).executeTakeFirst()

export const readWorkspaceBySlug = (tx: Tx, slug: string) =>
  tx.selectFrom('workspace').selectAll().where('slug', '=', slug).executeTakeFirst()

export const updateSeeded = (tx: Tx, workspaceId: string) =>
  tx.updateTable('workspace').set({ seeded: true }).where('id', '=', workspaceId).execute()

/** Every tenant there is, oldest first; for sweeps only (`chiron.system`). */
export const allWorkspaces = (tx: Tx) => tx.selectFrom('workspace').select('id').orderBy('id').execute()

export const insertMember = (tx: Tx, row: Insertable<Member>) =>
  tx.insertInto('member').values(row).returningAll().executeTakeFirstOrThrow()

/** Members in the order they came. */
export const listMembers = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()

export const readMember = (tx: Tx, workspaceId: string, memberId: string) =>
  tx
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()

/** Locks the owners in one order, so that two who leave at the same moment see each other. */
export const lockOwners = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'owner')
    .where('removed_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()

export const updateMember = (
  tx: Tx,
  { workspace_id, id }: Pick<MemberRow, 'workspace_id' | 'id'>,
  change: Partial<Pick<MemberRow, 'name' | 'role' | 'removed_at' | 'last_seen_at'>>,
) =>
  tx
    .updateTable('member')
    .set(change)
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()

export const insertInvite = (tx: Tx, row: Insertable<Invite>) =>
  tx.insertInto('invite').values(row).returningAll().executeTakeFirstOrThrow()

export const listInvites = (tx: Tx, workspaceId: string, now: Date) =>
  tx
    .selectFrom('invite')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('uses_left', '>', 0)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .execute()

/** The invite of a presented code (its hash is the transaction's secret) and the name of its workspace. */
export const readInvite = (tx: Tx, codeHash: string) =>
  tx
    .selectFrom('invite')
    .innerJoin('workspace', 'workspace.id', 'invite.workspace_id')
    .selectAll('invite')
    .select('workspace.name as workspace_name')
    .where('code_hash', '=', codeHash)
    .executeTakeFirst()

/** Takes one use; undefined when another took the last. */
export const useInvite = (tx: Tx, invite: InviteRow) =>
  tx
    .updateTable('invite')
    .set({ uses_left: sql`uses_left - 1`, used_count: sql`used_count + 1` })
    .where('workspace_id', '=', invite.workspace_id)
    .where('id', '=', invite.id)
    .where('uses_left', '>', 0)
    .returning('id')
    .executeTakeFirst()

/** False when the handle is taken. */
export async function insertWorker(tx: Tx, row: Insertable<Worker>): Promise<boolean> {
  const inserted = await tx
    .insertInto('worker')
    .values(row)
    .onConflict((conflict) => conflict.column('handle').doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

export const readWorker = (tx: Tx, workerId: string) =>
  tx.selectFrom('worker').selectAll().where('id', '=', workerId).executeTakeFirst()

/** The worker of a presented handle, which is the transaction's secret. */
export const readWorkerByHandle = (tx: Tx, handle: string) =>
  tx.selectFrom('worker').select('id').where('handle', '=', handle).executeTakeFirst()

export const updateWorker = (
  tx: Tx,
  workerId: WorkerId,
  change: Partial<
    Pick<WorkerRow, 'name' | 'locale' | 'country' | 'pin_hash' | 'pin_failures' | 'pin_locked_until'>
  >,
) => tx.updateTable('worker').set(change).where('id', '=', workerId).execute()

/**
 * Counts one try of the PIN before it is looked at, so that tries at the same moment cannot slip past the limit.
 * Undefined while the handle rests.
 */
export const countPinTry = (tx: Tx, workerId: WorkerId, now: Date) =>
  tx
    .updateTable('worker')
    .set({ pin_failures: sql`pin_failures + 1` })
    .where('id', '=', workerId)
    .where((where) => where.or([where('pin_locked_until', 'is', null), where('pin_locked_until', '<=', now)]))
    .returning(['pin_hash', 'pin_failures'])
    .executeTakeFirst()

/** After too many wrong PINs a handle rests. */
export const restPin = (tx: Tx, workerId: WorkerId, until: Date) =>
  tx.updateTable('worker').set({ pin_locked_until: until }).where('id', '=', workerId).execute()

/** False when the worker is in this workspace already. */
export async function insertEnrolment(
  tx: Tx,
  row: {
    workspace_id: string
    worker_id: string
    pseudonym: string
    country: string | null
    joined_at: Date
  },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('enrolment')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'worker_id']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** The workspaces a worker is in, by name, and what each of them calls the worker. */
export const listWorkspacesOf = (tx: Tx, workerId: string) =>
  tx
    .selectFrom('enrolment')
    .innerJoin('workspace', 'workspace.id', 'enrolment.workspace_id')
    .select(['workspace.id', 'workspace.name', 'enrolment.pseudonym'])
    .where('enrolment.worker_id', '=', workerId)
    .orderBy('workspace.name')
    .orderBy('workspace.id')
    .execute()

export interface PeoplePage {
  /** Id of the last worker of the page before. */
  after?: string | undefined
  limit: number
  search?: string | undefined
}

export interface PersonRow {
  worker_id: string
  pseudonym: string
  kind: string
  country: string | null
  joined_at: Date
}

/** One row more than the page, to know whether there is a next. */
export async function peopleOf(tx: Tx, workspaceId: string, page: PeoplePage): Promise<PersonRow[]> {
  const { after = null, limit, search = '' } = page
  const found = await sql<PersonRow>`
    select e.worker_id, e.pseudonym, w.kind, e.country, e.joined_at
    from enrolment e join worker w on w.id = e.worker_id
    where e.workspace_id = ${workspaceId} and (${after}::uuid is null or e.worker_id > ${after}::uuid)
      and (${search} = '' or strpos(lower(e.pseudonym), lower(${search})) > 0)
    order by e.worker_id limit ${limit + 1}`.execute(tx)
  return found.rows
}

/** What workers are called in this workspace, by worker id. */
export async function pseudonymsOf(
  tx: Tx,
  workspaceId: string,
  workerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (workerIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('enrolment')
    .select(['worker_id', 'pseudonym'])
    .where('workspace_id', '=', workspaceId)
    .where('worker_id', 'in', [...new Set(workerIds)])
    .execute()
  return new Map(rows.map((row) => [row.worker_id, row.pseudonym]))
}

/** Where workers say that they live (two letters), by worker id; those who say nothing are left out. */
export async function countriesOf(
  tx: Tx,
  workspaceId: string,
  workerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (workerIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('enrolment')
    .select(['worker_id', 'country'])
    .where('workspace_id', '=', workspaceId)
    .where('worker_id', 'in', [...new Set(workerIds)])
    .execute()
  return new Map(rows.flatMap((row) => (row.country ? [[row.worker_id, row.country] as const] : [])))
}

/** Name and role of members, also of those who have left, by member id. */
export async function memberNames(
  tx: Tx,
  workspaceId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, { name: string; role: string }>> {
  if (memberIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('member')
    .select(['id', 'name', 'role'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...new Set(memberIds)])
    .execute()
  return new Map(rows.map(({ id, name, role }) => [id, { name, role }]))
}

/** Names of whoever of these ids is a member (also a former one), a key or a worker of the workspace. */
export async function namesOf(tx: Tx, workspaceId: string, ids: readonly string[]) {
  const found = await sql<{ id: string; name: string }>`
    select id, name from member where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, name from api_key where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select worker_id, pseudonym from enrolment
      where workspace_id = ${workspaceId} and worker_id = any(${ids}::uuid[])`.execute(tx)
  return found.rows
}
