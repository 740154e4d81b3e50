import { leaderboardRoutes, policyRoutes, rolloutRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { openArena } from '../../testing/arena.ts'
import { ok } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'

const chiron = await testChiron({ poolSize: 4 })

test('EVA-13 before any vote a leaderboard shows who ran, with outcomes per level, and settles nothing', async () => {
  const { headers, params, policy, version, freeze, rollout } = await openArena(chiron)
  await freeze()
  const other = await ok(chiron, policyRoutes.addVersion, {
    headers,
    params: { policyId: policy.id },
    body: { label: 'v2' },
  })
  const suite = { suiteId: params.suiteId, suiteVersion: 1 }
  const runs = [
    { policyVersionId: version.id, scenarioKey: 'cup-bright', success: true },
    { policyVersionId: version.id, scenarioKey: 'bowl-dim', success: false },
    { policyVersionId: other.id, scenarioKey: 'cup-bright', success: false },
    { policyVersionId: other.id, scenarioKey: 'cup-bright', world: 'sim' as const },
  ]
  for (const [at, run] of runs.entries())
    await ok(chiron, rolloutRoutes.add, { headers, body: rollout(`run ${at}`, { ...suite, ...run }) })
  const board = await ok(chiron, leaderboardRoutes.read, { headers, params })
  expect(board).toMatchObject({ world: 'real', voteCount: 0, headToHead: [], hostile: [], changedAt: null })
  expect(board.settled).toMatchObject({ best: false, order: false, statement: 'Nobody has voted yet.' })
  const byLabel = Object.fromEntries(
    board.items.map((item: { policyLabel: string }) => [item.policyLabel, item]),
  )
  expect(byLabel.v1).toMatchObject({ policyName: 'pi-zero', rolloutCount: 2, success: { value: 0.5, n: 2 } })
  expect(byLabel.v2).toMatchObject({ rolloutCount: 1, success: { value: 0, n: 1 } })
  expect(board.byFactor).toContainEqual(
    expect.objectContaining({
      factor: 'light',
      factorLevel: 'dim',
      policyVersionId: other.id,
      success: null,
    }),
  )
  const dim = { factor: 'light', factorLevel: 'dim' }
  const part = await ok(chiron, leaderboardRoutes.read, { headers, params, query: dim })
  expect(part.items.map(({ policyLabel }: { policyLabel: string }) => policyLabel)).toEqual(['v1'])
  const wrong: Record<string, string>[] = [
    { ...dim, factorLevel: 'dark' },
    { factor: 'light' },
    { factorLevel: 'dim' },
  ]
  for (const query of wrong) {
    const refused = await chiron.call(leaderboardRoutes.read, { headers, params, query })
    expect(refused.body.code, JSON.stringify(query)).toBe('bad-input')
  }
})
