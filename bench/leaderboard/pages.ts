import type { Client } from '@chiron/client'
import {
  campaignRoutes,
  deploymentRoutes,
  driftRoutes,
  embodimentRoutes,
  failureRoutes,
  leaderboardRoutes,
  policyRoutes,
  type Query,
  rolloutRoutes,
  simTrustRoutes,
  suiteRoutes,
  validityRoutes,
} from '@chiron/contract'
import { type Bench, draftsOf } from './open.ts'

export interface Page {
  name: string
  ask: () => Promise<unknown>
}

/** As many rows as the console asks for at once. */
const limit = 100
type Filter = Query<typeof rolloutRoutes.list>

/** What each screen of Evaluate asks the server for. */
export function pagesOf(client: Client, bench: Bench): Page[] {
  return [...boardPages(client, bench), ...suitePages(client, bench), ...rolloutPages(client, bench)]
}

function boardPages(client: Client, { suiteId, versionIds }: Bench): Page[] {
  const params = { suiteId, version: 1 }
  const board = (name: string, query: Query<typeof leaderboardRoutes.read>): Page => ({
    name: `leaderboard${name}`,
    ask: () => client.call(leaderboardRoutes.read, { params, query }),
  })
  return [
    board('', {}),
    board(', one level', { factor: 'light', factorLevel: 'l0' }),
    board(', both worlds', { world: 'both' }),
    board(', trusted raters', { raters: 'trusted' }),
    { name: 'raters', ask: () => client.call(leaderboardRoutes.raters, { params }) },
    { name: 'rating agreement', ask: () => client.call(leaderboardRoutes.ratingAgreement, { params }) },
    {
      name: 'failure breakdown',
      ask: () =>
        client.call(failureRoutes.clusters, { params, query: { policyVersionId: versionIds[0] ?? '' } }),
    },
    { name: 'simulator', ask: () => client.call(simTrustRoutes.read, { params }) },
    { name: 'validity by success', ask: () => client.call(validityRoutes.read, { params }) },
    {
      name: 'validity by strength',
      ask: () => client.call(validityRoutes.read, { params, query: { by: 'strength', period: 'week' } }),
    },
    { name: 'deployments', ask: () => client.call(deploymentRoutes.list, { query: { limit } }) },
    { name: 'drift', ask: () => client.call(driftRoutes.read) },
    { name: 'open alarms', ask: () => client.call(driftRoutes.count) },
  ]
}

function suitePages(client: Client, { suiteId, policyId }: Bench): Page[] {
  const params = { suiteId, version: 1 }
  return [
    { name: 'policies', ask: () => client.call(policyRoutes.list, { query: { limit } }) },
    {
      name: 'policies, searched',
      ask: () => client.call(policyRoutes.list, { query: { limit, search: 'bench' } }),
    },
    { name: 'policy', ask: () => client.call(policyRoutes.read, { params: { policyId } }) },
    { name: 'embodiments', ask: () => client.call(embodimentRoutes.list) },
    { name: 'suites', ask: () => client.call(suiteRoutes.list, { query: { limit } }) },
    { name: 'suite', ask: () => client.call(suiteRoutes.read, { params }) },
    { name: 'suite version', ask: () => client.call(suiteRoutes.readVersion, { params }) },
    {
      name: 'coverage',
      ask: () => client.call(suiteRoutes.coverage, { params, query: { strength: 2, seed: '1' } }),
    },
    { name: 'hard cases', ask: () => client.call(suiteRoutes.hardCases, { params, query: { seed: '1' } }) },
    { name: 'differences', ask: () => client.call(suiteRoutes.diff, { params, query: { from: 1, to: 2 } }) },
    { name: 'signature', ask: () => client.call(suiteRoutes.signed, { params }) },
  ]
}

function rolloutPages(client: Client, { suiteId, policyId, versionIds, failureIds }: Bench): Page[] {
  const policyVersionId = versionIds[3] ?? ''
  const scenario = { suiteId, suiteVersion: 1, scenarioKey: 's7' }
  const [failureId, realAlone] = [failureIds[0] ?? '', failureIds.at(-1) ?? '']
  const list = (name: string, filter: Filter): Page => ({
    name: `rollouts: ${name}`,
    ask: () => client.call(rolloutRoutes.list, { query: { ...filter, limit } }),
  })
  return [
    list('all', {}),
    list('far down', { after: '01900000-0000-7000-8000-000000001000' }),
    list('of a policy', { policyId }),
    list('of a version', { policyVersionId }),
    list('of a suite', { suiteId, suiteVersion: 1 }),
    list('of a scenario', scenario),
    list('simulated', { world: 'sim' }),
    list('real', { world: 'real' }),
    list('failed', { outcome: 'failure' }),
    list('failed by a reason', { failureId }),
    list('unknown', { outcome: 'unknown' }),
    list('version, scenario, reason', { ...scenario, policyVersionId, failureId }),
    list('version, unknown', { policyVersionId, outcome: 'unknown' }),
    list('policy, unknown', { policyId, outcome: 'unknown' }),
    list('scenario, unknown', { ...scenario, outcome: 'unknown' }),
    list('suite, real, unknown', { suiteId, suiteVersion: 1, world: 'real', outcome: 'unknown' }),
    list('none: simulated, unknown', { world: 'sim', outcome: 'unknown' }),
    list('none: simulated, a real reason', { policyId, world: 'sim', failureId: realAlone }),
    {
      name: 'rollout',
      ask: () =>
        client.call(rolloutRoutes.read, { params: { rolloutId: '01900000-0000-7000-8000-000000000100' } }),
    },
  ]
}

/** Publishing a campaign opens its first pairs, or the first rollouts to judge: what is chosen is chosen then. */
export function publishings(client: Client, bench: Bench): Page[] {
  return Object.entries(draftsOf(bench)).map(([kind, draft]) => ({
    name: kind === 'compare' ? 'publish: 24 pairs chosen' : 'publish: 200 rollouts chosen',
    ask: async () => {
      const { id } = await client.call(campaignRoutes.create, { body: { ...draft, ...bench.base } })
      const startMs = performance.now()
      await client.call(campaignRoutes.publish, { params: { campaignId: id } })
      return performance.now() - startMs
    },
  }))
}
