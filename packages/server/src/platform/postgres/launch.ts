import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import type { Identity } from './identity.ts'
import { ownerMark, runningPostmaster } from './postmaster.ts'
import { processRun } from './processes.ts'

export type LaunchOrder = {
  dataDir: string
  socketDir: string
  binaries: Binaries
  identity: Identity
  durable: boolean
  logFile: string
}

/** A postmaster of ours: its child process, and how to tell its guard that it has ended. */
export type Launched = { child: ChildProcess; output: () => string }

const READY_WAIT_MS = 120_000
const POLL_MS = 10
const MAX_LOG_BYTES = 10 * 1024 * 1024

/**
 * The guard lives beside PostgreSQL and holds a pipe from us: when the pipe closes because we were killed,
 * it asks PostgreSQL to finish. A line through the pipe means that PostgreSQL has ended by itself.
 */
const GUARDED = '( ( read -r ended <&3 || kill -INT $$ ) >/dev/null 2>&1 & ) ; exec 3<&- ; exec "$@"'

/** Starts the server and waits until it accepts connections; `undefined` in `child.exitCode` means it runs. */
export async function launch(order: LaunchOrder): Promise<Launched> {
  rotate(order.logFile)
  const startByte = sizeOf(order.logFile)
  const output = openSync(order.logFile, 'a', 0o600)
  const command = [...order.identity.prefix, order.binaries.postgres, ...options(order)]
  const child = spawn('sh', ['-c', GUARDED, 'postgres', ...command], {
    detached: true,
    stdio: ['ignore', output, output, 'pipe'],
  })
  closeSync(output)
  const pipe = child.stdio[3] as Writable
  pipe.on('error', () => undefined)
  child.on('exit', () => pipe.end('ended\n'))
  child.on('error', () => undefined)
  child.unref()
  ;(pipe as Writable & { unref: () => void }).unref()
  await untilReady(child, order.dataDir)
  return { child, output: () => readFileSync(order.logFile, 'utf8').slice(startByte) }
}

async function untilReady(child: ChildProcess, dataDir: string): Promise<void> {
  const deadline = Date.now() + READY_WAIT_MS
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const found = runningPostmaster(dataDir)
    if (found?.ready && found.pid === child.pid) return
    await sleep(POLL_MS)
  }
}

function options({ dataDir, socketDir, durable }: LaunchOrder): string[] {
  const settings = [
    ownerMark(processRun(process.pid) ?? 'unknown'),
    'listen_addresses=',
    'port=5432',
    `unix_socket_directories=${socketDir}`,
    'unix_socket_permissions=0700',
    'log_min_messages=warning',
    'log_checkpoints=off',
    'log_timezone=UTC',
    'timezone=UTC',
    'jit=off',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=256MB']),
  ]
  return ['-D', dataDir, ...settings.flatMap((setting) => ['-c', setting])]
}

function rotate(logFile: string): void {
  if (sizeOf(logFile) < MAX_LOG_BYTES) return
  rmSync(`${logFile}.1`, { force: true })
  renameSync(logFile, `${logFile}.1`)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
