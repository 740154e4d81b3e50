import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../postgres/testing.ts'
import { openDatabase } from './database.ts'

const { url } = await testDatabase()
const database = openDatabase({ url: url('chiron_app'), poolSize: 1, poolWaitMs: 4000 })
const other = openDatabase({ url: url('postgres'), poolSize: 1, poolWaitMs: 4000 })
afterAll(() => Promise.all([database.close(), other.close()]))

test('a connection that breaks inside a transaction fails that transaction alone', async () => {
  const broken = database.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other.db)
    // The break is noticed while nothing is asked of the connection.
    await new Promise((resolve) => setTimeout(resolve, 100))
    await sql`select 1`.execute(tx)
  })
  await expect(broken).rejects.toThrow()
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(database.db)
  expect(rows).toEqual([{ one: 1 }])
})
