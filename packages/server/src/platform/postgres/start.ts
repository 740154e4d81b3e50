import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { prepareDataDir } from './data-dir.ts'
import { chooseIdentity } from './identity.ts'
import { type Launched, type LaunchOrder, launch } from './launch.ts'
import { disarmPidFile, ownerRuns, runningPostmaster, stopPostmaster } from './postmaster.ts'
import { explain } from './problem.ts'
import { ensureRoles, type Role, socketUrl } from './roles.ts'
import { socketDirFor } from './socket-dir.ts'

export type StartOrder = {
  /** The folder of the cluster, made when missing. */
  dataDir: string
  /** Receives one plain line per thing worth knowing. */
  log: (line: string) => void
  /** False only for clusters thrown away afterwards: nothing is forced to disk. */
  durable?: boolean
}

export type EmbeddedPostgres = {
  /** Connection string for `pg`, by default as the tables' owner to the database `chiron`. */
  url: (role?: Role, database?: string) => string
  /** True when another running Chiron had started this database already; `stop` then leaves it alone. */
  shared: boolean
  stop: () => Promise<void>
}

const MAX_START_ATTEMPTS = 20
const RETRY_MS = 250
const MAX_REVIVALS = 5
const REVIVAL_WINDOW_MS = 60_000

/**
 * Starts the PostgreSQL that npm brought, on a unix socket only, and keeps it running: a postmaster that
 * dies is started again. What a killed predecessor left is stopped first; what a living one runs is shared.
 * @throws PostgresProblem with a message for the person who started it
 */
export async function startPostgres({ dataDir, log, durable = true }: StartOrder): Promise<EmbeddedPostgres> {
  const binaries = findBinaries()
  const identity = chooseIdentity()
  const folder = resolved(dataDir)
  const running = existsSync(folder) ? await livingPredecessor(folder, log) : undefined
  if (running) return attach(running)
  await prepareDataDir({ dataDir: folder, binaries, identity, durable, log })
  const socketDir = socketDirFor(folder, identity)
  const order = { dataDir: folder, socketDir, binaries, identity, durable, logFile: `${folder}.log` }
  const keeper = await keep(order, log)
  if (keeper === 'taken') return startPostgres({ dataDir, log, durable })
  try {
    await ensureRoles(socketDir)
  } catch (error) {
    await keeper.stop()
    throw explain('be set up', folder, String(error))
  }
  return { url: urlsOf(socketDir), shared: false, stop: keeper.stop }
}

function resolved(dataDir: string): string {
  const parent = path.dirname(path.resolve(dataDir))
  try {
    mkdirSync(parent, { recursive: true })
    return existsSync(dataDir)
      ? realpathSync(dataDir)
      : path.join(realpathSync(parent), path.basename(dataDir))
  } catch (error) {
    throw explain('make its folder', parent, String(error))
  }
}

/** The socket folder of a database that another living program keeps here; stops one left by a dead program. */
async function livingPredecessor(folder: string, log: (line: string) => void): Promise<string | undefined> {
  const found = runningPostmaster(folder)
  if (!found) {
    await disarmPidFile(folder)
    return undefined
  }
  if (!ownerRuns(found)) {
    log(`stopping the database that a killed predecessor left running (process ${found.pid})`)
    await stopPostmaster(found.pid)
    return undefined
  }
  if (!found.ready) {
    await sleep(RETRY_MS)
    return livingPredecessor(folder, log)
  }
  log(`using the database that another Chiron runs in ${folder}`)
  return found.socketDir
}

async function attach(socketDir: string): Promise<EmbeddedPostgres> {
  await ensureRoles(socketDir)
  return { url: urlsOf(socketDir), shared: true, stop: async () => undefined }
}

function urlsOf(socketDir: string): EmbeddedPostgres['url'] {
  return (role = 'chiron_owner', database) => socketUrl(socketDir, role, database)
}

type Keeper = { stop: () => Promise<void> }

/** Launches, and launches again when the postmaster dies; 'taken' when another program was faster. */
async function keep(order: LaunchOrder, log: (line: string) => void): Promise<Keeper | 'taken'> {
  const first = await launchPatiently(order)
  if (first === 'taken') return 'taken'
  let stopping = false
  let current: Promise<Launched | undefined> = Promise.resolve(first)
  const mayRevive = revivalLimit(() => log(`the database keeps failing; see ${order.logFile}`))
  const watch = (launched: Launched): Launched => {
    const revive = () => {
      if (stopping || !mayRevive()) return
      log('the database ended unexpectedly; starting it again')
      current = reviveOnce(order, log).then((next) => next && watch(next))
    }
    if (hasEnded(launched)) revive()
    else launched.child.once('exit', revive)
    return launched
  }
  watch(first)
  return {
    stop: async () => {
      stopping = true
      const pid = (await current)?.child.pid
      if (pid) await stopPostmaster(pid, { hurry: !order.durable })
    },
  }
}

async function reviveOnce(order: LaunchOrder, log: (line: string) => void): Promise<Launched | undefined> {
  try {
    const next = await launchPatiently(order)
    return next === 'taken' ? undefined : next
  } catch (error) {
    log(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

function revivalLimit(tooMany: () => void): () => boolean {
  const revivals: number[] = []
  return () => {
    const now = Date.now()
    revivals.push(now)
    const allowed = revivals.filter((at) => now - at < REVIVAL_WINDOW_MS).length <= MAX_REVIVALS
    if (!allowed) tooMany()
    return allowed
  }
}

function hasEnded({ child }: Launched): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** A predecessor's last helpers may need a moment to go; until then PostgreSQL refuses to start. */
const PASSING =
  /pre-existing shared memory block|is still in use|lock file "[^"]*" already exists|Address already in use/

async function launchPatiently(order: LaunchOrder): Promise<Launched | 'taken'> {
  for (let attempt = 1; ; attempt++) {
    await disarmPidFile(order.dataDir)
    const launched = await launch(order)
    if (!hasEnded(launched)) return launched
    const other = runningPostmaster(order.dataDir)
    if (other && ownerRuns(other)) return 'taken'
    const output = launched.output()
    if (!PASSING.test(output) || attempt === MAX_START_ATTEMPTS) throw explain('start', order.dataDir, output)
    await sleep(RETRY_MS)
  }
}
