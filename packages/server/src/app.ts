import fs from 'node:fs/promises'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { identify } from './features/account/index.ts'
import { features } from './features.ts'
import { openBlobs } from './platform/blobs/blobs.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import type { Deps, Permissions } from './platform/context.ts'
import { openDatabase } from './platform/db/database.ts'
import type { JobDefinition, Sweep } from './platform/feature.ts'
import { registerApps } from './platform/http/apps.ts'
import { registerHealth } from './platform/http/health.ts'
import { createServer } from './platform/http/server.ts'
import { openTls } from './platform/http/tls.ts'
import { openJobs } from './platform/jobs/jobs.ts'
import { openSecrets } from './platform/secrets.ts'
import { Metrics, openLog } from './platform/telemetry.ts'
import { VERSION } from './platform/version.ts'

export interface ChironOptions {
  config: Config
  /** Connection of the unprivileged role. */
  databaseUrl: string
  /** Switch to `chiron_app` on each connection, where the URL is the owner’s. */
  switchRole?: boolean
  clock?: Clock
  poolSize?: number
  /** How long a request waits for a free connection before it fails. */
  poolWaitMs?: number
}

export interface Chiron {
  deps: Deps
  /** The server with all its routes; undefined where this process only works (ROLE=work). */
  http?: FastifyInstance
  definitions: readonly JobDefinition[]
  sweeps: readonly Sweep[]
  /** Takes requests (unless ROLE=work) and works on jobs (unless ROLE=web). Returns how it is reached. */
  start(): Promise<string>
  stop(): Promise<void>
}

const CLOSE_PATIENCE_MS = 5000
const POOL_SIZE = 16
const POOL_WAIT_MS = 15_000

/** Puts a process together: database, jobs, blobs, features, HTTP. The database is migrated already. */
export async function openChiron(options: ChironOptions): Promise<Chiron> {
  const { config, databaseUrl, switchRole = false, clock = systemClock } = options
  await fs.mkdir(config.home, { recursive: true })
  const log = openLog(config.logLevel)
  const secrets = await openSecrets(config.home, config.secret)
  const { poolSize = POOL_SIZE, poolWaitMs = POOL_WAIT_MS } = options
  const database = openDatabase({ url: databaseUrl, poolSize, poolWaitMs, switchRole })
  const definitions = features.flatMap((feature) => feature.jobs ?? [])
  const sweeps = features.flatMap((feature) => feature.sweeps ?? [])
  const queueNames = definitions.map((definition) => definition.name)
  const jobs = await openJobs({ url: databaseUrl, switchRole, queueNames, log })
  const deps: Deps = {
    config,
    db: database.db,
    clock,
    secrets,
    blobs: await openBlobs(config.home, secrets),
    jobs,
    log,
    metrics: new Metrics(),
    permissions: mergePermissions(),
    subscribers: mergeSubscribers(),
    publicUrl: config.publicUrl ?? '',
  }
  const http = config.role === 'work' ? undefined : await openHttp(deps)
  return {
    deps,
    definitions,
    sweeps,
    ...(http ? { http } : {}),
    async start() {
      if (http) await listen(http, deps)
      if (config.role !== 'web') await jobs.work(deps, definitions, sweeps)
      return deps.publicUrl
    },
    async stop() {
      if (http) await closeHttp(http)
      await jobs.stop()
      await database.close()
    },
  }
}

async function openHttp(deps: Deps): Promise<FastifyInstance> {
  const { config } = deps
  const tls = config.tls ? await openTls(path.join(config.home, 'tls')) : undefined
  const app = await createServer({
    deps,
    features,
    identify,
    version: VERSION,
    ...(tls ? { tls } : {}),
    extra: (scope) => registerHealth(scope, deps, VERSION),
  })
  await registerApps(app)
  return app
}

async function listen(app: FastifyInstance, deps: Deps): Promise<void> {
  const { port: wanted, host, tls } = deps.config
  await app.listen({ port: wanted, host })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : wanted
  deps.publicUrl ||= `${tls ? 'https' : 'http'}://localhost:${port}`
}

/** Lets requests end; whoever still uploads after a while comes back and goes on where they were. */
async function closeHttp(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_PATIENCE_MS)
  await app.close().finally(() => clearTimeout(cut))
}

function mergePermissions(): Permissions {
  return Object.assign({}, ...features.map((feature) => feature.permissions)) as Permissions
}

function mergeSubscribers(): Map<string, string[]> {
  const subscribers = new Map<string, string[]>()
  for (const { on = {} } of features) {
    for (const [action, names] of Object.entries(on)) {
      subscribers.set(action, [...(subscribers.get(action) ?? []), ...names])
    }
  }
  return subscribers
}
