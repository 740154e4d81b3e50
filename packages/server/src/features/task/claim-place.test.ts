import { sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { tidy } from '../../platform/tx.ts'
import { openLoop } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { claimInside } from './claim-next.ts'
import { openPrompts } from './open-tasks.ts'

const chiron = await testChiron()
const loop = await openLoop(chiron)
const owner = loop.lab.as('owner')

const MANY = `with made as (
    insert into task (workspace_id, id, campaign_id, kind, state, subject_kind, seed, created_at)
    select $1, uuidv7(), $2, 'choose', 'open', 'prompt', 'x', now() from generate_series(1, 40000) returning *)
  insert into lease (workspace_id, id, task_id, campaign_id, state, created_at)
    select workspace_id, uuidv7(), id, campaign_id, 'offered', now() from made`

test('TSK-3 the first claim in a large campaign does not walk through the offers of older ones', async () => {
  const older = await loop.choose()
  await tidy(owner, (tx) => openPrompts(tx, owner, { campaignId: older, kind: 'choose', count: 1500 }))
  const campaignId = await loop.choose()
  const database = new pg.Client({ connectionString: chiron.superuserUrl })
  await database.connect()
  await database.query(MANY, [loop.lab.workspaceId, campaignId])
  await database.query('vacuum analyze task, lease')
  await database.end()
  const worker = await loop.lab.worker()
  const rowsRead = await tidy(owner, async (tx) => {
    const read = async () => {
      const { rows } = await sql<{ count: number }>`
        select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as count
        from pg_stat_xact_user_tables where relname = 'lease'`.execute(tx)
      return rows[0]?.count ?? 0
    }
    const before = await read()
    const ctx = { ...worker.ctx, workspaceId: loop.lab.workspaceId }
    expect(await claimInside(tx, ctx, { campaignId, termsVersion: 1 })).toMatchObject({ state: 'held' })
    return (await read()) - before
  })
  expect(rowsRead).toBeLessThan(100)
})
