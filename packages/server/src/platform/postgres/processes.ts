import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const HAS_PROC = process.platform === 'linux'

/**
 * A short text that names one run of one process: its id together with when it started, so that a later
 * process with the same id is not mistaken for it. Undefined when no such process runs.
 */
export function processRun(pid: number): string | undefined {
  const started = HAS_PROC ? startedByProc(pid) : ps(pid, 'lstart=')
  if (!started) return undefined
  return `${pid}-${createHash('sha256').update(started).digest('hex').slice(0, 12)}`
}

/** Fields 3 and 22 of /proc/PID/stat: state and start in ticks. The name before them may hold anything. */
function startedByProc(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined
  return `${fields[19]} ${readText('/proc/sys/kernel/random/boot_id')}`
}

/** The command line of a process, its words parted by spaces; empty when it cannot be read. */
export function commandLine(pid: number): string {
  if (!HAS_PROC) return ps(pid, 'command=') ?? ''
  return (readText(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim()
}

/** Ids of the processes that work inside `folder`; empty where the system does not tell. */
export function processesIn(folder: string): number[] {
  if (!HAS_PROC) return []
  const ids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return ids.filter((pid) => workingFolder(pid) === folder)
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

/** Sends a signal and says whether the process was there to receive it. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch {
    return false
  }
}

function ps(pid: number, column: string): string | undefined {
  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const listed = spawnSync('ps', ['-ww', '-o', column, '-p', String(pid)], {
    encoding: 'utf8',
    env: environment,
  })
  return listed.stdout?.trim() || undefined
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
