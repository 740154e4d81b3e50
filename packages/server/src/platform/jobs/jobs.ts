import { assert } from '@chiron/core/kit'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Deps } from '../context.ts'
import type { JobDefinition, Sweep } from '../feature.ts'
import type { RecordedJob } from '../record.ts'
import type { Logger } from '../telemetry.ts'

type ExecuteSql = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>

export interface Jobs {
  /** Adds a job inside the caller's transaction. */
  enqueue(name: string, job: RecordedJob, execute: ExecuteSql): Promise<void>
  /** Starts working; returns when the first look at the queues is under way. */
  work(deps: Deps, definitions: readonly JobDefinition[], sweeps: readonly Sweep[]): Promise<void>
  /**
   * Runs the queued jobs now, one by one in the order they were made, until none is left; for tests and for the
   * demo. Due dates of retries are not waited for. A failing job throws. Returns how many ran.
   */
  runDue(deps: Deps, definitions: readonly JobDefinition[]): Promise<number>
  stop(): Promise<void>
}

interface JobsOptions {
  url: string
  switchRole?: boolean
  queueNames: readonly string[]
  log: Logger
}

const POLL_SECONDS = 0.5
const MAX_DUE_JOBS = 10_000
const RETRIES = {
  retryLimit: 12,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 900,
  // A killed process stops beating: its jobs are taken up again after this, not only when they expire.
  heartbeatSeconds: 15,
}
const LOOK_AFTER_SECONDS = 5

/** The job queue on the product's own database (pg-boss), so that a job and its cause commit together. */
export async function openJobs({ url, switchRole, queueNames, log }: JobsOptions): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: switchRole ? withRole(url) : url,
    max: 3,
    migrate: false,
    schedule: false,
    superviseIntervalSeconds: LOOK_AFTER_SECONDS,
    monitorIntervalSeconds: LOOK_AFTER_SECONDS,
  })
  boss.on('error', (cause) => log.error({ cause: String(cause) }, 'job queue'))
  await boss.start()
  for (const name of queueNames) await boss.createQueue(name, RETRIES)
  const sweeper = createSweeper(log)
  return {
    async enqueue(name, job, execute) {
      const db = { executeSql: (text: string, values?: unknown[]) => execute(text, values ?? []) }
      await boss.send(name, job, { ...RETRIES, db })
    },
    async work(deps, definitions, sweeps) {
      for (const definition of definitions) await workOn(boss, deps, definition)
      sweeper.start(deps, sweeps)
    },
    async runDue(deps, definitions) {
      let ranCount = 0
      for (;;) {
        const name = await nextQueue(deps)
        if (name === undefined) return ranCount
        const definition = definitions.find((each) => each.name === name)
        assert(definition !== undefined, `no feature defines the job ${name}`)
        assert(ranCount < MAX_DUE_JOBS, 'jobs that make jobs without end')
        ranCount += await runOldest(boss, deps, definition)
      }
    },
    async stop() {
      await sweeper.stop()
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}

const withRole = (url: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}options=-c%20role%3Dchiron_app`

async function workOn(boss: PgBoss, deps: Deps, definition: JobDefinition): Promise<void> {
  const { concurrency = 1 } = definition
  for (let count = 0; count < concurrency; count += 1) await oneWorker(boss, deps, definition)
}

async function oneWorker(boss: PgBoss, deps: Deps, { name, run }: JobDefinition): Promise<void> {
  const options = { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 }
  let workerId = ''
  workerId = await boss.work<RecordedJob>(name, options, async ([job]) => {
    if (!job) return
    // Where there was one there may be more: the next look comes at once, not at the next beat.
    boss.notifyWorker(workerId)
    try {
      await run(deps, job.data)
      deps.metrics.count('chiron_jobs_total', { job: name, outcome: 'done' })
    } catch (cause) {
      deps.metrics.count('chiron_jobs_total', { job: name, outcome: 'failed' })
      deps.log.error(
        { job: name, subject: job.data.subjectId, cause: String((cause as Error).stack) },
        'job failed',
      )
      throw cause
    }
  })
}

/** The queue whose waiting job is the oldest. */
async function nextQueue({ db }: Deps): Promise<string | undefined> {
  const found = await sql<{ name: string }>`
    select name from pgboss.job where state in ('created', 'retry') order by created_on, name limit 1`.execute(
    db,
  )
  return found.rows[0]?.name
}

async function runOldest(boss: PgBoss, deps: Deps, { name, run }: JobDefinition): Promise<number> {
  const jobs = await boss.fetch<RecordedJob>(name, { batchSize: 1, ignoreStartAfter: true })
  for (const job of jobs) {
    await run(deps, job.data)
    await boss.complete(name, job.id)
  }
  return jobs.length
}

/** Runs each sweep on its own beat, never two of the same at once in a process. */
function createSweeper(log: Logger) {
  const timers = new Set<NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  let stopped = false
  const loop = (deps: Deps, sweep: Sweep): void => {
    if (stopped) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      const turn = sweep
        .run(deps)
        .catch((cause: unknown) =>
          log.error({ sweep: sweep.name, cause: String((cause as Error).stack) }, 'sweep'),
        )
        .finally(() => {
          running.delete(turn)
          loop(deps, sweep)
        })
      running.add(turn)
    }, sweep.everyMs)
    timers.add(timer)
  }
  return {
    start: (deps: Deps, sweeps: readonly Sweep[]) => {
      for (const sweep of sweeps) loop(deps, sweep)
    },
    stop: async () => {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}
