import type { Role } from './roles.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder in which the test run's cluster tells whether it is ready. */
    postgresFolder: string
  }
}

/** What the test run's cluster writes into its folder: how to reach it, or why there is none. */
export type ClusterNote = { urls: Record<Role, string>; template: string } | { failure: string }

export const CLUSTER_NOTE = 'cluster.json'
