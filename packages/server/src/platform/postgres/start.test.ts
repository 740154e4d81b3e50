import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runningPostmaster } from './postmaster.ts'
import { explain, PostgresProblem } from './problem.ts'
import { processRun } from './processes.ts'
import { type EmbeddedPostgres, startPostgres } from './start.ts'

let home: string
let dataDir: string
let running: { stop: () => Promise<void> }[]
let lines: string[]
const log = (line: string) => lines.push(line)

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'pg-'))
  chmodSync(home, 0o755)
  dataDir = path.join(home, 'pg')
  running = []
  lines = []
})

afterEach(async () => {
  for (const each of running) await each.stop()
  rmSync(home, { recursive: true, force: true })
})

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const started = await startPostgres({ dataDir: folder, log, durable: false })
  running.push(started)
  return started
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error(`never: ${what}\n${lines.join('\n')}`)
    await sleep(20)
  }
}

const PROGRAM = `
  const { startPostgres } = await import(${JSON.stringify(path.join(import.meta.dirname, 'start.ts'))})
  try {
    const started = await startPostgres({ dataDir: process.argv[1], log: console.log, durable: true })
    console.log('URL ' + started.url())
    process.on('SIGTERM', async () => { await started.stop(); process.exit(0) })
    setInterval(() => undefined, 1000)
  } catch (error) {
    console.log(error.name + ' ' + error.code + ' ' + error.message)
  }`

type Other = { child: ChildProcess; text: () => string; url: () => string }

/** Another program that starts the database of this test and stays, optionally as another user. */
async function otherProgram({
  prefix = [] as string[],
  env = {} as Record<string, string>,
} = {}): Promise<Other> {
  const [command, ...args] = [...prefix, process.execPath, '--input-type=module', '-e', PROGRAM, dataDir]
  const child = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  running.push({ stop: () => ended(child, 'SIGTERM') })
  await until(() => /URL |Problem /.test(text) || child.exitCode !== null)
  return { child, text: () => text, url: () => /URL (\S+)/.exec(text)?.[1] ?? '' }
}

async function ended(child: ChildProcess, name: NodeJS.Signals): Promise<void> {
  child.kill(name)
  await until(() => child.exitCode !== null || child.signalCode !== null)
}

/** The process that would end the database along with its program: the parent-less shell holding the pipe. */
function guardsOf(folder: string): number[] {
  const found = spawnSync('pgrep', ['-f', `read -r ended.*-D ${folder} `], { encoding: 'utf8' })
  return found.stdout.trim().split('\n').filter(Boolean).map(Number)
}

test('PG-1 a missing folder becomes a cluster with roles and database, without a network port', async () => {
  const started = await start()
  expect(await query(started.url('chiron_app'), 'select current_user as role')).toEqual([
    { role: 'chiron_app' },
  ])
  expect(await query(started.url(), 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  const [superuser] = await query(started.url(), 'select rolsuper from pg_roles where rolname = current_user')
  expect(superuser).toEqual({ rolsuper: false })
})

test('PG-2 the database ends with its killed program, and what was committed is there', async () => {
  const { child, url } = await otherProgram()
  await query(url(), 'create table kept (n int); insert into kept values (1)')
  await ended(child, 'SIGKILL')
  await until(() => runningPostmaster(dataDir) === undefined)
  expect(await query((await start()).url(), 'select n from kept')).toEqual([{ n: 1 }])
})

test('PG-2 a database left running by a killed program and guard is stopped by the next start', async () => {
  const { child, url } = await otherProgram()
  await query(url(), 'create table kept (n int); insert into kept values (1)')
  const stale = runningPostmaster(dataDir)!.pid
  for (const guard of guardsOf(dataDir)) process.kill(guard, 'SIGKILL')
  await ended(child, 'SIGKILL')
  expect(processRun(stale)).toBeDefined()
  expect(await query((await start()).url(), 'select n from kept')).toEqual([{ n: 1 }])
  expect(processRun(stale)).toBeUndefined()
  expect(lines.join()).toContain('killed predecessor')
})

test('PG-3 a postmaster that dies is started again', async () => {
  const started = await start()
  const first = runningPostmaster(dataDir)!.pid
  process.kill(first, 'SIGKILL')
  await until(() => (runningPostmaster(dataDir)?.pid ?? first) !== first && runningPostmaster(dataDir)!.ready)
  expect(await query(started.url(), 'select 1 as n')).toEqual([{ n: 1 }])
})

test('PG-4 a second start shares the running database and does not stop it', async () => {
  const first = await start()
  const { child, text, url } = await otherProgram()
  expect(text()).toContain('another Chiron')
  await ended(child, 'SIGTERM')
  expect(url()).toBe(first.url())
  expect(await query(first.url(), 'select 1 as n')).toEqual([{ n: 1 }])
})

test('PG-4 two programs that start on a missing folder at once share one database', async () => {
  const [mine, other] = await Promise.all([start(), otherProgram()])
  expect(other.url()).toBe(mine.url())
  await query(mine.url(), 'create table made (n int)')
  expect(await query(other.url(), 'select n from made')).toEqual([])
})

test('PG-5 a pid file that names another program neither blocks the start nor harms that program', async () => {
  await (await start()).stop()
  const bystander = spawn('sleep', ['60'], { stdio: 'ignore' })
  running.push({ stop: () => ended(bystander, 'SIGKILL') })
  writeFileSync(
    path.join(dataDir, 'postmaster.pid'),
    `${bystander.pid}\n${dataDir}\n1\n5432\n${dataDir}\n\n0 0\nready\n`,
  )
  expect(await query((await start()).url(), 'select 1 as n')).toEqual([{ n: 1 }])
  expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
})

test('PG-5 the postmaster of another folder is never touched', async () => {
  const first = await start()
  const second = path.join(home, 'second')
  await (await start(second)).stop()
  copyFileSync(path.join(dataDir, 'postmaster.pid'), path.join(second, 'postmaster.pid'))
  const other = await start(second)
  expect(other.url()).not.toBe(first.url())
  expect(await query(first.url(), 'select 1 as n')).toEqual([{ n: 1 }])
  expect(await query(other.url(), 'select 1 as n')).toEqual([{ n: 1 }])
})

test('PG-6 a half-made folder is made anew, also one under its unfinished name', async () => {
  mkdirSync(path.join(dataDir, 'base'), { recursive: true })
  writeFileSync(path.join(dataDir, 'PG_VERSION'), '18\n')
  mkdirSync(`${dataDir}.unfinished-999999999-abc`)
  expect(await query((await start()).url(), 'select 1 as n')).toEqual([{ n: 1 }])
  expect(existsSync(`${dataDir}.unfinished-999999999-abc`)).toBe(false)
})

test('PG-6 a folder with other files is refused and left alone', async () => {
  mkdirSync(dataDir)
  writeFileSync(path.join(dataDir, 'thesis.txt'), 'years of work')
  await expect(start()).rejects.toMatchObject({
    code: 'not-a-data-folder',
    message: expect.stringContaining('thesis.txt'),
  })
  expect(readFileSync(path.join(dataDir, 'thesis.txt'), 'utf8')).toBe('years of work')
})

test('PG-6 a cluster of another version is refused', async () => {
  await (await start()).stop()
  writeFileSync(path.join(dataDir, 'PG_VERSION'), '17\n')
  await expect(start()).rejects.toMatchObject({ code: 'other-version' })
})

test('PG-7 a deep folder works', async () => {
  const deep = path.join(home, 'a'.repeat(60), 'b'.repeat(60), 'c d é')
  const started = await start(deep)
  expect(await query(started.url(), 'select 1 as n')).toEqual([{ n: 1 }])
})

test('PG-8 a full disk and missing rights are told plainly', () => {
  const full = explain('start', '/data', 'PANIC: could not write to file: No space left on device')
  expect(full).toBeInstanceOf(PostgresProblem)
  expect(full).toMatchObject({ code: 'disk-full', message: expect.stringContaining('Free some space') })
  expect(explain('start', '/data', 'EACCES: permission denied').code).toBe('permission')
  expect(explain('start', '/data', 'something else').message).toContain('something else')
})

const isRoot = process.getuid?.() === 0
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
const canBeNobody =
  isRoot &&
  spawnSync(nobody[0]!, [...nobody.slice(1), process.execPath, '-e', '0'], { stdio: 'ignore' }).status === 0

test.skipIf(!canBeNobody)('PG-8 a folder one may not write in is told plainly', async () => {
  const { text } = await otherProgram({ prefix: nobody })
  expect(text()).toContain('PostgresProblem permission')
  expect(text()).toContain('CHIRON_HOME')
})

test.skipIf(!canBeNobody)('PG-10 it runs for an ordinary user, and root takes the folder over', async () => {
  chownSync(home, 65534, 65534)
  const { child, text, url } = await otherProgram({ prefix: nobody, env: { HOME: home } })
  expect(text()).toContain('URL')
  await query(url(), 'create table kept (n int)')
  await ended(child, 'SIGTERM')
  expect(await query((await start()).url(), 'select n from kept')).toEqual([])
})

test.skipIf(!canBeNobody)('PG-10 it runs for root without user namespaces', async () => {
  const { child, text, url } = await otherProgram({ env: { CHIRON_POSTGRES_IDENTITY: 'setpriv' } })
  expect(text()).toContain('URL')
  await query(url(), 'create table kept (n int)')
  await ended(child, 'SIGTERM')
  expect(await query((await start()).url(), 'select n from kept')).toEqual([])
})
