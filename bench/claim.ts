// Claim and submit under load, with ten thousand and with a million open tasks: see README.md.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Lease, submissionRoutes, taskRoutes } from '@chiron/contract'
import pg from 'pg'
import { type Lab, OUTCOMES, openLab, questions, type Worker } from '../tests/faults/lab.ts'
import { ServerProcess } from '../tests/faults/server-process.ts'

const MAX_GROWTH = 1.5
const CLIENTS = [1, 8, 32]
const ROUNDS = 5
const { values } = parseArgs({
  options: {
    small: { type: 'string', default: '10000' },
    large: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '2' },
  },
})
const sizes = [Number(values.small), Number(values.large)]
const turnMs = Number(values.seconds) * 1000

interface Place {
  size: number
  server: ServerProcess
  database: pg.Client
  campaignId: string
  workers: Worker[]
  leases: Map<string, Lease>
  agent: http.Agent
}

const say = (line: string): void => console.log(line)

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chiron-bench-claim-'))
  const places: Place[] = []
  try {
    for (const size of sizes) places.push(await open(folder, size))
    process.exitCode = await measure(places)
  } finally {
    for (const { server, database, agent } of places) {
      agent.destroy()
      await database.end()
      await server.stop()
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

/** A server of its own per size; its jobs would run elsewhere (ROLE=web), as where a team has grown. */
async function open(folder: string, size: number): Promise<Place> {
  const startedMs = performance.now()
  const server = await ServerProcess.at({ home: path.join(folder, String(size)), env: { ROLE: 'web' } })
  await server.start()
  const lab = await openLab(server, 'Bench lab')
  const older = await lab.publish(questions)
  const campaignId = await lab.publish(questions)
  const database = new pg.Client({ connectionString: server.databaseUrl() })
  await database.connect()
  // An older campaign with offers of its own lies before: nobody should have to walk through it.
  await openTasks(database, lab, older, Math.ceil(size / 20))
  await openTasks(database, lab, campaignId, size)
  await makePeers(database, size)
  const workers: Worker[] = []
  for (let count = 0; count < Math.max(...CLIENTS); count += 1)
    workers.push(await lab.worker(`Worker ${count}`))
  say(`${size} open tasks made in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`)
  const agent = new http.Agent({ keepAlive: true, maxSockets: Math.max(...CLIENTS) })
  return { size, server, database, campaignId, workers, leases: new Map(), agent }
}

async function openTasks(database: pg.Client, { workspaceId }: Lab, campaignId: string, size: number) {
  await database.query(
    `insert into task (workspace_id, id, campaign_id, kind, state, subject_kind, seed, created_at)
     select $1, uuidv7(), $2, 'choose', 'open', 'prompt', md5(n::text), now() from generate_series(1, $3::int) n`,
    [workspaceId, campaignId, size],
  )
  await database.query(
    `insert into lease (workspace_id, id, task_id, campaign_id, state, created_at)
     select workspace_id, uuidv7(), id, campaign_id, 'offered', now() from task where campaign_id = $1 order by id`,
    [campaignId],
  )
  await database.query('vacuum analyze task, lease')
}

/** The same work without people, permission and records: one table to claim from, one to answer into. */
async function makePeers(database: pg.Client, size: number): Promise<void> {
  await database.query('create schema bench')
  for (const name of PEERS.map((peer) => peer.table)) {
    await database.query(`create table bench.${name} (id uuid primary key, state text not null, worker int)`)
    await database.query(
      `create table bench.${name}_answer (id uuid primary key, offer uuid, worker int, body jsonb)`,
    )
    await database.query(
      `insert into bench.${name} select uuidv7(), 'offered', null from generate_series(1, $1::int)`,
      [size],
    )
    await database.query(`create index on bench.${name} (id) where state = 'offered'`)
    await database.query(`vacuum analyze bench.${name}`)
  }
}

interface Measured {
  perSecond: number
  medianMs: number
  /** Tasks that more than one client was given at the same time. */
  givenTwice: number
}

type Turn = (client: number) => Promise<void>

/** All clients at once for a while; each turn is one answer together with the next claim. */
async function run(clientCount: number, prepare: (client: number) => Promise<Turn>): Promise<Measured> {
  const turns = await Promise.all(Array.from({ length: clientCount }, (_, client) => prepare(client)))
  const tookMs: number[] = []
  const startMs = performance.now()
  const loop = async (turn: Turn, client: number): Promise<void> => {
    while (performance.now() - startMs < turnMs) {
      const fromMs = performance.now()
      await turn(client)
      tookMs.push(performance.now() - fromMs)
    }
  }
  await Promise.all(turns.map(loop))
  const seconds = (performance.now() - startMs) / 1000
  return { perSecond: tookMs.length / seconds, medianMs: median(tookMs), givenTwice: 0 }
}

function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

async function ours(place: Place, clientCount: number): Promise<Measured> {
  return run(clientCount, async (client) => {
    const worker = place.workers[client] as Worker
    const claim = async (): Promise<Lease> => {
      const body = { campaignId: place.campaignId, termsVersion: 1 }
      const { lease } = await post<{ lease: Lease | null }>(place, worker, taskRoutes.claim.path, body)
      if (!lease) throw new Error('the tasks ran out: measure for a shorter time')
      return lease
    }
    let lease = place.leases.get(worker.workerId) ?? (await claim())
    return async () => {
      const answer = { choices: { outcome: OUTCOMES[0] } }
      const body = { id: randomUUID(), leaseId: lease.id, answer, activeMs: 5000, next: true }
      const reply = await post<{ next: Lease | null }>(place, worker, submissionRoutes.submit.path, body)
      lease = reply.next ?? (await claim())
      place.leases.set(worker.workerId, lease)
    }
  })
}

function post<T>({ server, agent }: Place, { headers }: Worker, route: string, body: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const all = { ...headers, 'content-type': 'application/json' }
    const request = http.request(
      `${server.url}${route}`,
      { method: 'POST', agent, headers: all },
      (reply) => {
        const pieces: Buffer[] = []
        reply.on('data', (piece: Buffer) => pieces.push(piece))
        reply.on('end', () => {
          const text = Buffer.concat(pieces).toString()
          if (reply.statusCode === 200) resolve(JSON.parse(text) as T)
          else reject(new Error(`${route}: ${reply.statusCode} ${text}`))
        })
      },
    )
    request.on('error', reject)
    request.end(JSON.stringify(body))
  })
}

interface Peer {
  name: string
  table: string
  /** Claims one for `worker`: its id. */
  claim(database: pg.PoolClient, worker: number): Promise<string>
}

const PEERS: readonly Peer[] = [
  {
    name: 'find, then update',
    table: 'naive',
    claim: async (database, worker) => {
      const { rows } = await database.query<{ id: string }>(
        "select id from bench.naive where state = 'offered' order by id limit 1",
      )
      const id = rows[0]?.id ?? ''
      await database.query("update bench.naive set state = 'held', worker = $2 where id = $1", [id, worker])
      return id
    },
  },
  {
    name: 'skip locked, bare',
    table: 'bare',
    claim: async (database, worker) => {
      const { rows } = await database.query<{ id: string }>(
        `update bench.bare set state = 'held', worker = $1 where id = (select id from bench.bare
          where state = 'offered' order by id limit 1 for update skip locked) returning id`,
        [worker],
      )
      return rows[0]?.id ?? ''
    },
  },
]

async function peer(place: Place, { table, claim }: Peer, clientCount: number): Promise<Measured> {
  // As many are open as before: what an earlier run has taken is offered again.
  await place.database.query(
    `update bench.${table} set state = 'offered', worker = null where state <> 'offered'`,
  )
  await place.database.query(`vacuum bench.${table}`)
  const pool = new pg.Pool({ connectionString: place.server.databaseUrl(), max: clientCount })
  const given = new Map<string, number>()
  const open: pg.PoolClient[] = []
  const note = (id: string): string => {
    given.set(id, (given.get(id) ?? 0) + 1)
    return id
  }
  try {
    const measured = await run(clientCount, async (client) => {
      const database = await pool.connect()
      open.push(database)
      let id = note(await claim(database, client))
      return async () => {
        await database.query('begin')
        await database.query(`insert into bench.${table}_answer values (uuidv7(), $1, $2, $3)`, [
          id,
          client,
          ANSWER,
        ])
        await database.query(`update bench.${table} set state = 'spent' where id = $1`, [id])
        id = note(await claim(database, client))
        await database.query('commit')
      }
    })
    return { ...measured, givenTwice: [...given.values()].filter((count) => count > 1).length }
  } finally {
    for (const database of open) database.release()
    await pool.end()
  }
}
const ANSWER = JSON.stringify({ choices: { outcome: OUTCOMES[0] } })

/** The best of some rounds, the sizes in turn, so that a busy moment of the machine falls on both. */
async function best(
  places: readonly Place[],
  once: (place: Place) => Promise<Measured>,
): Promise<Measured[]> {
  const bests: (Measured | undefined)[] = places.map(() => undefined)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, place] of places.entries()) {
      const now = await once(place)
      const before = bests[at]
      const perSecond = Math.max(now.perSecond, before?.perSecond ?? 0)
      const medianMs = Math.min(now.medianMs, before?.medianMs ?? Number.POSITIVE_INFINITY)
      bests[at] = { perSecond, medianMs, givenTwice: now.givenTwice + (before?.givenTwice ?? 0) }
    }
  }
  return bests as Measured[]
}

async function measure(places: readonly Place[]): Promise<number> {
  const [small, large] = sizes
  say(`\n                               ${small} open             ${large} open          cost at ${large}`)
  say(
    'what               clients   per s   median ms    per s   median ms   / cost at the smaller   given twice',
  )
  let growth = 0
  const rates = new Map<string, number>()
  const line = (name: string, clients: number, [few, many]: Measured[]) => {
    if (!few || !many) return
    const ratio = many.medianMs / few.medianMs
    if (name === 'Chiron' && clients === 1) growth = ratio
    rates.set(`${name} ${clients}`, many.perSecond)
    const cells = [
      few.perSecond.toFixed(0),
      few.medianMs.toFixed(2),
      many.perSecond.toFixed(0),
      many.medianMs.toFixed(2),
    ]
    const twice = name === 'Chiron' ? '' : String(few.givenTwice + many.givenTwice)
    const figures = cells.map((cell, at) => cell.padStart(at % 2 ? 12 : 8)).join('')
    say(
      `${name.padEnd(20)}${String(clients).padStart(6)}${figures}${ratio.toFixed(2).padStart(16)}${twice.padStart(18)}`,
    )
  }
  for (const clients of CLIENTS) {
    line('Chiron', clients, await best(places, (place) => ours(place, clients)))
    for (const each of PEERS)
      line(each.name, clients, await best(places, (place) => peer(place, each, clients)))
  }
  for (const clients of CLIENTS) {
    const bare = rates.get(`skip locked, bare ${clients}`) ?? Number.NaN
    const ratio = (rates.get(`Chiron ${clients}`) ?? Number.NaN) / bare
    say(`Chiron against bare skip locked, ${clients} clients, ${large} open: ${ratio.toFixed(2)}`)
  }
  const holds = growth <= MAX_GROWTH
  say(
    `\nThe cost of a claim grows ${growth.toFixed(2)}-fold (at most ${MAX_GROWTH}): ${holds ? 'holds' : 'DOES NOT HOLD'}`,
  )
  return holds ? 0 : 1
}

await main()
