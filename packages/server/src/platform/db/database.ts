import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './schema.ts'

export type Database = Kysely<DB>

// Counts and byte sizes stay far below 2^53; strings for them would leak into every sum.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`)
  return value
})

interface DatabaseOptions {
  /** Connection of the unprivileged role `chiron_app`. */
  url: string
  poolSize: number
  /** How long a transaction waits for a free connection before it fails. */
  poolWaitMs: number
  /** `set role chiron_app` on each connection, where the URL is the owner's. */
  switchRole?: boolean
}

export interface OpenDatabase {
  db: Database
  pool: pg.Pool
  close(): Promise<void>
}

export function openDatabase({
  url,
  poolSize,
  poolWaitMs,
  switchRole = false,
}: DatabaseOptions): OpenDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: poolWaitMs,
    ...(switchRole ? { options: '-c role=chiron_app' } : {}),
  })
  // A connection that breaks fails whoever uses it and is replaced; without listeners, on the pool for the idle and on
  // each for those in use, Node would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { db: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }), pool, close: () => pool.end() }
}
