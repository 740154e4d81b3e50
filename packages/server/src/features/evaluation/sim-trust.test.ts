import { policyRoutes, rolloutRoutes, simTrustRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { openArena } from '../../testing/arena.ts'
import { ok } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'

const chiron = await testChiron({ poolSize: 4 })

/** Versions that succeed in so many of six runs on each scenario, in both worlds, and fail for one reason in each. */
async function ranInBothWorlds(reasons: { sim: string; real: string }) {
  const arena = await openArena(chiron)
  const { headers, params, policy, freeze, rollout } = arena
  await freeze()
  const ids: string[] = []
  for (const [at, successCount] of [0, 2, 4, 6].entries()) {
    const { id: policyVersionId } = await ok(chiron, policyRoutes.addVersion, {
      headers,
      params: { policyId: policy.id },
      body: { label: `s${at}` },
    })
    for (const world of ['real', 'sim'] as const) {
      for (let run = 0; run < 6; run++) {
        const success = run < successCount
        const failureId = success ? null : reasons[world]
        const suite = { suiteId: params.suiteId, suiteVersion: 1, scenarioKey: 'cup-bright' }
        const facts = { ...suite, policyVersionId, world, success, failureId }
        const body = rollout(`${world} ${at} ${run}`, facts)
        ids.push((await ok(chiron, rolloutRoutes.add, { headers, body })).id)
      }
    }
  }
  const trust = () => ok(chiron, simTrustRoutes.read, { headers, params })
  return { ...arena, ids, trust }
}

test('EVA-40 how far the simulator may be trusted is told for the suite and for each task', async () => {
  const dropped = 'failure.dropped'
  const { trust, headers, ids } = await ranInBothWorlds({ sim: dropped, real: dropped })
  const { whole, tasks } = await trust()
  expect(whole.policies.map(({ policyLabel }) => policyLabel)).toEqual(['s3', 's2', 's1', 's0'])
  expect(whole.policies[3]).toMatchObject({
    scenarioCount: 1,
    real: { rate: 0, rank: 4, rolloutCount: 6, namedFailureCount: 6 },
    sim: { rank: 4 },
    overlap: 1,
    reasons: [{ failureId: dropped, sim: 6, real: 6 }],
  })
  expect(whole).toMatchObject({ score: 1, ranks: { spearman: { value: 1 } }, chance: expect.closeTo(1 / 24) })
  const [cup, bowl] = tasks
  expect(cup).toMatchObject({
    instruction: { en: 'Pick up the cup.' },
    scenarioKeys: ['cup-bright'],
    score: 1,
  })
  expect(bowl).toMatchObject({
    score: null,
    verdict: 'too-little',
    gaps: [{ what: 'sim' }, { what: 'real' }],
  })
  // An erased rollout counts no more.
  await ok(chiron, rolloutRoutes.erase, { headers, params: { rolloutId: ids[0] ?? '' } })
  const after = (await trust()).whole.policies.find(({ policyLabel }) => policyLabel === 's0')
  expect(after).toMatchObject({ real: { rolloutCount: 5 }, reasons: [{ sim: 6, real: 5 }] })
})

test('EVA-40 a simulator in which robots fail otherwise is not trusted, however right its order', async () => {
  const { trust } = await ranInBothWorlds({ sim: 'failure.dropped', real: 'failure.collision' })
  const { whole } = await trust()
  expect(whole.ranks.spearman.value).toBe(1)
  expect(whole).toMatchObject({ score: 0, verdict: 'disagrees', failures: { value: 0 }, gaps: [] })
})

test('EVA-40 another workspace and a reader without the right see nothing of it', async () => {
  const { params } = await openArena(chiron)
  const stranger = await chiron.workspace()
  const reply = await chiron.call(simTrustRoutes.read, { headers: stranger.headers('manager'), params })
  expect(reply.status).toBe(404)
  expect((await chiron.call(simTrustRoutes.read, { params })).status).toBe(401)
})
