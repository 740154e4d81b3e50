import { assert } from '@chiron/core/kit'
import { sql, type Transaction } from 'kysely'
import type { Ctx } from './context.ts'
import type { DB } from './db/schema.ts'

export type Tx = Transaction<DB>

const MAX_TRIES = 6
// Serialization failure, deadlock: PostgreSQL asks for the transaction to be run again.
const RETRYABLE = new Set(['40001', '40P01'])
const recordCounts = new WeakMap<Tx, number>()

/**
 * Opens the one transaction of a write verb. Inside it only `tx` exists. The verb must `record` exactly once, so that
 * audit, events and follow-up jobs commit with the change or not at all.
 */
export function write<T>(ctx: Ctx, body: (tx: Tx) => Promise<T>): Promise<T> {
  return retrying(() =>
    ctx.deps.db.transaction().execute(async (tx) => {
      await introduce(tx, ctx)
      const result = await body(tx)
      assert(recordCounts.get(tx) === 1, 'a write leaves exactly one record')
      return result
    }),
  )
}

/** A write that found nothing to do, or repeats one already made (idempotent retries), leaves no record: say so. */
export function recordNothing(tx: Tx): void {
  countRecord(tx)
}

/** Reads under the caller's row-level security, in one snapshot. */
export function read<T>(ctx: Ctx, body: (tx: Tx) => Promise<T>): Promise<T> {
  return retrying(() =>
    ctx.deps.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        await introduce(tx, ctx)
        return body(tx)
      }),
  )
}

/** A system write that is bookkeeping, not an event of the domain (sealing, job progress); leaves no record. */
export function tidy<T>(ctx: Ctx, body: (tx: Tx) => Promise<T>): Promise<T> {
  return retrying(() =>
    ctx.deps.db.transaction().execute(async (tx) => {
      await introduce(tx, ctx)
      return body(tx)
    }),
  )
}

export function countRecord(tx: Tx): void {
  const count = (recordCounts.get(tx) ?? 0) + 1
  assert(count === 1, 'a write leaves exactly one record')
  recordCounts.set(tx, count)
}

async function introduce(tx: Tx, { workspaceId, actor, secret }: Ctx): Promise<void> {
  const workerId = actor.kind === 'worker' ? actor.id : ''
  const system = actor.kind === 'system' && workspaceId === null ? 'on' : ''
  await sql`select set_config('chiron.workspace', ${workspaceId ?? ''}, true),
    set_config('chiron.worker', ${workerId}, true),
    set_config('chiron.secret', ${secret ?? ''}, true),
    set_config('chiron.system', ${system}, true)`.execute(tx)
}

async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tryCount = 1; ; tryCount += 1) {
    try {
      return await attempt()
    } catch (cause) {
      const code = (cause as { code?: string }).code ?? ''
      if (!RETRYABLE.has(code) || tryCount >= MAX_TRIES) throw cause
      await new Promise((resolve) => setTimeout(resolve, 2 ** tryCount * (0.5 + Math.random())))
    }
  }
}

/** `column = any(ids)`: unlike `in`, it also holds for no ids at all (nothing matches). */
export const isOneOf = (column: string, ids: readonly string[]) =>
  sql<boolean>`${sql.ref(column)} = any(${[...ids]}::uuid[])`
