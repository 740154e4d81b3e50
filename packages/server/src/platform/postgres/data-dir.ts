import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Binaries } from './binaries.ts'
import { giveTo, type Identity } from './identity.ts'
import { explain, PostgresProblem } from './problem.ts'
import { processRun } from './processes.ts'

export const POSTGRES_MAJOR = '18'

export type DataDirOrder = {
  dataDir: string
  binaries: Binaries
  identity: Identity
  durable: boolean
  log: (line: string) => void
}

/**
 * Makes `dataDir` hold a usable cluster: leaves a good one alone, finishes what an interrupted start left,
 * and creates a new one under another name first, so that a half-made one never bears the final name.
 */
export async function prepareDataDir(order: DataDirOrder): Promise<void> {
  const { dataDir, identity } = order
  try {
    mkdirSync(path.dirname(dataDir), { recursive: true })
    removeUnfinished(dataDir)
    if (!holdsCluster(dataDir)) await createCluster(order)
    giveTo(identity, dataDir)
  } catch (error) {
    if (error instanceof PostgresProblem) throw error
    throw explain('prepare its folder', dataDir, String(error))
  }
  checkVersion(dataDir)
}

function holdsCluster(dataDir: string): boolean {
  if (!existsSync(dataDir)) return false
  if (existsSync(path.join(dataDir, 'PG_VERSION')) && existsSync(path.join(dataDir, 'global', 'pg_control')))
    return true
  const entries = readdirSync(dataDir)
  if (entries.every(belongsToCluster)) {
    rmSync(dataDir, { recursive: true })
    return false
  }
  throw new PostgresProblem(
    'not-a-data-folder',
    `The database could not start: ${dataDir} holds files that are not a database ` +
      `(${entries
        .filter((name) => !belongsToCluster(name))
        .slice(0, 3)
        .join(', ')}). ` +
      'Nothing was changed. Set CHIRON_HOME to another folder, or move these files away.',
  )
}

const CLUSTER_ENTRY =
  /^(pg_\w+|base|global|PG_VERSION|(pg_hba|pg_ident|postgresql|postgresql\.auto)\.conf|postmaster\.\w+)$/

function belongsToCluster(name: string): boolean {
  return CLUSTER_ENTRY.test(name)
}

const UNFINISHED = '.unfinished-'

/** Removes new clusters that never got their final name, unless the program making one still runs. */
function removeUnfinished(dataDir: string): void {
  const parent = path.dirname(dataDir)
  const start = path.basename(dataDir) + UNFINISHED
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(start))) {
    const run = name.slice(start.length)
    if (processRun(Number(run.split('-')[0])) !== run)
      rmSync(path.join(parent, name), { recursive: true, force: true })
  }
}

async function createCluster({ dataDir, binaries, identity, durable, log }: DataDirOrder): Promise<void> {
  log('creating the database (once)')
  const unfinished = `${dataDir}${UNFINISHED}${processRun(process.pid)}`
  mkdirSync(unfinished, { mode: 0o700 })
  giveTo(identity, unfinished)
  const options = [
    '-U',
    'postgres',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ]
  const result = await run([...identity.prefix, binaries.initdb, '-D', unfinished, ...options])
  if (result.code !== 0) {
    rmSync(unfinished, { recursive: true, force: true })
    throw explain('be created', dataDir, result.output)
  }
  takeItsName(unfinished, dataDir)
}

/** Two programs may have made a cluster at the same time: the first to finish wins, the other's goes. */
function takeItsName(unfinished: string, dataDir: string): void {
  try {
    renameSync(unfinished, dataDir)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!holdsCluster(dataDir)) throw error
  }
}

function run([program, ...args]: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: -1, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

function checkVersion(dataDir: string): void {
  const version = readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim()
  if (version === POSTGRES_MAJOR) return
  throw new PostgresProblem(
    'other-version',
    `The database could not start: ${realpathSync(dataDir)} was made by PostgreSQL ${version}, and this is ` +
      `version ${POSTGRES_MAJOR}. Nothing was changed. Start it once more with the release of Chiron that made it.`,
  )
}
