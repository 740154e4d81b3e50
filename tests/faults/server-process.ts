import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')
const MAIN = path.join(ROOT, 'packages/server/src/main.ts')
const NODE = ['--disable-warning=ExperimentalWarning']
const START_MS = 180_000
const KEPT_OUTPUT = 20_000

export interface ServerOrder {
  /** All state of the server; outlives each of its processes. */
  home: string
  env?: Record<string, string>
  /** Words before `node`, for a server under limits (`sh -c 'ulimit …; exec "$@"' sh`). */
  prefix?: readonly string[]
}

/** The real server with its own PostgreSQL, as `npm start` runs it, on one port through all its lives. */
export class ServerProcess {
  readonly home: string
  readonly port: number
  readonly #env: Record<string, string>
  readonly #prefix: readonly string[]
  #child: ChildProcess | undefined
  #output = ''

  private constructor(order: ServerOrder, port: number) {
    this.home = order.home
    this.port = port
    this.#env = order.env ?? {}
    this.#prefix = order.prefix ?? []
  }

  static async at(order: ServerOrder): Promise<ServerProcess> {
    return new ServerProcess(order, await freePort())
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The last of what all its processes have said. */
  get output(): string {
    return this.#output
  }

  get runs(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Resolves once it serves; rejects with what it said when it ends before. */
  async start(): Promise<void> {
    const child = this.#spawn(['serve'])
    this.#child = child
    let said = ''
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string) => () => reject(new Error(`${why}:\n${this.#output}`))
      const timer = setTimeout(fail(`no server after ${START_MS} ms`), START_MS)
      child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk
        if (!/serving on http/.test(said)) return
        clearTimeout(timer)
        resolve()
      })
      child.once('exit', fail('the server ended before it served'))
    })
  }

  /** Another verb of the program (`create`, `link`) on the same home; its output. */
  async run(...args: string[]): Promise<string> {
    const child = this.#spawn(args)
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk
    })
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${this.#output}`)
    return said
  }

  /** As if the power went, for the server's own process alone. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child || !this.runs) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** The database and all its helpers end without a word; the server stays. */
  killDatabase(): void {
    const postmaster = postmasterOf(this.home)
    if (postmaster === undefined) return
    for (const pid of [postmaster, ...childrenOf(postmaster)]) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It had just ended by itself.
      }
    }
  }

  /** Ctrl-C; resolves with the exit code. */
  async stop(): Promise<number | null> {
    const child = this.#child
    if (!child || !this.runs) return null
    const gone = once(child, 'exit')
    child.kill('SIGINT')
    const [code] = (await gone) as [number | null]
    return code
  }

  /** Connection to its database with all rights, through the socket that its pid file names. */
  databaseUrl(): string {
    const folder = pidFile(this.home)[4] ?? ''
    return `postgres://postgres@/chiron?host=${encodeURIComponent(folder)}&port=5432`
  }

  #spawn(args: readonly string[]): ChildProcess {
    const [program, ...rest] = [...this.#prefix, process.execPath, ...NODE, MAIN, ...args] as [string]
    const child = spawn(program, rest, {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH ?? '',
        CHIRON_HOME: this.home,
        CHIRON_SEED: 'no',
        PORT: String(this.port),
        LOG_LEVEL: 'error',
        ...(process.env.NODE_OPTIONS ? { NODE_OPTIONS: process.env.NODE_OPTIONS } : {}),
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk).slice(-KEPT_OUTPUT)
      })
    }
    return child
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}

function pidFile(home: string): string[] {
  const file = path.join(home, 'postgres/postmaster.pid')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
}

/** The postmaster of this home, and never any other program that has its number by now. */
function postmasterOf(home: string): number | undefined {
  const pid = Number(pidFile(home)[0])
  if (!(pid > 1)) return undefined
  try {
    return commandOf(pid).includes(path.join(home, 'postgres')) ? pid : undefined
  } catch {
    return undefined
  }
}

const commandOf = (pid: number): string =>
  existsSync('/proc')
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    : execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })

function childrenOf(parent: number): number[] {
  if (!existsSync('/proc')) {
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
    return rows
      .map((row) => row.trim().split(/\s+/).map(Number))
      .flatMap(([id = 0, of]) => (of === parent ? id : []))
  }
  const ids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return ids.filter((pid) => parentOf(pid) === parent)
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
