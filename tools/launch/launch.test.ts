import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { missingForThisMachine, whyInstall, writeStamp } from './installed.mjs'

let root: string
let started: ChildProcess[]

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'launch-'))
  started = []
})

afterEach(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(root, { recursive: true, force: true })
})

const machine = { os: [process.platform], cpu: [process.arch] }
const LOCKED = {
  '': { optionalDependencies: { wished: '1.0.0' } },
  'node_modules/plain': { version: '1.0.0' },
  'node_modules/native': { version: '1.0.0', optional: true, ...machine },
  'node_modules/elsewhere': { version: '1.0.0', optional: true, os: ['aix'], cpu: ['ppc64'] },
  'node_modules/wished': { version: '1.0.0', optional: true },
}

function write(file: string, content: unknown): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), JSON.stringify(content))
}

function installed(packages: Record<string, unknown>): void {
  write('package-lock.json', { packages: LOCKED })
  write('node_modules/.package-lock.json', { packages })
  for (const place of Object.keys(packages)) mkdirSync(path.join(root, place), { recursive: true })
}

const { 'node_modules/elsewhere': _, '': __, ...COMPLETE } = LOCKED

test('LCH-1 nothing is installed when npm already brought what the lock says', () => {
  installed(COMPLETE)
  expect(whyInstall(root)).toBeUndefined()
})

test('LCH-1 a missing, interrupted or outdated install is noticed', () => {
  write('package-lock.json', { packages: LOCKED })
  expect(whyInstall(root)).toContain('no node_modules')
  write('node_modules/plain/package.json', {})
  expect(whyInstall(root)).toContain('interrupted')
  installed({ ...COMPLETE, 'node_modules/plain': { version: '0.9.0' } })
  expect(whyInstall(root)).toContain('plain')
  writeStamp(root)
  expect(whyInstall(root)).toBeUndefined()
  installed(COMPLETE)
  write('package-lock.json', { packages: { ...LOCKED, 'node_modules/more': { version: '1.0.0' } } })
  expect(whyInstall(root)).toContain('more')
})

test('LCH-5 packages for this machine must be there; those for others need not', () => {
  installed({ 'node_modules/plain': { version: '1.0.0' } })
  expect(missingForThisMachine(root)).toEqual(['native', 'wished'])
  expect(whyInstall(root)).toContain('native')
})

test('LCH-5 a package that npm left out for its own Node is missed, though its record names it', () => {
  installed(COMPLETE)
  rmSync(path.join(root, 'node_modules/wished'), { recursive: true })
  expect(missingForThisMachine(root)).toEqual(['wished'])
  expect(whyInstall(root)).toContain('wished')
})

/** An npm that needs a moment, notes that it ran, and for what Node it is told to choose. */
const NPM = `
  const fs = require('node:fs')
  fs.appendFileSync('runs', process.env.CHIRON_INSTALL_FOR + ' ')
  setTimeout(() => {
    for (const place of ${JSON.stringify(Object.keys(COMPLETE))}) fs.mkdirSync(place, { recursive: true })
    fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: ${JSON.stringify(COMPLETE)} }))
  }, 500)`

/** Another launch that only installs; resolves to its exit code. */
function install(): Promise<number | null> {
  const source = `const { ensureInstalled } = await import(${JSON.stringify(path.join(import.meta.dirname, 'install.mjs'))})
    await ensureInstalled(${JSON.stringify(root)})`
  const env = { ...process.env, npm_execpath: path.join(root, 'npm-cli.js') }
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { env, stdio: 'ignore' })
  started.push(child)
  return new Promise((resolve) => child.on('exit', resolve))
}

function forNpm(): void {
  write('package-lock.json', { packages: LOCKED })
  writeFileSync(path.join(root, 'npm-cli.js'), NPM)
}

test('LCH-2 two launches at once install once', async () => {
  forNpm()
  expect(await Promise.all([install(), install()])).toEqual([0, 0])
  expect(readFileSync(path.join(root, 'runs'), 'utf8').trim().split(' ')).toHaveLength(1)
})

test('LCH-5 npm is told to choose for Node 24 also where the launcher itself runs on it', async () => {
  forNpm()
  expect(await install()).toBe(0)
  expect(readFileSync(path.join(root, 'runs'), 'utf8')).toBe('v24.21.0 ')
})

test('LCH-2 the note of a killed launch does not block the next', async () => {
  forNpm()
  const note = path.join(root, '.cache/install.lock')
  write('.cache/install.lock', 999_999_999)
  utimesSync(note, new Date(0), new Date(0))
  expect(await install()).toBe(0)
  expect(existsSync(note)).toBe(false)
})

const PROGRAM = `
  import { fstatSync } from 'node:fs'
  import { Worker } from 'node:worker_threads'
  const thread = new Worker(new URL('thread.mjs', import.meta.url))
  thread.on('online', () => setTimeout(() => thread.terminate(), 100))
  thread.on('exit', () => console.log('after a thread the pipe ' + (isOpen(3) ? 'stands' : 'is gone')))
  function isOpen(descriptor) {
    try {
      return fstatSync(descriptor).isSocket() || fstatSync(descriptor).isFIFO()
    } catch {
      return false
    }
  }
  let count = 0
  for (const name of ['SIGTERM', 'SIGINT']) process.on(name, () => {
    console.log(name + ' ' + ++count)
    setTimeout(() => process.exit(7), 200)
  })
  console.log('program ' + process.pid)
  setInterval(() => undefined, 1000)`

/** A launcher that runs PROGRAM, started as npm would: through a shell that waits for it. */
function launch(dieTogether: boolean): { child: ChildProcess; text: () => string } {
  write('package.json', {})
  writeFileSync(path.join(root, 'program.mjs'), PROGRAM)
  writeFileSync(path.join(root, 'thread.mjs'), 'setInterval(() => undefined, 1000)')
  writeFileSync(
    path.join(root, 'launcher.mjs'),
    `import { runNode } from ${JSON.stringify(path.join(import.meta.dirname, 'child.mjs'))}
     console.log('launcher ' + process.pid)
     process.exitCode = await runNode(process.execPath, ['program.mjs'], { cwd: ${JSON.stringify(root)}, dieTogether: ${dieTogether} })`,
  )
  const npm = `require('node:child_process').spawn('sh', ['-c', process.execPath + ' launcher.mjs; exit $?'], { stdio: 'inherit' })
    .on('exit', (code) => process.exit(code))`
  const child = spawn(process.execPath, ['-e', npm], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  })
  started.push(child)
  let text = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (text += chunk))
  return { child, text: () => text }
}

async function until(what: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!what()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`)
    await sleep(20)
  }
}

function idOf(text: string, who: string): number {
  return Number(new RegExp(`${who} (\\d+)`).exec(text)?.[1] ?? 0)
}

test('LCH-3 a signal reaches the program once and its exit code comes back', async () => {
  const { child, text } = launch(true)
  await until(() => text().includes('program'))
  process.kill(idOf(text(), 'launcher'), 'SIGTERM')
  await until(() => child.exitCode !== null)
  expect(child.exitCode).toBe(7)
  await until(() => text().includes('SIGTERM 1'))
  expect(text()).not.toContain('SIGTERM 2')
})

test('LCH-3 a program ended by a signal gives 128 and its number', async () => {
  const { child, text } = launch(false)
  await until(() => text().includes('program'))
  process.kill(idOf(text(), 'program'), 'SIGKILL')
  await until(() => child.exitCode !== null)
  expect(child.exitCode).toBe(137)
})

test('LCH-4 a thread of the program that ends does not close the pipe that the program ends by', async () => {
  const { text } = launch(true)
  await until(() => text().includes('after a thread'))
  expect(text()).toContain('after a thread the pipe stands')
})

test.each(['npm', 'launcher'])(
  'LCH-4 a killed %s takes its program along, in the orderly way',
  async (who) => {
    const { child, text } = launch(true)
    await until(() => text().includes('program'))
    if (who === 'npm') child.kill('SIGKILL')
    else process.kill(idOf(text(), who), 'SIGKILL')
    await until(() => text().includes('SIGTERM 1'))
  },
)
