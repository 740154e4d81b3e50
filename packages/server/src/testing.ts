import { randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Problem, Reply, Route } from '@chiron/contract'
import type { WorkerId, WorkspaceId } from '@chiron/core/kit'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll } from 'vitest'
import { type Chiron, openChiron } from './app.ts'
import {
  addMember,
  COOKIES,
  createWorkspace,
  join,
  makeInvite,
  startSession,
} from './features/account/index.ts'
import { manualClock } from './platform/clock.ts'
import { readConfig } from './platform/config.ts'
import type { Ctx, Deps, MemberRole } from './platform/context.ts'
import { testDatabase } from './platform/postgres/testing.ts'

type Headers = Record<string, string>

export interface TestWorker {
  workerId: WorkerId
  name: string
  /** The worker, in no workspace: as a request of theirs arrives. */
  ctx: Ctx
  headers: Headers
}

export interface TestWorkspace {
  workspaceId: WorkspaceId
  slug: string
  memberId(role: MemberRole): string
  as(role: MemberRole): Ctx
  headers(role: MemberRole): Headers
  /** A new worker who has joined this workspace. */
  worker(name?: string): Promise<TestWorker>
}

export interface TestChiron {
  deps: Deps & { clock: ReturnType<typeof manualClock> }
  http: FastifyInstance
  /** For tests of what somebody with all rights in the database could do. */
  superuserUrl: string
  /** Runs every queued job now, in order, until none is left; a job that fails fails the test. */
  drain(): Promise<number>
  /** Runs each sweep once, in the features' order. */
  sweepAll(): Promise<void>
  /** A fresh tenant with one member of each role. */
  workspace(): Promise<TestWorkspace>
  /** Calls a route of the contract as a client would; a refusal's `code` and `message` are in the body too. */
  call<T extends Route>(
    route: T,
    input?: CallInput,
  ): Promise<{ status: number; body: Reply<T> & Partial<Problem> }>
  stop(): Promise<void>
}

export interface CallInput {
  params?: Record<string, string | number>
  query?: Record<string, string | number>
  body?: unknown
  headers?: Headers
}

interface TestOptions {
  /** One connection by default, so that a verb that leaves its transaction is found out; more for tests of races. */
  poolSize?: number
  env?: Record<string, string>
}

/**
 * The whole server on a database of the test file's own, not listening: `const chiron = await testChiron()` at the
 * top of the file. Its clock stands still at the real time until `chiron.deps.clock.advance(ms)`.
 */
export async function testChiron({ poolSize = 1, env = {} }: TestOptions = {}): Promise<TestChiron> {
  const database = await testDatabase()
  const home = await fs.mkdtemp(path.join(tmpdir(), 'chiron-home-'))
  const clock = manualClock(new Date())
  const config = readConfig({ LOG_LEVEL: 'error', CHIRON_HOME: home, PUBLIC_URL: 'http://localhost', ...env })
  const databaseUrl = database.url('chiron_app')
  const chiron = await openChiron({ config, databaseUrl, clock, poolSize, poolWaitMs: 4000 })
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await chiron.stop()
    await fs.rm(home, { recursive: true, force: true })
  }
  afterAll(stop)
  const http = chiron.http as FastifyInstance
  return {
    deps: chiron.deps as TestChiron['deps'],
    http,
    superuserUrl: database.url('postgres'),
    drain: () => chiron.deps.jobs.runDue(chiron.deps, chiron.definitions),
    sweepAll: async () => {
      for (const sweep of chiron.sweeps) await sweep.run(chiron.deps)
    },
    workspace: () => makeWorkspace(chiron),
    call: (route, input) => call(http, route, input),
    stop,
  }
}

const ROLES = ['owner', 'manager', 'reviewer', 'auditor'] as const

async function makeWorkspace({ deps }: Chiron): Promise<TestWorkspace> {
  const slug = `lab-${randomBytes(5).toString('hex')}`
  const created = await createWorkspace(deps, { name: `Lab ${slug}`, slug, ownerName: 'Olga Owner' })
  const { workspaceId } = created
  const ids: Record<MemberRole, string> = { owner: created.ownerId, manager: '', reviewer: '', auditor: '' }
  for (const role of ROLES.slice(1)) {
    ids[role] = (await addMember(created.ctx, { name: `Some ${role}`, role })).member.id
  }
  const headers = {} as Record<MemberRole, Headers>
  for (const role of ROLES) {
    const { token } = await startSession(created.ctx, { memberId: ids[role], role, workspaceId })
    headers[role] = { cookie: `${COOKIES.console}=${token}` }
  }
  return {
    workspaceId,
    slug,
    memberId: (role) => ids[role],
    as: (role) => ({ deps, actor: { kind: 'member', id: ids[role], role }, workspaceId }),
    headers: (role) => headers[role],
    worker: (name = 'Wanda Worker') => joinAs(created.ctx, name),
  }
}

async function joinAs(team: Ctx, name: string): Promise<TestWorker> {
  const { deps } = team
  const { code } = await makeInvite(team, { label: 'test', uses: 1, days: 1 })
  const stranger: Ctx = { deps, actor: { kind: 'anonymous', id: 'anonymous' }, workspaceId: null }
  const { workerId, ctx } = await join(stranger, { code, name, locale: 'en' })
  const { token } = await startSession(stranger, { workerId })
  return { workerId, name, ctx, headers: { cookie: `${COOKIES.worker}=${token}` } }
}

async function call<T extends Route>(
  http: FastifyInstance,
  route: T,
  { params = {}, query, body, headers }: CallInput = {},
) {
  const url = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  )
  const sends = route.method !== 'GET' && route.method !== 'DELETE'
  const request: InjectOptions = { method: route.method, url, headers: headers ?? {} }
  if (query) request.query = Object.fromEntries(Object.entries(query).map(([k, v]) => [k, String(v)]))
  if (sends) request.payload = (body ?? {}) as object
  const reply = await http.inject(request)
  return { status: reply.statusCode, body: reply.json() as Reply<T> & Partial<Problem> }
}
