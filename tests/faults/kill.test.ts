import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { logRoutes, payRoutes } from '@chiron/contract'
import { seededRandom } from '@chiron/core/kit'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import {
  brokenCheckpoints,
  brokenRules,
  changedBytes,
  filesUnder,
  halfBlobs,
  lostOrChanged,
} from './audit.ts'
import { makeClip } from './clips.ts'
import { agree, type Lab, openLab, questions, takes, type Worker } from './lab.ts'
import { Load, pause } from './load.ts'
import { ServerProcess } from './server-process.ts'

const SEED = process.env.CHIRON_FAULT_SEED ?? 'fifty kills'
const KILL_COUNT = Number(process.env.CHIRON_FAULT_KILLS ?? 52)
const FILMER_COUNT = 3
const JUDGE_COUNT = 5
const DRAIN_MS = 150_000
const CLIP_MS = 800

const home = await mkdtemp(path.join(tmpdir(), 'chiron-faults-'))
const server = await ServerProcess.at({ home })

afterAll(async () => {
  await server.stop()
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

test('a database that dies in the moment after the start is started again, and the server goes on', async () => {
  for (let round = 0; round < 3; round += 1) {
    await server.start()
    server.killDatabase()
    await untilHealthy()
    // With a workspace there is something to greet with at the next start.
    if (round === 0) await server.run('create', 'First lab')
    expect(await server.stop()).toBe(0)
  }
})

test(`killed ${KILL_COUNT} times under load, the server loses and doubles nothing`, async () => {
  const log: string[] = []
  try {
    await run(log)
  } catch (cause) {
    console.error(`CHIRON_FAULT_SEED='${SEED}'\n${log.join('\n')}\n${server.output.slice(-6000)}`)
    throw cause
  }
}, 900_000)

async function run(log: string[]): Promise<void> {
  const began = performance.now()
  const say = (line: string) => log.push(`${((performance.now() - began) / 1000).toFixed(1)} s  ${line}`)
  await server.start()
  const lab = await openLab(server)
  const film = await lab.publish(takes)
  const campaigns = {
    film,
    judgeFilm: await lab.publish({ ...questions, sourceCampaignId: film }),
    judgeImports: await lab.publish({
      ...questions,
      flow: { ...questions.flow, answers: { min: 3, max: 4, sureAt: 0.9 } },
    }),
  }
  const crowd = (name: string, count: number): Promise<Worker[]> =>
    Promise.all(Array.from({ length: count }, (_, at) => lab.worker(`${name} ${at + 1}`)))
  const filmers = await crowd('Filmer', FILMER_COUNT)
  const judges = await crowd('Judge', JUDGE_COUNT)
  for (const worker of filmers) await agree(worker, film)
  const pictures = (source: string) => makeClip(`${source}size=320x240:rate=10:duration=${CLIP_MS / 1000}`)
  const clips = { good: pictures('testsrc2='), dark: pictures('color=black:'), durationMs: CLIP_MS }
  say('set up')

  const load = new Load({ lab, campaigns, clips, seed: SEED })
  load.start({ filmers, judges })
  await killAndRestart(load, say)
  await load.finishFilming()
  expect(load.failure, load.failure?.stack).toBeUndefined()
  say('filming is over')
  const database = new pg.Client({ connectionString: server.databaseUrl() })
  await database.connect()
  try {
    await drain(lab, load, database, say)
    await load.giveBack([...filmers, ...judges])
    await load.stop()
    expect(load.failure, load.failure?.stack).toBeUndefined()
    await checkEverything(lab, load, database)
    say(`held: ${JSON.stringify(load.acknowledged.counts)}`)
    console.log(log.join('\n'))
  } finally {
    await database.end()
  }
}

/** Most times the server itself, sometimes its database, sometimes both; each time at another moment of the load. */
async function killAndRestart(load: Load, say: (line: string) => void): Promise<void> {
  const dice = seededRandom(`${SEED} kills`)
  for (let kill = 1; kill <= KILL_COUNT && !load.failure; kill += 1) {
    await pause(150 + dice.int(1200))
    const thrown = dice.next()
    const what = thrown < 0.7 ? 'server' : thrown < 0.85 ? 'database' : 'both'
    if (what !== 'server') server.killDatabase()
    if (what !== 'database') await server.kill()
    const fromMs = performance.now()
    if (!server.runs) await server.start()
    else await untilHealthy()
    say(`kill ${kill}: ${what}, back after ${Math.round(performance.now() - fromMs)} ms`)
  }
}

/** A database that died is started again by the server itself. */
async function untilHealthy(): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const reply = await fetch(`${server.url}/healthz`).catch(() => undefined)
    if (reply?.ok) return
    if (!server.runs) {
      throw new Error('the server died with its database')
    }
    await pause(25)
  }
  throw new Error('the server never found its database again')
}

/** Waits until nothing is left to do: every answer decided, every job done, every record sealed. */
async function drain(lab: Lab, load: Load, database: pg.Client, say: (line: string) => void): Promise<void> {
  const deadlineMs = performance.now() + DRAIN_MS
  let saidMs = performance.now()
  for (;;) {
    const { rows } = await database.query<Record<string, string>>(`select
      (select count(*) from submission where state not in ('accepted', 'returned', 'rejected')) as undecided,
      (select count(*) from review where state = 'open') as reviews,
      (select count(*) from episode where state = 'arrived') as arrived,
      (select count(*) from pgboss.job where state in ('created', 'retry', 'active')) as jobs,
      (select count(*) from record where leaf_index is null) as unsealed`)
    const left = Object.entries(rows[0] ?? {}).filter(([, count]) => Number(count) > 0)
    if (left.length === 0) break
    if (performance.now() > saidMs + 5000) {
      saidMs = performance.now()
      say(`waiting for ${left.map(([what, count]) => `${count} ${what}`).join(', ')}`)
    }
    if (load.failure) throw load.failure
    if (performance.now() > deadlineMs) break
    await pause(250)
  }
  const status = await lab.auditor.client.call(logRoutes.status)
  say(`drained; ${status.size} records, ${status.unsealedCount} not sealed`)
}

async function checkEverything(lab: Lab, load: Load, database: pg.Client): Promise<void> {
  const { auditor, manager, workspaceId } = lab
  const said = load.acknowledged
  expect(await lostOrChanged(database, said)).toEqual([])
  expect(await brokenRules(database)).toEqual([])
  expect(await halfBlobs(database, home)).toEqual([])
  expect(await changedBytes(lab, database)).toEqual([])
  expect((await manager.client.call(payRoutes.overview)).sumsToZero).toBe(true)

  const verdict = await auditor.client.call(logRoutes.verify)
  expect(verdict.faults).toEqual([])
  expect(verdict.holds).toBe(true)
  const { verifierKey } = await auditor.client.call(logRoutes.status)
  expect(said.checkpoints.size).toBeGreaterThan(KILL_COUNT / 2)
  expect(await brokenCheckpoints(database, { notes: said.checkpoints, verifierKey, workspaceId })).toEqual([])
  expect(Object.keys(said.counts)).toEqual(
    expect.arrayContaining(['choose', 'demonstrate', 'import', 'review']),
  )
  expect(filesUnder(path.join(home, 'scratch'))).toEqual([])
}
