import { assert } from '@chiron/core/kit'
import type { HashAddress, ReadHash, StoredHash } from '@chiron/core/log'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Database } from '../../platform/db/database.ts'
import type { LogTree, Record as RecordTable } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type RecordRow = Selectable<RecordTable>
export type TreeRow = Selectable<LogTree>

export const readTree = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('log_tree').selectAll().where('workspace_id', '=', workspaceId).executeTakeFirst()

/** The log's key as it lies there, once there is one. */
export const wrappedLogKey = async (tx: Tx, workspaceId: string): Promise<string | undefined> =>
  (await readTree(tx, workspaceId))?.secret_wrapped

/** Whoever holds this row seals; others wait for it and then see what was sealed. */
export const lockTree = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('log_tree').selectAll().where('workspace_id', '=', workspaceId).forUpdate().executeTakeFirst()

/** Does nothing when the log was begun at the same moment. */
export const insertTree = (tx: Tx, row: Insertable<LogTree>) =>
  tx
    .insertInto('log_tree')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()

export const updateTree = (
  tx: Tx,
  workspaceId: string,
  change: Pick<TreeRow, 'size' | 'root' | 'checkpoint' | 'sealed_at'>,
) => tx.updateTable('log_tree').set(change).where('workspace_id', '=', workspaceId).execute()

export const unsealedRecords = (tx: Tx, workspaceId: string, limit: number) =>
  tx
    .selectFrom('record')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('leaf_index', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()

export async function countUnsealed(tx: Tx, workspaceId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('record')
    .select(sql<number>`count(*)`.as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('leaf_index', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export interface Leaf {
  recordId: string
  leafIndex: number
  entry: string
}

/** Writes down where each record now stands in the log, and the bytes that were hashed. */
export async function insertLeaves(tx: Tx, workspaceId: string, leaves: readonly Leaf[]): Promise<void> {
  const indexes = leaves.map(({ leafIndex }) => leafIndex)
  const moved = await sql`
    update record r set leaf_index = leaf.index
    from unnest(${leaves.map(({ recordId }) => recordId)}::uuid[], ${indexes}::bigint[]) leaf (id, index)
    where r.workspace_id = ${workspaceId} and r.id = leaf.id and r.leaf_index is null`.execute(tx)
  assert(moved.numAffectedRows === BigInt(leaves.length), 'a record gets its place once')
  await sql`
    insert into log_entry (workspace_id, leaf_index, entry)
    select ${workspaceId}, leaf.index, leaf.entry
    from unnest(${indexes}::bigint[], ${leaves.map(({ entry }) => entry)}::text[]) leaf (index, entry)`.execute(
    tx,
  )
}

export async function insertNodes(tx: Tx, workspaceId: string, nodes: readonly StoredHash[]): Promise<void> {
  await sql`
    insert into log_node (workspace_id, level, index, hash)
    select ${workspaceId}, node.level, node.index, decode(node.hash, 'hex')
    from unnest(${nodes.map(({ level }) => level)}::int[], ${nodes.map(({ index }) => index)}::bigint[],
      ${nodes.map(({ hash }) => Buffer.from(hash).toString('hex'))}::text[]) node (level, index, hash)`.execute(
    tx,
  )
}

/** Fetches the named hashes in one query, to be read as core does. */
export async function readHashes(
  tx: Tx,
  workspaceId: string,
  addresses: readonly HashAddress[],
): Promise<ReadHash> {
  const key = (level: number, index: number) => `${level}/${index}`
  const found = await sql<{ level: number; index: number; hash: Buffer }>`
    select n.level, n.index, n.hash from log_node n
    join unnest(${addresses.map(({ level }) => level)}::int[], ${addresses.map(({ index }) => index)}::bigint[])
      wanted (level, index) on n.level = wanted.level and n.index = wanted.index
    where n.workspace_id = ${workspaceId}`.execute(tx)
  const hashes = new Map(found.rows.map(({ level, index, hash }) => [key(level, index), hash]))
  return (level, index) => {
    const hash = hashes.get(key(level, index))
    assert(hash !== undefined, `the log has no hash at level ${level}, index ${index}`)
    return hash
  }
}

/** Entries from `first` on, in order. */
export const readEntries = (tx: Tx, workspaceId: string, first: number, limit: number) =>
  tx
    .selectFrom('log_entry')
    .select(['leaf_index', 'entry'])
    .where('workspace_id', '=', workspaceId)
    .where('leaf_index', '>=', first)
    .orderBy('leaf_index')
    .limit(limit)
    .execute()

export const sealedRecords = (tx: Tx, workspaceId: string, first: number, limit: number) =>
  tx
    .selectFrom('record')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('leaf_index', '>=', first)
    .orderBy('leaf_index')
    .limit(limit)
    .execute()

interface NodeRange {
  workspaceId: string
  level: number
  first: number
  limit: number
}

export const readNodes = (tx: Tx, { workspaceId, level, first, limit }: NodeRange) =>
  tx
    .selectFrom('log_node')
    .select(['index', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .where('level', '=', level)
    .where('index', '>=', first)
    .orderBy('index')
    .limit(limit)
    .execute()

/** A record that the caller may see: their workspace's, or their own. */
export const readRecord = (tx: Tx, recordId: string) =>
  tx.selectFrom('record').selectAll().where('id', '=', recordId).executeTakeFirst()

export interface RecordQuery {
  after?: string | undefined
  limit: number
  action?: string | undefined
  subjectId?: string | undefined
  search?: string | undefined
}

/** Newest first, one more than asked for. */
export function listRecords(tx: Tx, workspaceId: string, query: RecordQuery) {
  const { after, limit, action, subjectId, search } = query
  return tx
    .selectFrom('record')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .$if(after !== undefined, (q) => q.where('id', '<', after ?? ''))
    .$if(action !== undefined, (q) => q.where('action', '=', action ?? ''))
    .$if(subjectId !== undefined, (q) => q.where('subject_id', '=', subjectId ?? ''))
    .$if(search !== undefined, (q) =>
      q.where((where) =>
        where.or([
          where(sql<number>`strpos(action, ${(search ?? '').toLowerCase()})`, '>', 0),
          where('subject_id', '=', search ?? ''),
          where('actor_id', '=', search ?? ''),
        ]),
      ),
    )
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

export const recordsAbout = (tx: Tx, workspaceId: string, subjectIds: readonly string[], limit: number) =>
  tx
    .selectFrom('record')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('subject_id', 'in', [...subjectIds])
    .orderBy('id')
    .limit(limit)
    .execute()

export async function workspacesToSeal(db: Database): Promise<string[]> {
  const found = await sql<{ id: string }>`select workspaces_to_seal() as id`.execute(db)
  return found.rows.map(({ id }) => id)
}

export async function logSizes(db: Database): Promise<Map<string, number>> {
  const found = await sql<{ workspace_id: string; size: number }>`select * from log_sizes()`.execute(db)
  return new Map(found.rows.map(({ workspace_id, size }) => [workspace_id, size]))
}

/** The record of what happened to a subject first, for whoever wants to prove it. */
export async function recordIdOf(
  tx: Tx,
  { workspaceId, subjectId, action }: { workspaceId: string; subjectId: string; action: string },
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('record')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('subject_id', '=', subjectId)
    .where('action', '=', action)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** Which of these subjects have a record in the log already. */
export async function sealedSubjects(
  tx: Tx,
  workspaceId: string,
  subjectIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await sql<{ subject_id: string }>`
    select distinct subject_id from record
    where workspace_id = ${workspaceId} and subject_id = any(${[...subjectIds]}::text[])
      and leaf_index is not null`.execute(tx)
  return new Set(found.rows.map((row) => row.subject_id))
}

export const readRecords = (tx: Tx, workspaceId: string, ids: readonly string[]): Promise<RecordRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('record')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('id', 'in', [...ids])
        .execute()
