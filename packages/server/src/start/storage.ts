import path from 'node:path'
import type { Config } from '../platform/config.ts'
import { migrate } from '../platform/db/migrate.ts'
import { startPostgres } from '../platform/postgres/index.ts'

export interface Storage {
  /** Connection of the role that the server works as. */
  databaseUrl: string
  /** Switch to `chiron_app` on each connection, where the URL is the owner’s. */
  switchRole: boolean
  /** What it is, for the person who started it. */
  name: string
  stop(): Promise<void>
}

/** The database, running and migrated: the one of DATABASE_URL, else the embedded PostgreSQL in CHIRON_HOME. */
export async function openStorage(config: Config, log: (line: string) => void): Promise<Storage> {
  const { databaseUrl, databaseAppUrl } = config
  if (databaseUrl) {
    await migrateTo(databaseUrl, log).catch((cause: Error) => {
      throw unreachable(cause)
    })
    const appUrl = databaseAppUrl ?? databaseUrl
    const name = 'the PostgreSQL of DATABASE_URL'
    return { databaseUrl: appUrl, switchRole: !databaseAppUrl, name, stop: async () => undefined }
  }
  const dataDir = path.join(config.home, 'postgres')
  const postgres = await startPostgres({ dataDir, log })
  try {
    await migrateTo(postgres.url('chiron_owner'), log)
  } catch (cause) {
    await postgres.stop()
    throw cause
  }
  const name = `${postgres.shared ? 'the PostgreSQL that another Chiron runs' : 'PostgreSQL'} in ${dataDir}`
  return { databaseUrl: postgres.url('chiron_app'), switchRole: false, name, stop: postgres.stop }
}

async function migrateTo(url: string, log: (line: string) => void): Promise<void> {
  let stepCount = 0
  await migrate({
    url,
    log: () => {
      stepCount += 1
    },
  })
  if (stepCount > 0) log(`tables brought to this version (${stepCount} migrations)`)
}

const NOT_THERE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'EAI_AGAIN',
  '28P01',
  '3D000',
])

function unreachable(cause: Error & { code?: string }): Error {
  if (!NOT_THERE.has(cause.code ?? '')) return cause
  return new StartProblem(
    `The database of DATABASE_URL cannot be used: ${cause.message || cause.code}. ` +
      'Check the address, the password and that it runs; or leave DATABASE_URL out to use the embedded one.',
  )
}

/** Why Chiron did not start, in words for the person who started it; anything else that is thrown is our bug. */
export class StartProblem extends Error {}
