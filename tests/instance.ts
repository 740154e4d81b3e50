import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')
const MAIN = path.join(ROOT, 'packages/server/src/main.ts')
const END_WITH_US = path.join(ROOT, 'tools/launch/end-with-parent.mjs')
const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning', '--import', END_WITH_US]
const MAX_OUTPUT_CHARS = 50_000
const START_PATIENCE_MS = 180_000
const STOP_PATIENCE_MS = 30_000

export type MemberRole = 'owner' | 'manager' | 'reviewer' | 'auditor'

/** A Chiron of its own, as `npm start` starts it: temporary home, embedded PostgreSQL, a free port. */
export interface Instance {
  readonly url: string
  readonly home: string
  /** The printed one-time link into the console. */
  consoleLink(role: MemberRole): string
  /** The printed invite into the worker app. */
  readonly inviteLink: string
  /** The last of what it printed. */
  output(): string
  /** Ends it in order and removes all it kept. May be called twice. */
  stop(): Promise<void>
}

/**
 * Starts it with the demo workspace and waits for its links; `say` is told each line that it prints.
 * @throws Error with what it printed, when it does not come up
 */
export async function startInstance(say: (line: string) => void = () => {}): Promise<Instance> {
  const home = await mkdtemp(path.join(tmpdir(), 'chiron-instance-'))
  const child = spawn(process.execPath, [...NODE_OPTIONS, MAIN, 'serve'], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? home, CHIRON_HOME: home, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // Ctrl-C at a terminal is for us; we then end it in order.
    detached: true,
  })
  let output = ''
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= endAndRemove(child, home)
    return stopping
  }
  let timer: NodeJS.Timeout | undefined
  const printed = new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`Chiron did not start: ${why}\n${output}`))
    timer = setTimeout(() => fail('no links after three minutes'), START_PATIENCE_MS)
    const onText = (text: string): void => {
      output = (output + text).slice(-MAX_OUTPUT_CHARS)
      for (const line of text.split('\n')) if (line.trim()) say(line.trim())
      if (output.includes('Ctrl-C stops')) resolve()
    }
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onText)
    child.once('error', (cause) => fail(cause.message))
    child.once('close', (code) => fail(`it ended with ${code}`))
  })
  try {
    await printed
  } catch (cause) {
    await stop()
    throw cause
  } finally {
    clearTimeout(timer)
  }
  return {
    url: found(output, /serving on (https?:\S+)/),
    home,
    consoleLink: (role) => found(output, new RegExp(`console, ${role} +(\\S+)`)),
    inviteLink: found(output, /worker app +(\S+)/),
    output: () => output,
    stop,
  }
}

function found(output: string, pattern: RegExp): string {
  const value = output.match(pattern)?.[1]
  if (!value) throw new Error(`Chiron did not print ${pattern}:\n${output}`)
  return value
}

async function endAndRemove(child: ChildProcess, home: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS)
    await ended
    clearTimeout(force)
  }
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
