// The leaderboard of a million rollouts and ten million votes, read over HTTP: see README.md.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { leaderboardRoutes, policyRoutes, suiteRoutes } from '@chiron/contract'
import pg from 'pg'
import { type Lab, openLab } from '../tests/faults/lab.ts'
import { ServerProcess } from '../tests/faults/server-process.ts'

const MAX_MS = 300
const ROUNDS = 25
const WARM_UP = 5
const ROLLOUTS = 1_000_000
const { values } = parseArgs({
  options: {
    votes: { type: 'string', default: '10000000' },
    versions: { type: 'string', default: '20' },
    scenarios: { type: 'string', default: '100' },
  },
})
const [voteCount, versionCount, scenarioCount] = [values.votes, values.versions, values.scenarios].map(
  Number,
) as [number, number, number]

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chiron-bench-leaderboard-'))
  const server = await ServerProcess.at({ home: path.join(folder, 'home'), env: { ROLE: 'web' } })
  try {
    await server.start()
    const lab = await openLab(server, 'Bench lab')
    const params = await openSuite(lab)
    await fill(server.databaseUrl(), lab, params.suiteId)
    process.exitCode = await measure(lab, params)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

async function openSuite({ manager, base: { ontologyId, ontologyVersion } }: Lab) {
  const { client } = manager
  const body = { name: 'Bench', ontologyId, ontologyVersion }
  const { suiteId, revision } = await client.call(suiteRoutes.create, { body })
  const params = { suiteId, version: 1 }
  const levels = Array.from({ length: 10 }, (_, at) => ({ key: `l${at}`, label: { en: `Level ${at}` } }))
  const scenarios = Array.from({ length: scenarioCount }, (_, at) => ({
    key: `s${at}`,
    instruction: { en: `Scenario ${at}` },
    settings: { light: `l${at % 10}` },
  }))
  const factors = [{ key: 'light', kind: 'light' as const, label: { en: 'Light' }, levels }]
  const criteria = { success: { en: 'It worked.' }, milestones: [], timeLimitMs: null }
  const content = { factors, scenarios, criteria, impossible: [], outcomeIds: [], failureIds: [] }
  await client.call(suiteRoutes.change, { params, body: { revision, content } })
  const policy = await client.call(policyRoutes.create, { body: { name: 'Bench' } })
  for (let at = 0; at < versionCount; at += 1)
    await client.call(policyRoutes.addVersion, { params: { policyId: policy.id }, body: { label: `v${at}` } })
  return params
}

/** The counts that so many rollouts and votes leave, versions a little apart. */
async function fill(url: string, { workspaceId }: Lab, suiteId: string): Promise<void> {
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  const each = voteCount / (versionCount * (versionCount - 1) * scenarioCount)
  await database.query(
    `with v as (select id, row_number() over (order by label) as place from policy_version where workspace_id = $1)
     insert into comparison_tally select $1, $2, 1, 'real', 's' || n, a.id, b.id,
       ceil($4::float8 * (0.4 + 0.01 * (a.place - b.place))), ceil($4::float8 * 0.2),
       ceil($4::float8 * (0.4 - 0.01 * (a.place - b.place))), 0, 0, 0, 0, now()
     from v a cross join v b cross join generate_series(0, $3::int - 1) n where a.id <> b.id`,
    [workspaceId, suiteId, scenarioCount, each],
  )
  await database.query(
    `insert into rollout_tally select $1, v.id, $2, 1, 's' || n, 'real', $4::int, $4::int / 2, $4::int / 3
     from policy_version v cross join generate_series(0, $3::int - 1) n where v.workspace_id = $1`,
    [workspaceId, suiteId, scenarioCount, Math.round(ROLLOUTS / (versionCount * scenarioCount))],
  )
  await database.query('vacuum analyze comparison_tally, rollout_tally')
  await database.end()
}

async function measure({ manager }: Lab, params: { suiteId: string; version: number }): Promise<number> {
  const tookMs: number[] = []
  let votes = 0
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const startMs = performance.now()
    votes = (await manager.client.call(leaderboardRoutes.read, { params })).voteCount
    if (round >= WARM_UP) tookMs.push(performance.now() - startMs)
  }
  tookMs.sort((a, b) => a - b)
  const medianMs = tookMs[ROUNDS >> 1] as number
  console.log(`versions ${versionCount}, scenarios ${scenarioCount}, votes ${votes}, rollouts ${ROLLOUTS}`)
  console.log(`median ms ${medianMs.toFixed(0)}, slowest of ${ROUNDS} ms ${tookMs.at(-1)?.toFixed(0)}`)
  const isFast = medianMs < MAX_MS
  console.log(isFast ? `below ${MAX_MS} ms` : `FAIL: not below ${MAX_MS} ms`)
  return isFast ? 0 : 1
}

await main()
