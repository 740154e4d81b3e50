import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import type { Role } from './roles.ts'
import { CLUSTER_NOTE, type ClusterNote } from './test-cluster.ts'

export type TestDatabase = {
  name: string
  /** Connection string to this database, by default as the tables' owner. */
  url: (role?: Role) => string
}

const NOTE_WAIT_MS = 180_000
const POLL_MS = 20

/**
 * A migrated database of the calling test file's own, dropped after its last test.
 * Call it at the top of the file: `const database = await testDatabase()`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = await clusterOfThisRun()
  const name = `test_${randomBytes(8).toString('hex')}`
  await asSuperuser(
    cluster.urls.postgres,
    `create database ${name} template ${cluster.template} owner chiron_owner`,
  )
  afterAll(() => asSuperuser(cluster.urls.postgres, `drop database if exists ${name} with (force)`))
  return {
    name,
    url: (role = 'chiron_owner') => cluster.urls[role].replace(`/${cluster.template}?`, `/${name}?`),
  }
}

async function clusterOfThisRun(): Promise<Exclude<ClusterNote, { failure: string }>> {
  const file = path.join(inject('postgresFolder'), CLUSTER_NOTE)
  const deadline = Date.now() + NOTE_WAIT_MS
  while (!existsSync(file) && Date.now() < deadline) await sleep(POLL_MS)
  const note = JSON.parse(readFileSync(file, 'utf8')) as ClusterNote
  if ('failure' in note) throw new Error(`There is no test database: ${note.failure}`)
  return note
}

async function asSuperuser(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/@\/\w+\?/, '@/postgres?') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
