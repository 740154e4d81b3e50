import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const MAIN = path.join(import.meta.dirname, 'main.ts')
const home = await fs.mkdtemp(path.join(tmpdir(), 'chiron-main-'))
const children: ChildProcess[] = []

afterAll(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await fs.rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

interface Started {
  child: ChildProcess
  output(): string
  /** Resolves to the match once the output has it; rejects when the process ends first. */
  says(pattern: RegExp): Promise<RegExpMatchArray>
  ended: Promise<number | null>
}

function run(args: string[], env: Record<string, string> = {}): Started {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { PATH: process.env.PATH ?? '', CHIRON_HOME: home, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      for (const look of waiting) look()
    })
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const says = (pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = () => {
        const match = output.match(pattern)
        if (match) resolve(match)
      }
      waiting.add(look)
      look()
      void ended.then(() => reject(new Error(`ended without saying ${pattern}:\n${output}`)))
    })
  return { child, output: () => output, says, ended }
}

const urlOf = async (server: Started) => (await server.says(/serving on (http:\S+)/))[1] ?? ''
const linkOf = async (server: Started, role: string) =>
  (await server.says(new RegExp(`console, ${role} +\\S+/console/in#(\\S+)`)))[1] ?? ''

async function signIn(url: string, token: string) {
  const reply = await fetch(`${url}/api/sign-in/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { status: reply.status, me: (await reply.json()) as { name: string; role: string }, cookie }
}

const healthy = async (url: string) => (await (await fetch(`${url}/healthz`)).json()) as { ok: boolean }

test('the server starts, is killed, starts again with everything, and stops when asked', async () => {
  const first = run(['serve'])
  const url = await urlOf(first)
  expect(await healthy(url)).toMatchObject({ ok: true })
  for (const [role, name] of [
    ['owner', 'Olga Owner'],
    ['manager', 'Mona Manager'],
    ['reviewer', 'Rita Reviewer'],
    ['auditor', 'Aldo Auditor'],
  ] as const) {
    expect((await signIn(url, await linkOf(first, role))).me).toMatchObject({ name, role })
  }
  await first.says(/worker app +\S+\/join#\w{4}-\w{4}/)
  await first.says(/No QR code: .*camera only over https/)

  const linked = run(['link', 'demo-lab', 'manager'])
  const fresh = await linkOf(linked, 'manager')
  expect(linked.output()).toContain(url)
  expect(await linked.ended).toBe(0)
  const { cookie, status } = await signIn(url, fresh)
  expect(status).toBe(200)

  first.child.kill('SIGKILL')
  await first.ended
  const second = run(['serve'])
  const again = await urlOf(second)
  expect(await healthy(again)).toMatchObject({ ok: true })
  const me = await (await fetch(`${again}/api/me`, { headers: { cookie } })).json()
  expect(me).toMatchObject({ name: 'Mona Manager', workspace: { name: 'Demo lab', demo: true } })
  const members = await (await fetch(`${again}/api/members`, { headers: { cookie } })).json()
  expect(members.items).toHaveLength(4)
  expect(second.output()).not.toContain('demo workspace made')
  await second.says(/Ctrl-C stops/)
  second.child.kill('SIGINT')
  expect(await second.ended).toBe(0)
  expect(second.output()).toMatch(/stopping: .*\nstopped\n$/)
}, 120_000)

test('killed while it makes the demo content, the next start goes on; a signal meanwhile stops it in order', async () => {
  const env = { CHIRON_HOME: path.join(home, 'young') }
  const killed = run(['serve'], env)
  await killed.says(/demo workspace made/)
  killed.child.kill('SIGKILL')
  await killed.ended
  const asked = run(['serve'], env)
  await asked.says(/database ready/)
  asked.child.kill('SIGTERM')
  expect(await asked.ended).toBe(0)
  expect(asked.output()).toMatch(/\nstopped\n$/)
  const whole = run(['serve'], env)
  const url = await urlOf(whole)
  const { cookie } = await signIn(url, await linkOf(whole, 'manager'))
  const read = async (what: string) =>
    (await (await fetch(`${url}/api/${what}`, { headers: { cookie } })).json()).items
  expect(await read('members')).toHaveLength(4)
  expect(await read('log?action=campaign.create')).toHaveLength(2)
  expect(await read('episodes')).toHaveLength(5)
  expect(await read('ontologies')).toHaveLength(1)
  whole.child.kill('SIGINT')
  expect(await whole.ended).toBe(0)
}, 120_000)

test('a taken port is told in plain words, and nothing is left running', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as { port: number }
  const server = run(['serve'], { PORT: String(port) })
  expect(await server.ended).toBe(1)
  expect(server.output()).toMatch(new RegExp(`Port ${port} is taken by another program.*PORT=${port + 1}`))
  taken.close()
}, 60_000)

test('wrong settings and unknown verbs are told before anything starts', async () => {
  const wrong = run(['serve'], { PORT: 'many', ROLE: 'none' })
  expect(await wrong.ended).toBe(1)
  expect(wrong.output()).toMatch(/PORT: [\s\S]*ROLE: /)
  const unknown = run(['dance'])
  expect(await unknown.ended).toBe(1)
  expect(unknown.output()).toContain('There is no verb “dance”')
  const nowhere = run(['migrate'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' })
  expect(await nowhere.ended).toBe(1)
  expect(nowhere.output()).toContain('The database of DATABASE_URL cannot be used')
}, 60_000)
