import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const CHIRON = path.resolve(import.meta.dirname, '../../apps/cli/src/main.ts')

/**
 * Runs `chiron ARGS` for the Chiron of `home`; gives what it printed.
 * @throws Error with what it said when it does not end well
 */
export async function chiron(home: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHIRON, ...args], {
    env: { PATH: process.env.PATH ?? '', CHIRON_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let all = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    all += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    all += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`chiron ${args[0]} ended with ${code}:\n${all.trim()}`)
  return out
}
