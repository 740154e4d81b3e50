import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { exitCodeOf } from './exit.ts'
import { plainArguments, program } from './program.ts'

const MAIN = path.join(import.meta.dirname, 'main.ts')

export interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs `chiron ARGS` as a process of its own, with `env` and nothing else. */
export async function chiron(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { PATH: process.env.PATH ?? '', CHIRON_HOME: '/nowhere', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...said }
}

/** The same within this process, one at a time: quick, for commands that need neither server nor environment. */
export async function chironInside(args: readonly string[]): Promise<Ended> {
  const given = plainArguments(args)
  const json = given.includes('--json')
  const said = { out: '', err: '' }
  const streams = [process.stdout, process.stderr] as const
  const writes = streams.map((stream) => stream.write)
  const heard = ['out', 'err'] as const
  for (const [at, stream] of streams.entries()) {
    stream.write = (text: string | Uint8Array) => {
      said[heard[at]!] += text
      return true
    }
  }
  try {
    await program({ wide: false, json }).parseAsync(given, { from: 'user' })
    return { code: 0, ...said }
  } catch (cause) {
    const code = exitCodeOf(cause, json)
    return { code, ...said }
  } finally {
    for (const [at, stream] of streams.entries()) stream.write = writes[at]!
  }
}
