import { accountRoutes } from '@chiron/contract'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { systemCtx } from '../../platform/context.ts'
import type { DB } from '../../platform/db/schema.ts'
import { read } from '../../platform/tx.ts'
import { testChiron } from '../../testing.ts'

const chiron = await testChiron()
const { call, deps } = chiron

test('ACC-12 every public table has forced row-level security and a policy', async () => {
  const { rows } = await sql<{ name: string; fault: string }>`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
      and c.relname <> 'migration'
      and not (c.relrowsecurity and c.relforcerowsecurity
        and exists (select from pg_policy p where p.polrelid = c.oid))`.execute(deps.db)
  expect(rows).toEqual([])
})

test('ACC-12 the server’s role owns nothing and cannot get around row-level security', async () => {
  const role = await sql`select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles
    where rolname = current_user`.execute(deps.db)
  expect(role.rows).toEqual([
    { rolname: 'chiron_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
  ])
  const owned = await sql`select relname from pg_class where relnamespace = 'public'::regnamespace
    and pg_has_role(current_user, relowner, 'member')`.execute(deps.db)
  expect(owned.rows).toEqual([])
  // A function that runs with its owner's rights would be a way around; migrations must not make one.
  const definers = await sql`select proname from pg_proc where pronamespace = 'public'::regnamespace
    and prosecdef`.execute(deps.db)
  expect(definers.rows).toEqual([])
})

test('ACC-11 another workspace sees nothing of this one, in any table', async () => {
  const [here, there] = [await chiron.workspace(), await chiron.workspace()]
  await here.worker()
  const tables = await sql<{ name: keyof DB & string }>`
    select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id'`.execute(deps.db)
  expect(tables.rows.length).toBeGreaterThan(25)
  let seenCount = 0
  for (const { name } of tables.rows) {
    const rowsOf = sql<{ count: number }>`select count(*) as count from ${sql.table(name)}
      where workspace_id = ${here.workspaceId}`
    const own = await read(here.as('owner'), (tx) => rowsOf.execute(tx))
    seenCount += own.rows[0]?.count ?? 0
    for (const stranger of [there.as('owner'), systemCtx(deps, 'sweep', null)]) {
      const foreign = await read(stranger, (tx) => rowsOf.execute(tx))
      expect(foreign.rows[0]?.count, name).toBe(0)
    }
  }
  expect(seenCount).toBeGreaterThan(10)
})

test('ACC-11 ids of another workspace lead nowhere', async () => {
  const [here, there] = [await chiron.workspace(), await chiron.workspace()]
  const headers = there.headers('owner')
  const params = { memberId: here.memberId('reviewer') }
  expect((await call(accountRoutes.removeMember, { params, headers })).status).toBe(404)
  expect((await call(accountRoutes.changeMember, { params, headers, body: { name: 'x' } })).status).toBe(404)
  expect((await call(accountRoutes.makeMemberLink, { params, headers })).status).toBe(404)
  const key = await call(accountRoutes.makeKey, {
    body: { name: 'k', role: 'manager' },
    headers: here.headers('owner'),
  })
  expect((await call(accountRoutes.revokeKey, { params: { keyId: key.body.key.id }, headers })).status).toBe(
    404,
  )
})

test('ACC-11 a worker sees no other worker, and a stranger nothing at all', async () => {
  const lab = await chiron.workspace()
  const [ann, ben] = [await lab.worker('Ann'), await lab.worker('Ben')]
  const workersSeen = await read(ann.ctx, (tx) => tx.selectFrom('worker').select('id').execute())
  expect(workersSeen).toEqual([{ id: ann.workerId }])
  const records = await read(ann.ctx, (tx) => tx.selectFrom('record').select('worker_id').execute())
  expect(records).toEqual([{ worker_id: ann.workerId }])
  const stranger = { deps, actor: { kind: 'anonymous', id: 'anonymous' }, workspaceId: null } as const
  for (const table of ['workspace', 'worker', 'session', 'record', 'member', 'invite'] as const) {
    expect(await read(stranger, (tx) => tx.selectFrom(table).selectAll().execute()), table).toEqual([])
  }
  expect(ben.workerId).not.toBe(ann.workerId)
})

test('ACC-13 no secret is kept or recorded in a form that opens anything', async () => {
  const lab = await chiron.workspace()
  const headers = lab.headers('owner')
  const key = await call(accountRoutes.makeKey, { body: { name: 'k', role: 'manager' }, headers })
  const added = await call(accountRoutes.addMember, { body: { name: 'n', role: 'auditor' }, headers })
  const made = await call(accountRoutes.makeInvite, { body: { label: 'l' }, headers: lab.headers('manager') })
  const joined = await call(accountRoutes.join, {
    body: { code: made.body.code, name: 'Zoe', locale: 'en', pin: '314159' },
  })
  const secrets = [
    key.body.secret,
    added.body.url.split('#')[1] ?? '',
    made.body.code ?? '',
    (made.body.code ?? '').replace('-', ''),
    '314159',
    headers.cookie?.split('=')[1] ?? '',
  ]
  const tables = ['session', 'sign_in_link', 'api_key', 'invite', 'worker', 'record'] as const
  const dump = await read(lab.as('owner'), async (tx) => {
    const rows: unknown[] = []
    for (const table of tables) rows.push(await tx.selectFrom(table).selectAll().execute())
    return JSON.stringify(rows)
  })
  expect(dump).toContain(lab.memberId('owner'))
  for (const secret of secrets) expect(dump.includes(secret), secret).toBe(false)
  expect(joined.status).toBe(200)
})

test('ACC-3 a page of another origin cannot write with our cookies', async () => {
  const lab = await chiron.workspace()
  const headers = { ...lab.headers('owner'), origin: 'https://evil.example', host: 'chiron.example' }
  expect((await call(accountRoutes.signOut, { headers })).status).toBe(403)
  const own = { ...lab.headers('owner'), origin: 'https://chiron.example', host: 'chiron.example' }
  expect((await call(accountRoutes.signOut, { headers: own })).status).toBe(200)
})
