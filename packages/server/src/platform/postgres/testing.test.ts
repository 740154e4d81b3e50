import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from './testing.ts'

const database = await testDatabase()

test('PG-9 a test file has a database of its own, owned by the tables owner', async () => {
  const client = new pg.Client({ connectionString: database.url() })
  await client.connect()
  const { rows } = await client.query('select current_user as role, current_database() as name')
  await client.end()
  expect(rows).toEqual([{ role: 'chiron_owner', name: database.name }])
})
