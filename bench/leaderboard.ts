// What the pages of Evaluate cost on a million rollouts and ten million votes, read over HTTP: see README.md.
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createClient } from '@chiron/client'
import { openLab } from '../tests/faults/lab.ts'
import { ServerProcess } from '../tests/faults/server-process.ts'
import { heading, printTargets, table, target } from './judgement/report.ts'
import { fill } from './leaderboard/fill.ts'
import { type Bench, openBench, type Size } from './leaderboard/open.ts'
import { type Page, pagesOf, publishings } from './leaderboard/pages.ts'

const MAX_MS = 300
const ROUNDS = 21
const WARM_UP = 3
const { values } = parseArgs({
  options: {
    rollouts: { type: 'string', default: '1000000' },
    votes: { type: 'string', default: '10000000' },
    versions: { type: 'string', default: '20' },
    scenarios: { type: 'string', default: '100' },
    raters: { type: 'string', default: '1000' },
    home: { type: 'string' },
  },
})
const { home, ...counts } = values
const size = Object.fromEntries(
  Object.entries(counts).map(([name, count]) => [name, Number(count)]),
) as unknown as Size

async function main(): Promise<void> {
  const folder = home ?? (await mkdtemp(path.join(tmpdir(), 'chiron-bench-leaderboard-')))
  const server = await ServerProcess.at({ home: path.join(folder, 'home'), env: { ROLE: 'web' } })
  try {
    await server.start()
    const kept = path.join(folder, 'bench.json')
    if (!existsSync(kept)) await writeFile(kept, JSON.stringify(await filled(server)))
    const { apiKey, size, ...bench } = JSON.parse(await readFile(kept, 'utf8')) as Filled
    const client = createClient({ baseUrl: server.url, apiKey })
    const counts = Object.entries(size).map(([name, count]) => `${name} ${count}`)
    heading(`Pages of Evaluate: ${counts.join(', ')}`)
    const rows: Row[] = []
    for (const page of [...pagesOf(client, bench), ...publishings(client, bench)])
      rows.push(await measured(page))
    tell(rows)
  } finally {
    await server.stop()
    if (home === undefined)
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

type Filled = Bench & { apiKey: string; size: Size }

async function filled(server: ServerProcess): Promise<Filled> {
  const lab = await openLab(server, 'Bench lab')
  const bench = await openBench(lab, size)
  await fill(server.databaseUrl(), lab, bench, size)
  const apiKey = lab.manager.headers.authorization?.split(' ')[1] ?? ''
  return { ...bench, apiKey, size }
}

/** `first`: before anything was remembered. */
type Row = { name: string; first: number; median: number; p95: number }

async function measured({ name, ask }: Page): Promise<Row> {
  const tookMs: number[] = []
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const startMs = performance.now()
    const told = await ask().catch((error: unknown) => {
      throw new Error(name, { cause: error })
    })
    // A page that does more than what is measured tells itself how long that took.
    tookMs.push(typeof told === 'number' ? told : performance.now() - startMs)
  }
  const first = tookMs[0]!
  tookMs.splice(0, WARM_UP)
  tookMs.sort((a, b) => a - b)
  return { name, first, median: tookMs[ROUNDS >> 1]!, p95: tookMs[Math.ceil(0.95 * ROUNDS) - 1]! }
}

function tell(rows: readonly Row[]): void {
  table([
    ['', 'first ms', 'median ms', 'p95 ms'],
    ...rows.map(({ name, ...tookMs }) => [name, ...Object.values(tookMs).map((ms) => ms.toFixed(0))]),
  ])
  const slow = rows.filter(({ median }) => median >= MAX_MS).map(({ name }) => name)
  target(
    `every page below ${MAX_MS} ms (median)`,
    slow.length === 0,
    slow.join('; ') || `${rows.length} pages`,
  )
}

await main()
if (printTargets() > 0) process.exitCode = 1
