import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { processRun } from './processes.ts'
import { type EmbeddedPostgres, startPostgres } from './start.ts'
import { CLUSTER_NOTE, type ClusterNote } from './test-cluster.ts'

type Migrate = (order: { url: string; log: (line: string) => void }) => Promise<unknown>

const FOLDER_START = 'chiron-test-'
const TEMPLATE = 'chiron'
/** Named in full so that the type checker does not follow it: the tests of this folder need no tables. */
const MIGRATE_MODULE = '../db/migrate.ts'

/**
 * One throwaway cluster per test run, its database migrated once and then cloned by `testDatabase`.
 * It gets ready while the first tests run; only those that ask for a database wait, or fail if there is none.
 */
export default function setup(project: TestProject): () => Promise<void> {
  removeForgotten()
  const folder = path.join(tmpdir(), `${FOLDER_START}${processRun(process.pid)}`)
  mkdirSync(folder, { mode: 0o700 })
  project.provide('postgresFolder', folder)
  const started = prepare(folder)
  return async () => {
    const cluster = await started
    await cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Removes the folders of test runs that were killed; their databases have ended with them. */
function removeForgotten(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(FOLDER_START))) {
    const run = name.slice(FOLDER_START.length)
    const pid = Number(run.split('-')[0])
    if (pid > 0 && processRun(pid) !== run)
      rmSync(path.join(tmpdir(), name), { recursive: true, force: true })
  }
}

async function prepare(folder: string): Promise<EmbeddedPostgres | undefined> {
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  let cluster: EmbeddedPostgres | undefined
  try {
    cluster = await startPostgres({ dataDir: path.join(folder, 'pg'), log, durable: false })
    const { migrate } = (await import(MIGRATE_MODULE)) as { migrate: Migrate }
    await migrate({ url: cluster.url('chiron_owner', TEMPLATE), log })
    const { url } = cluster
    const urls = {
      postgres: url('postgres'),
      chiron_owner: url('chiron_owner'),
      chiron_app: url('chiron_app'),
    }
    writeNote(folder, { urls, template: TEMPLATE })
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    writeNote(folder, { failure: [...lines, reason].join('\n') })
  }
  return cluster
}

function writeNote(folder: string, note: ClusterNote): void {
  const file = path.join(folder, CLUSTER_NOTE)
  writeFileSync(`${file}.new`, JSON.stringify(note))
  renameSync(`${file}.new`, file)
}
