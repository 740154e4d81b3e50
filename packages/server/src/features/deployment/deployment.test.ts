import {
  type DeploymentDraft,
  deploymentRoutes,
  policyRoutes,
  rolloutRoutes,
  validityRoutes,
} from '@chiron/contract'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import { openArena } from '../../testing/arena.ts'
import { ok } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'

const chiron = await testChiron({ poolSize: 4 })

type Arena = Awaited<ReturnType<typeof openArena>>

const report = (policyVersionId: string, change: Partial<DeploymentDraft> = {}): DeploymentDraft => ({
  clientId: 'report 1',
  policyVersionId,
  task: 'fold towels',
  place: 'Lyon',
  happenedAt: '2026-05-10T12:00:00.000Z',
  successCount: 8,
  failureCount: 2,
  failureId: 'failure.dropped',
  ...change,
})

/** A further version of the policy with so many of ten rollouts that went well. */
async function measured({ headers, policy, params, rollout }: Arena, label: string, successes: number) {
  const { id } = await ok(chiron, policyRoutes.addVersion, {
    headers,
    params: { policyId: policy.id },
    body: { label },
  })
  for (let at = 0; at < 10; at++) {
    const of = { suiteId: params.suiteId, suiteVersion: 1, scenarioKey: 'cup-bright', policyVersionId: id }
    const body = rollout(`${label} ${at}`, { ...of, success: at < successes })
    await ok(chiron, rolloutRoutes.add, { headers, body })
  }
  return id as string
}

test('USE-1 a report counts once, however often and by how many at once it is sent; another under its id is refused', async () => {
  const { headers, version, lab } = await openArena(chiron)
  const body = report(version.id)
  const replies = await Promise.all(
    Array.from({ length: 4 }, () => chiron.call(deploymentRoutes.add, { headers, body })),
  )
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(new Set(replies.map((reply) => reply.body.id)).size).toBe(1)
  const other = await chiron.call(deploymentRoutes.add, { headers, body: { ...body, successCount: 9 } })
  expect([other.status, other.body.code]).toEqual([422, 'idempotency-mismatch'])
  const tallies = await read(lab.as('owner'), (tx) => tx.selectFrom('deployment_tally').selectAll().execute())
  expect(tallies).toMatchObject([{ task: 'fold towels', success_count: 8, failure_count: 2 }])
  const records = await read(lab.as('owner'), (tx) =>
    tx.selectFrom('record').selectAll().where('action', '=', 'deployment.add').execute(),
  )
  expect(records).toHaveLength(1)
  expect(JSON.stringify(records[0]?.facts)).not.toContain('Lyon')
  for (const [change, why] of [
    [{ successCount: 0, failureCount: 0, failureId: null }, 'bad-input'],
    [{ failureCount: 0 }, 'bad-input'],
    [{ happenedAt: '2199-01-01T00:00:00.000Z' }, 'bad-input'],
    [{ policyVersionId: '01938f00-0000-7000-8000-000000000000' }, 'not-found'],
  ] as const) {
    const refused = await chiron.call(deploymentRoutes.add, {
      headers,
      body: report(version.id, { clientId: JSON.stringify(change), ...change }),
    })
    expect(refused.body.code, JSON.stringify(change)).toBe(why)
  }
})

test('USE-2 a report that is taken back leaves list and counts, and its id is not given again', async () => {
  const { headers, version, lab } = await openArena(chiron)
  const made = await ok(chiron, deploymentRoutes.add, { headers, body: report(version.id) })
  await ok(chiron, deploymentRoutes.add, { headers, body: report(version.id, { clientId: 'report 2' }) })
  for (let time = 0; time < 2; time++)
    await ok(chiron, deploymentRoutes.retract, { headers, params: { deploymentId: made.id } })
  const { items } = await ok(chiron, deploymentRoutes.list, { headers })
  expect(items.map(({ clientId }: { clientId: string }) => clientId)).toEqual(['report 2'])
  const tallies = await read(lab.as('owner'), (tx) => tx.selectFrom('deployment_tally').selectAll().execute())
  expect(tallies).toMatchObject([{ success_count: 8, failure_count: 2 }])
  const again = await chiron.call(deploymentRoutes.add, { headers, body: report(version.id) })
  expect(again.body.code).toBe('idempotency-mismatch')
})

test('USE-3 managers report, auditors and reviewers read, and another workspace has no part in it', async () => {
  const { version, lab, params } = await openArena(chiron)
  const { id } = await ok(chiron, deploymentRoutes.add, {
    headers: lab.headers('manager'),
    body: report(version.id),
  })
  for (const role of ['reviewer', 'auditor'] as const) {
    const headers = lab.headers(role)
    expect((await ok(chiron, deploymentRoutes.list, { headers })).items).toHaveLength(1)
    await ok(chiron, validityRoutes.read, { headers, params })
    const body = report(version.id, { clientId: role })
    expect((await chiron.call(deploymentRoutes.add, { headers, body })).status).toBe(403)
    const taken = await chiron.call(deploymentRoutes.retract, { headers, params: { deploymentId: id } })
    expect(taken.status).toBe(403)
  }
  const stranger = (await chiron.workspace()).headers('manager')
  expect((await ok(chiron, deploymentRoutes.list, { headers: stranger })).items).toEqual([])
  const body = report(version.id)
  expect((await chiron.call(deploymentRoutes.add, { headers: stranger, body })).status).toBe(404)
  const others = { headers: stranger, params: { deploymentId: id } }
  expect((await chiron.call(deploymentRoutes.retract, others)).status).toBe(404)
  expect((await chiron.call(validityRoutes.read, { headers: stranger, params })).status).toBe(404)
})

test('USE-4 validity holds the benchmark against use, all together and month by month, and says what is missing', async () => {
  const arena = await openArena(chiron)
  const { headers, params, version } = arena
  await arena.freeze()
  const none = await ok(chiron, validityRoutes.read, { headers, params })
  expect(none).toMatchObject({ policyCount: 0, items: [], overTime: [], pearson: { value: null } })
  const ids = [
    await measured(arena, 'low', 2),
    await measured(arena, 'mid', 5),
    await measured(arena, 'high', 9),
  ]
  await measured(arena, 'unused', 5)
  const send = (policyVersionId: string, successCount: number, happenedAt: string, task = 'fold towels') =>
    ok(chiron, deploymentRoutes.add, {
      headers,
      body: report(policyVersionId, {
        clientId: `${policyVersionId} ${happenedAt} ${task}`,
        successCount,
        failureCount: 100 - successCount,
        failureId: null,
        happenedAt,
        task,
      }),
    })
  // In May use agrees with the benchmark; in June the two better ones have changed places.
  for (const [at, successCount] of [20, 50, 90].entries())
    await send(ids[at]!, successCount, '2026-05-31T23:30:00.000Z')
  for (const [at, successCount] of [20, 80, 60].entries())
    await send(ids[at]!, successCount, '2026-06-01T00:30:00.000Z')
  await send(version.id, 50, '2026-06-01T00:30:00.000Z')
  const found = await ok(chiron, validityRoutes.read, { headers, params })
  expect(found).toMatchObject({
    policyCount: 3,
    onlyMeasuredCount: 1,
    onlyUsedCount: 1,
    tasks: ['fold towels'],
  })
  expect(found.items.map(({ policyLabel }: { policyLabel: string }) => policyLabel)).toEqual([
    'high',
    'mid',
    'low',
  ])
  expect(found.items[0]).toMatchObject({ benchmark: { value: 0.9, n: 10 }, inUse: { value: 0.75, n: 200 } })
  expect(found.spearman.value).toBeCloseTo(1, 12)
  expect(found.pearson.interval?.low).toBeLessThan(found.pearson.value as number)
  expect(found.overTime).toMatchObject([
    {
      from: '2026-05-01T00:00:00.000Z',
      until: '2026-06-01T00:00:00.000Z',
      trialCount: 300,
      spearman: { value: 1 },
    },
    { from: '2026-06-01T00:00:00.000Z', until: '2026-07-01T00:00:00.000Z', spearman: { value: 0.5 } },
  ])
  // 80 and 60 are the wrong way round: (0 + .2 + .2) / 3.
  expect(found.overTime[1]?.mmrv.value).toBeCloseTo(0.4 / 3, 12)
  const task = await ok(chiron, validityRoutes.read, { headers, params, query: { task: 'pour tea' } })
  expect(task).toMatchObject({ policyCount: 0, tasks: ['fold towels'] })
  const quarter = await ok(chiron, validityRoutes.read, { headers, params, query: { period: 'quarter' } })
  expect(quarter.overTime).toHaveLength(1)
  const strength = await ok(chiron, validityRoutes.read, { headers, params, query: { by: 'strength' } })
  expect(strength).toMatchObject({ policyCount: 0, onlyUsedCount: 4 })
})
