import { campaignRoutes, failureRoutes, rolloutRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import { openArena } from '../../testing/arena.ts'
import { ok } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'

const chiron = await testChiron({ poolSize: 4 })

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
