import { driftRoutes, rolloutRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import { openArena } from '../../testing/arena.ts'
import { ok } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { advanced, FIRST_COUNT } from './advance-watch.ts'
import { followRelease } from './follow-release.ts'
import type { WatchRow } from './store.ts'

const chiron = await testChiron({ poolSize: 4 })
const SETTLED_MS = 20 * 60_000

type Arena = Awaited<ReturnType<typeof openArena>>

/** Runs on the two scenarios of the suite in turn; `succeeds` says of each how it went. */
async function run(
  { headers, params, rollout }: Arena,
  name: string,
  count: number,
  succeeds: (at: number) => boolean,
) {
  const ids: string[] = []
  for (let at = 0; at < count; at++) {
    const success = succeeds(at)
    const scenarioKey = at % 2 === 0 ? 'cup-bright' : 'bowl-dim'
    const body = rollout(`${name} ${at}`, {
      ...{ suiteId: params.suiteId, suiteVersion: 1, scenarioKey, success },
      failureId: success ? null : 'failure.dropped',
    })
    ids.push((await ok(chiron, rolloutRoutes.add, { headers, body })).id)
  }
  return ids
}

async function look() {
  chiron.deps.clock.advance(SETTLED_MS)
  await chiron.sweepAll()
}

const driftOf = ({ lab }: Arena) => ok(chiron, driftRoutes.read, { headers: lab.headers('reviewer') })
const recordsOf = ({ lab }: Arena, action: string) =>
  read(lab.as('owner'), (tx) => tx.selectFrom('record').selectAll().where('action', '=', action).execute())

test('DFT-1 DFT-2 DFT-3 a policy that begins to fail in the dim rings once, says where and shows the runs; acknowledged it is gathered anew', async () => {
  const arena = await openArena(chiron)
  await arena.freeze()
  const { lab, version } = arena
  await run(arena, 'before', FIRST_COUNT - 1, (at) => at % 20 !== 5)
  await look()
  const gathering = await driftOf(arena)
  expect(gathering).toMatchObject({ alpha: 0.01, watchCount: 0, alarms: [] })
  expect(gathering.watches.map(({ series }: { series: string }) => series).sort()).toEqual([
    'scenarios',
    'success',
  ])
  expect(gathering.watches[0]).toMatchObject({ phase: 'gathering', gatheredCount: 99, neededCount: 100 })

  // Bright as ever; in the dim everything falls. Which of those set aside are drawn hangs on an id: no draw misses this.
  const came = await run(arena, 'after', 121, (at) => at % 2 === 0)
  for (let time = 0; time < 3; time++) await look()
  const found = await driftOf(arena)
  expect(found).toMatchObject({ watchCount: 2, openAlarmCount: 1 })
  const alarm = found.alarms[0]!
  expect(alarm).toMatchObject({
    series: 'success',
    matter: 'policy',
    about: { policyVersionId: version.id, policyName: 'pi-zero', suiteName: 'Kitchen', suiteVersion: 1 },
    acknowledgedAt: null,
  })
  expect(alarm.moved.map(({ category }: { category: string }) => category).sort()).toEqual([
    'failure.dropped',
    'success',
  ])
  const light = alarm.where.find(({ what }: { what: string }) => what === 'light')
  expect(light?.cohorts[0]).toMatchObject({ cohort: 'dim' })
  const [dim, bright] = light!.cohorts
  expect(Math.abs(dim!.byRate)).toBeGreaterThan(5 * Math.abs(bright!.byRate))
  expect(alarm.examples.kind).toBe('rollout')
  expect(alarm.examples.after.length).toBeGreaterThan(0)
  for (const id of alarm.examples.after) expect(came).toContain(id)
  expect(await recordsOf(arena, 'drift.alarm')).toHaveLength(1)
  const steady = found.watches.find(({ series }: { series: string }) => series === 'scenarios')
  expect(steady).toMatchObject({ phase: 'watching' })
  expect(steady?.evidence.length).toBeGreaterThan(3)

  const params = { alarmId: alarm.id }
  const auditor = await chiron.call(driftRoutes.acknowledge, { headers: lab.headers('auditor'), params })
  expect(auditor.status).toBe(403)
  for (let time = 0; time < 2; time++)
    await ok(chiron, driftRoutes.acknowledge, { headers: lab.headers('reviewer'), params })
  const seen = await driftOf(arena)
  expect(seen).toMatchObject({ openAlarmCount: 0, alarms: [{ acknowledgedBy: 'Some reviewer' }] })
  const success = seen.watches.find(({ series }: { series: string }) => series === 'success')
  expect(success).toMatchObject({ phase: 'gathering', gatheredCount: 0, evidence: [] })
  expect(await recordsOf(arena, 'drift.acknowledge')).toHaveLength(1)
  await look()
  expect((await driftOf(arena)).alarms).toHaveLength(1)
}, 120_000)

test('DFT-5 another workspace sees and acknowledges nothing of it', async () => {
  const arena = await openArena(chiron)
  await arena.freeze()
  await run(arena, 'before', FIRST_COUNT, () => true)
  await run(arena, 'after', 40, () => false)
  await look()
  const { alarms } = await driftOf(arena)
  expect(alarms).toHaveLength(1)
  const headers = (await chiron.workspace()).headers('manager')
  expect(await ok(chiron, driftRoutes.read, { headers })).toMatchObject({ watches: [], alarms: [] })
  expect(await ok(chiron, driftRoutes.count, { headers })).toEqual({ openAlarmCount: 0 })
  const params = { alarmId: alarms[0]!.id }
  expect((await chiron.call(driftRoutes.acknowledge, { headers, params })).status).toBe(404)
}, 120_000)

const sightings = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({
    id: `run ${from + at}`,
    value: (from + at) % 4 === 0 ? 'left' : 'right',
    cohorts: ['rater:a'],
  }))

const fresh = (): WatchRow => ({
  ...{ id: '01938f00-0000-7000-8000-000000000001', series: 'votes', about: {}, phase: 'gathering', epoch: 1 },
  ...{ recent: [], state: null, beganAt: new Date(0), changedAt: new Date(0) },
})

test('DFT-4 where what was set aside is used up a watch begins anew with what came last, however what came is cut up', () => {
  const known = ['left', 'tie', 'right', 'both-bad']
  const whole = advanced(fresh(), sightings(400), known)
  expect(whole).toMatchObject({ phase: 'watching', epoch: 2 })
  expect(whole.recent.at(-1)).toMatchObject({ id: 'run 399' })
  expect(whole.recent).toHaveLength(200)
  let parts = fresh()
  for (let from = 0; from < 400; from += 16) parts = advanced(parts, sightings(16, from), known)
  expect(parts).toEqual(whole)
})

test('DFT-4 a release of the campaign begins its watches anew, and those of others not', async () => {
  const { lab } = await openArena(chiron)
  const ctx = { ...lab.as('owner'), actor: { kind: 'system' as const, id: 'test' } }
  const { keepWatch, lockWatch } = await import('./store.ts')
  const { tidy } = await import('../../platform/tx.ts')
  const [one, other] = ['01938f00-0000-7000-8000-00000000000a', '01938f00-0000-7000-8000-00000000000b']
  await tidy(ctx, async (tx) => {
    for (const [at, campaignId] of [one, other].entries()) {
      const row = { ...fresh(), id: `01938f00-0000-7000-8000-00000000001${at}`, about: { campaignId } }
      await keepWatch(tx, lab.workspaceId, advanced(row, sightings(130), ['left', 'right']))
    }
  })
  await followRelease(ctx, one!)
  const epochs = await tidy(ctx, async (tx) =>
    Promise.all(
      [one, other].map((campaignId) =>
        lockWatch(tx, lab.workspaceId, { series: 'votes', about: { campaignId: campaignId! } }),
      ),
    ),
  )
  expect(epochs).toMatchObject([
    { epoch: 2, state: { track: [], categories: ['left', 'right'] } },
    { epoch: 1, state: { track: [expect.any(Number), expect.any(Number), expect.any(Number)] } },
  ])
})
