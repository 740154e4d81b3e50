import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PostgresProblem } from './problem.ts'
import { commandLine, processesIn, processRun, signal } from './processes.ts'

/** The main process of a running PostgreSQL, as its pid file and its command line tell. */
export type Postmaster = {
  pid: number
  socketDir: string
  ready: boolean
  /** `processRun` of the program that started it, as far as it was started by this launcher. */
  owner: string | undefined
}

const OWNER_MARK = /cluster_name=owner-(\S+)/
const PID_FILE = 'postmaster.pid'
const POLL_MS = 20
const LEFTOVER_WAIT_MS = 10_000
/** Larger than any process id of the systems we run on, so never alive. */
const IMPOSSIBLE_PID = 2_147_483_646

/** The word on a postmaster's command line that says who started it. PostgreSQL keeps it unchanged. */
export function ownerMark(run: string): string {
  return `cluster_name=owner-${run}`
}

/** The postmaster that runs on `dataDir` now, if any. Never one of another folder. */
export function runningPostmaster(dataDir: string): Postmaster | undefined {
  const lines = pidFileLines(dataDir)
  const pid = Number(lines?.[0])
  if (!lines || !Number.isInteger(pid) || pid <= 1) return undefined
  if (processRun(pid) === undefined || !isPostmasterOf(pid, dataDir)) return undefined
  return {
    pid,
    socketDir: lines[4] ?? '',
    ready: (lines[7] ?? '').trim() === 'ready',
    owner: OWNER_MARK.exec(commandLine(pid))?.[1],
  }
}

/** Whether the program that started this postmaster still runs. */
export function ownerRuns({ owner }: Postmaster): boolean {
  if (owner === undefined) return false
  return processRun(Number(owner.split('-')[0])) === owner
}

function isPostmasterOf(pid: number, dataDir: string): boolean {
  const words = commandLine(pid)
  const folder = realpathSync(dataDir)
  if (!words.includes('postgres')) return false
  return `${words} `.includes(` -D ${folder} `) || processesIn(folder).includes(pid)
}

function pidFileLines(dataDir: string): string[] | undefined {
  try {
    return readFileSync(path.join(dataDir, PID_FILE), 'utf8').split('\n')
  } catch {
    return undefined
  }
}

/**
 * Makes a pid file harmless whose number now belongs to some other program (usual in containers, where
 * numbers start anew): PostgreSQL would take that program for itself and refuse to start. Only the number
 * is replaced; the rest lets PostgreSQL see for itself whether old backends still hold its memory.
 */
export async function disarmPidFile(dataDir: string): Promise<void> {
  const lines = pidFileLines(dataDir)
  const pid = Number(lines?.[0])
  if (!lines || !Number.isInteger(pid) || pid <= 1 || processRun(pid) === undefined) return
  if (isPostmasterOf(pid, dataDir)) return
  const deadline = Date.now() + LEFTOVER_WAIT_MS
  while (processesIn(realpathSync(dataDir)).length > 0 && Date.now() < deadline) await sleep(POLL_MS)
  writeFileSync(path.join(dataDir, PID_FILE), [String(IMPOSSIBLE_PID), ...lines.slice(1)].join('\n'))
}

/** How a postmaster is asked to end, step by step: finish, then drop everything, then the hard way. */
const STOP_STEPS: { name: NodeJS.Signals; waitMs: number }[] = [
  { name: 'SIGINT', waitMs: 30_000 },
  { name: 'SIGQUIT', waitMs: 10_000 },
  { name: 'SIGKILL', waitMs: 5_000 },
]

/** Ends a postmaster and waits until it and its helpers are gone. `hurry` skips the orderly way. */
export async function stopPostmaster(pid: number, { hurry = false } = {}): Promise<void> {
  const run = processRun(pid)
  for (const { name, waitMs } of hurry ? STOP_STEPS.slice(1) : STOP_STEPS) {
    if (run === undefined || processRun(pid) !== run) return
    if (!signal(pid, name) && processRun(pid) === run) throw otherUser(pid)
    const deadline = Date.now() + waitMs
    while (processRun(pid) === run && Date.now() < deadline) await sleep(POLL_MS)
  }
  if (run !== undefined && processRun(pid) === run) {
    throw new PostgresProblem('failed', `The database (process ${pid}) does not end. Restart the machine.`)
  }
}

function otherUser(pid: number): PostgresProblem {
  return new PostgresProblem(
    'other-user',
    `The database of this folder still runs (process ${pid}) under another user. Stop it there first.`,
  )
}
