import { expect, test } from 'vitest'
import { parseSource } from './source.ts'
import { tableFaults } from './tables.ts'

const MIGRATIONS = [
  { file: 'packages/server/src/migrations/0002-account.sql', text: 'create table worker (\n  id uuid\n);' },
  {
    file: 'packages/server/src/migrations/0009-submission.sql',
    text: 'create table submission (\n  id uuid\n);\ncreate table note (id uuid);',
  },
]

function faultsOf(body: string, file = 'packages/server/src/features/submission/store.ts'): string[] {
  return tableFaults([parseSource(file, body)], MIGRATIONS).map(({ message }) => message)
}

test('TBL-1 a feature that names its own tables is in order', () => {
  expect(faultsOf("tx.selectFrom('submission as s').innerJoin('note', (join) => join)")).toEqual([])
  expect(faultsOf('sql`select * from submission s join note on true, jsonb_each(s.answer)`')).toEqual([])
  expect(faultsOf("tx.selectFrom('worker')", 'packages/server/src/features/task/store.test.ts')).toEqual([])
  expect(faultsOf("tx.insertInto('worker')", 'packages/server/src/platform/record.ts')).toEqual([])
})

test('TBL-2 a table of another feature, earlier or later, is a fault in either way of writing', () => {
  for (const body of [
    "tx.selectFrom('worker')",
    "tx.selectFrom('submission as s').leftJoin('worker as w', (join) => join)",
    "tx.updateTable('worker')",
    "tx.deleteFrom('worker')",
    'sql`select * from submission s join worker w on w.id = s.worker_id`.execute(tx)',
    'sql<Row>`select (select count(*)\n from worker) as count`',
  ])
    expect(faultsOf(body)).toEqual([expect.stringContaining('worker, which is account’s')])
  const account = 'packages/server/src/features/account/store.ts'
  expect(faultsOf('sql`update submission set state = null`', account)).toEqual([
    expect.stringContaining('submission, which is submission’s'),
  ])
})
