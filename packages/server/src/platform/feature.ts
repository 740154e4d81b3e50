import type { FastifyInstance } from 'fastify'
import type { Deps, Permissions } from './context.ts'
import type { RecordedJob } from './record.ts'

/** A background reaction. Must be repeatable: it runs at least once, perhaps twice. */
export interface JobDefinition {
  name: string
  run(deps: Deps, job: RecordedJob): Promise<void>
  /** How many run at once in a process; default 1. */
  concurrency?: number
}

/** Due dates live in rows; a sweep looks for those that have come, in every workspace. */
export interface Sweep {
  name: string
  everyMs: number
  run(deps: Deps): Promise<void>
}

/** What a feature's door gives to main.ts. */
export interface Feature {
  name: string
  permissions: Permissions
  routes?(app: FastifyInstance, deps: Deps): void
  jobs?: readonly JobDefinition[]
  /** action (`noun.verb`) → names of jobs to enqueue when it is recorded. */
  on?: Readonly<Record<string, readonly string[]>>
  sweeps?: readonly Sweep[]
}
