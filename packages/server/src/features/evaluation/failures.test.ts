import { campaignRoutes, failureRoutes, rolloutRoutes } from '@chiron/contract'
import pg from 'pg'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import { openArena } from '../../testing/arena.ts'
import { ok } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'

const chiron = await testChiron({ poolSize: 4 })

/** The same run so many times more, with what is counted of it; newer than all that is there. */
const MANY = `with many as (
    insert into rollout select (jsonb_populate_record(r, jsonb_build_object('id', uuidv7(), 'digest', md5(n::text) || md5('x' || n)))).*
      from rollout r, generate_series(1, $2) n where r.id = $1 returning *)
  update rollout_tally t set rollout_count = rollout_count + $2, failure_count = failure_count + $2
  from rollout r where r.id = $1 and t.workspace_id = r.workspace_id and t.policy_version_id = r.policy_version_id
    and t.scenario_key = r.scenario_key and t.world = r.world`
const MANY_REASONS = `update rollout_failure_tally t set failure_count = failure_count + $2
  from rollout r where r.id = $1 and t.workspace_id = r.workspace_id and t.policy_version_id = r.policy_version_id
    and t.scenario_key = r.scenario_key and t.world = r.world and t.failure_id = r.failure_id`

test('EVA-60 every failure counts, however many came after it, and those without a reason are told apart', async () => {
  const { headers, params, version, freeze, rollout } = await openArena(chiron)
  await freeze()
  const run = (name: string, scenarioKey: string, change: object) =>
    ok(chiron, rolloutRoutes.add, {
      headers,
      body: rollout(name, {
        ...{ suiteId: params.suiteId, suiteVersion: 1, scenarioKey, success: false },
        ...change,
      }),
    })
  const rare = await run('rare', 'cup-bright', { failureId: 'failure.collision' })
  const untold = await run('untold', 'cup-bright', {})
  const usual = await run('usual', 'bowl-dim', { failureId: 'failure.dropped' })
  const database = new pg.Client({ connectionString: chiron.superuserUrl })
  await database.connect()
  for (const statement of [MANY, MANY_REASONS]) await database.query(statement, [usual.id, 2500])
  await database.end()
  const query = { policyVersionId: version.id, world: 'real' }
  const found = await ok(chiron, failureRoutes.clusters, { headers, params, query })
  expect(found.failureCount).toBe(2503)
  const of = (failureId: string | null) =>
    found.items.find(
      (item: { failureId: string | null; factor: string }) =>
        item.failureId === failureId && item.factor === 'light',
    )
  expect(of('failure.dropped')).toMatchObject({ failureCount: 2501, rolloutCount: 2501, factorLevel: 'dim' })
  expect(of('failure.collision')).toMatchObject({ failureCount: 1, exampleIds: [rare.id] })
  expect(of(null)).toMatchObject({ failureCount: 1, exampleIds: [untold.id] })
})

test('EVA-60 EVA-61 what fails in the dim is named first, and one call drafts the campaign that would film it', async () => {
  const { lab, headers, params, version, freeze, rollout } = await openArena(chiron)
  await freeze()
  const run = (name: string, scenarioKey: string, failureId: string | null, change: object = {}) =>
    ok(chiron, rolloutRoutes.add, {
      headers,
      body: rollout(name, {
        ...{ suiteId: params.suiteId, suiteVersion: 1, scenarioKey, failureId, success: failureId === null },
        ...change,
      }),
    })
  for (let at = 0; at < 6; at++) {
    await run(`bright ${at}`, 'cup-bright', at === 0 ? 'failure.collision' : null)
    await run(`dim ${at}`, 'bowl-dim', at < 4 ? 'failure.dropped' : null)
  }
  const last = await run('the last', 'bowl-dim', 'failure.dropped')
  await run('simulated', 'bowl-dim', 'failure.collision', { world: 'sim' })
  const of = { policyVersionId: version.id, world: 'real' }
  const found = await ok(chiron, failureRoutes.clusters, { headers, params, query: of })
  expect(found.failureCount).toBe(6)
  const dropped = { failureId: 'failure.dropped', failureCount: 5, rolloutCount: 7 }
  expect(found.items[0]).toMatchObject(dropped)
  const dim = found.items.find(({ factorLevel }: { factorLevel: string }) => factorLevel === 'dim')
  expect(dim).toMatchObject({ ...dropped, factor: 'light' })
  expect(dim?.exampleIds[0]).toBe(last.id)
  expect(dim?.exampleIds).toHaveLength(2)
  // The one that bumped says least: one of six in the bright, as everywhere.
  expect(found.items.at(-1)).toMatchObject({ failureId: 'failure.collision', failureCount: 1 })

  const order = { ...of, failureId: 'failure.dropped', factor: 'light', factorLevel: 'dim' }
  for (const role of ['reviewer', 'auditor'] as const) {
    await ok(chiron, failureRoutes.clusters, { headers: lab.headers(role), params, query: of })
    const refused = await chiron.call(failureRoutes.draft, {
      headers: lab.headers(role),
      params,
      body: order,
    })
    expect(refused.status).toBe(403)
  }
  const { campaignId, quota } = await ok(chiron, failureRoutes.draft, { headers, params, body: order })
  expect(quota).toBe(25)
  const { campaign } = await ok(chiron, campaignRoutes.read, { headers, params: { campaignId } })
  expect(campaign).toMatchObject({ state: 'draft', kind: 'demonstrate', quota: 25 })
  expect(campaign.briefs.en?.steps[0]).toBe('Set up the place: light: dim.')
  expect(campaign.briefs.en?.title).toContain('Pick up the bowl.')
  const made = await read(lab.as('owner'), (tx) =>
    tx.selectFrom('record').selectAll().where('action', '=', 'campaign.create').execute(),
  )
  expect(made).toHaveLength(1)
  const never = { ...order, factorLevel: 'bright' }
  const refused = await chiron.call(failureRoutes.draft, { headers, params, body: never })
  expect(refused.body.code).toBe('bad-input')
  const stranger = (await chiron.workspace()).headers('manager')
  expect((await chiron.call(failureRoutes.draft, { headers: stranger, params, body: order })).status).toBe(
    404,
  )
  expect((await chiron.call(failureRoutes.clusters, { headers: stranger, params, query: of })).status).toBe(
    404,
  )
})
