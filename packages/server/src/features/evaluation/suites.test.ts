import { rolloutRoutes, suiteRoutes } from '@chiron/contract'
import { verifySuite } from '@chiron/core/suite'
import pg from 'pg'
import { expect, test } from 'vitest'
import { digestOf, kitchen, openArena } from '../../testing/arena.ts'
import { ok } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { addRollout } from './add-rollout.ts'

const chiron = await testChiron({ poolSize: 4 })
const { call } = chiron

test('EVA-3 a draft keeps what does not hold together, with its faults, and is not frozen', async () => {
  const { headers, params, draft } = await openArena(chiron)
  const content = { ...kitchen, scenarios: [{ ...kitchen.scenarios[0], settings: {} }] }
  const changed = await ok(chiron, suiteRoutes.change, {
    headers,
    params,
    body: { revision: draft.revision, content },
  })
  const read = await ok(chiron, suiteRoutes.readVersion, { headers, params })
  expect(read.faults.map(({ code }: { code: string }) => code)).toEqual([
    'setting-missing',
    'setting-missing',
  ])
  expect(read.terms.length).toBeGreaterThan(40)
  const body = { revision: changed.revision }
  const refused = await call(suiteRoutes.freeze, { headers, params, body })
  expect(refused).toMatchObject({ status: 422, body: { code: 'suite-faulty', facts: { faultCount: 2 } } })
})

test('EVA-3 of those who change a draft at once one wins and the others are told', async () => {
  const { headers, params, draft } = await openArena(chiron)
  const change = () =>
    call(suiteRoutes.change, { headers, params, body: { revision: draft.revision, content: kitchen } })
  const replies = await Promise.all([change(), change(), change()])
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409])
})

test('EVA-4 what was frozen verifies offline and never changes', async () => {
  const { headers, params, freeze } = await openArena(chiron)
  expect((await call(suiteRoutes.signed, { headers, params })).body.code).toBe('not-frozen')
  const frozen = await freeze()
  const { envelope, key } = await ok(chiron, suiteRoutes.signed, { headers, params })
  const verdict = verifySuite(envelope, key)
  expect(verdict).toMatchObject({ holds: true, isPinned: true, sha256: frozen.sha256 })
  expect(verdict.holds && verdict.statement).toMatchObject({ name: 'Kitchen', version: 1, content: kitchen })
  expect(verdict.holds && verdict.statement.terms.map(({ id }) => id)).toContain('failure.dropped')
  const body = { revision: frozen.revision, content: kitchen }
  expect((await call(suiteRoutes.change, { headers, params, body })).body.code).toBe('wrong-state')
  const owner = new pg.Client({ connectionString: chiron.superuserUrl })
  await owner.connect()
  const change = `update suite_version set content = '{}' where suite_id = '${params.suiteId}'`
  await expect(owner.query(change)).rejects.toThrow(/never changes/)
  await owner.end()
})

test('EVA-4 the next version is a copy, and what differs is told', async () => {
  const { headers, params, freeze } = await openArena(chiron)
  await freeze()
  const suite = { suiteId: params.suiteId }
  const next = await ok(chiron, suiteRoutes.draftNext, { headers, params: suite })
  expect(next).toMatchObject({ version: 2, state: 'draft', content: kitchen })
  expect((await ok(chiron, suiteRoutes.draftNext, { headers, params: suite })).version).toBe(2)
  const content = { ...kitchen, scenarios: kitchen.scenarios.slice(0, 1), failureIds: ['failure.spilled'] }
  await ok(chiron, suiteRoutes.change, {
    headers,
    params: { ...suite, version: 2 },
    body: { revision: next.revision, content },
  })
  expect(
    await ok(chiron, suiteRoutes.diff, { headers, params: suite, query: { from: 1, to: 2 } }),
  ).toMatchObject({
    scenarios: { removed: ['bowl-dim'] },
    failures: { added: ['failure.spilled'], removed: ['failure.collision', 'failure.dropped'] },
    comparable: ['cup-bright'],
  })
  const { items } = await ok(chiron, suiteRoutes.list, { headers })
  expect(items[0]?.versions).toMatchObject([
    { version: 2, state: 'draft', scenarioCount: 1 },
    { version: 1, state: 'frozen', scenarioCount: 2, factorCount: 2 },
  ])
  const body = { name: 'Kitchen', ontologyId: next.ontologyId, ontologyVersion: 1 }
  expect((await call(suiteRoutes.create, { headers, body })).body.code).toBe('conflict')
})

test('SUI-3 coverage is told with its holes and what would close them', async () => {
  const { headers, params } = await openArena(chiron)
  const found = await ok(chiron, suiteRoutes.coverage, { headers, params })
  expect(found).toMatchObject({ strength: 2, coveredCount: 2, possibleCount: 4, holeCount: 2 })
  expect(found.proposed).toEqual(expect.arrayContaining(found.holes))
})

test('EVA-12 hard cases follow the kept counts, of one version and world if asked', async () => {
  const { lab, headers, params, freeze, rollout, version } = await openArena(chiron)
  await freeze()
  const of = (scenarioKey: string) => ({ suiteId: params.suiteId, suiteVersion: 1, scenarioKey })
  const add = (name: string, change: Parameters<typeof rollout>[1]) => {
    const draft = { ...rollout(name, change), digest: digestOf(name) }
    return addRollout(lab.as('manager'), rolloutRoutes.add.body.parse(draft))
  }
  for (let at = 0; at < 12; at++) {
    await add(`good ${at}`, { ...of('cup-bright'), success: true })
    await add(`bad ${at}`, { ...of('bowl-dim'), success: false, failureId: 'failure.dropped' })
    await add(`open ${at}`, { ...of('bowl-dim'), success: null, score: 1 })
  }
  const hard = (query: Record<string, string | number>) =>
    ok(chiron, suiteRoutes.hardCases, { headers, params, query })
  const { items } = await hard({ count: 1 })
  expect(items).toMatchObject([{ key: 'bowl-dim', rolloutCount: 12, successCount: 0 }])
  expect((await hard({ count: 2, world: 'sim' })).items).toMatchObject([
    { rolloutCount: 0 },
    { rolloutCount: 0 },
  ])
  const own = await hard({ count: 2, policyVersionId: version.id })
  expect(own.items.map(({ rolloutCount }: { rolloutCount: number }) => rolloutCount)).toEqual([12, 12])
})

test('EVA-62 hard cases become the next version in one call, as a draft that writes over nobody’s', async () => {
  const { headers, params, freeze } = await openArena(chiron)
  const draft = (scenarioKeys: string[]) =>
    call(suiteRoutes.draftHardCases, { headers, params, body: { scenarioKeys } })
  expect((await draft(['bowl-dim'])).body.code).toBe('conflict')
  await freeze()
  expect((await draft(['bowl-dim', 'never'])).body.code).toBe('bad-input')
  const before = await ok(chiron, suiteRoutes.readVersion, { headers, params })
  const { status, body } = await draft(['bowl-dim'])
  expect(status).toBe(200)
  expect(body).toMatchObject({ version: 2, state: 'draft' })
  const { scenarios, ...rest } = before.content
  expect(body.content).toEqual({
    ...rest,
    scenarios: scenarios.filter(({ key }: { key: string }) => key === 'bowl-dim'),
  })
  expect((await draft(['cup-bright'])).body).toMatchObject({ code: 'conflict', facts: { version: 2 } })
})
