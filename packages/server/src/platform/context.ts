import { assert, type WorkerId, type WorkspaceId } from '@chiron/core/kit'
import type { Blobs } from './blobs/blobs.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Secrets } from './secrets.ts'
import type { Logger, Metrics } from './telemetry.ts'

export type MemberRole = 'owner' | 'manager' | 'reviewer' | 'auditor'

export type Actor =
  | { kind: 'member'; id: string; role: MemberRole }
  | { kind: 'key'; id: string; role: MemberRole }
  | { kind: 'worker'; id: WorkerId }
  | { kind: 'system'; id: string }
  | { kind: 'anonymous'; id: 'anonymous' }

/** Who may do what: `noun.verb` → roles; `worker` and `system` count as roles here. */
export type Permissions = Readonly<Record<string, readonly (MemberRole | 'worker' | 'system' | 'anyone')[]>>

/** What a process has: made once in main.ts (or a test), passed to everything. */
export interface Deps {
  config: Config
  db: Database
  clock: Clock
  secrets: Secrets
  blobs: Blobs
  jobs: Jobs
  log: Logger
  metrics: Metrics
  permissions: Permissions
  /** action → names of the jobs that follow it. */
  subscribers: ReadonlyMap<string, readonly string[]>
  /** How people reach this server, without a trailing slash. */
  publicUrl: string
}

/** Who asks, for which tenant. Row-level security sees exactly this. */
export interface Ctx {
  deps: Deps
  actor: Actor
  workspaceId: WorkspaceId | null
  /** Hash of a secret the caller presented (session token, invite code), for the look-up of that one row. */
  secret?: string
}

/** The tenant of a caller who must have one. */
export function workspaceOf({ workspaceId }: Ctx): WorkspaceId {
  assert(workspaceId !== null, 'this happens in a workspace')
  return workspaceId
}

export const inWorkspace = (ctx: Ctx, workspaceId: WorkspaceId): Ctx => ({ ...ctx, workspaceId })
export const withSecret = (ctx: Ctx, secret: string): Ctx => ({ ...ctx, secret })

/** A job or sweep acting for one tenant. */
export const systemCtx = (deps: Deps, id: string, workspaceId: WorkspaceId | null): Ctx => ({
  deps,
  actor: { kind: 'system', id },
  workspaceId,
})
