import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { passSignals } from './child.mjs'
import { missingForThisMachine, whyInstall, writeStamp } from './installed.mjs'
import { say } from './say.mjs'

const HEARTBEAT_MS = 2_000
const LOCK_IS_DEAD_MS = 15_000
const INSTALL_MAX_MS = 20 * 60_000
const WAIT_MS = 500
const PROGRESS_MS = 10_000

/** Brings node_modules to what package-lock.json says, once, however many programs ask at the same time. */
export async function ensureInstalled(root) {
  if (!whyInstall(root)) return
  const release = await installLock(root)
  try {
    const reason = whyInstall(root)
    if (reason) await install(root, reason)
  } finally {
    release()
  }
}

async function install(root, reason) {
  say(`installing packages with npm ci, because ${reason} (about a minute, once)`)
  const startedMs = Date.now()
  const progress = setInterval(() => {
    say(`  still installing, ${seconds(startedMs)} so far`)
  }, PROGRESS_MS)
  const code = await npm(root, [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
  ])
  clearInterval(progress)
  if (code !== 0) {
    throw new Error(
      'npm could not install the packages; its own message is above. ' +
        'Most often the network or the registry does not answer. Start again to retry: nothing half-made is kept.',
    )
  }
  const missing = missingForThisMachine(root)
  if (missing.length > 0) {
    throw new Error(
      `npm left out packages that this machine needs: ${missing.join(', ')}. ` +
        'Perhaps npm is set to omit optional packages (npm config get omit). Change that and start again.',
    )
  }
  writeStamp(root)
  say(`installed ${countPackages(root)} packages in ${seconds(startedMs)}`)
}

function npm(root, args) {
  const script = process.env.npm_execpath ?? ''
  const throughNpm = /npm-cli\.c?js$/.test(script)
  const windows = process.platform === 'win32'
  const command = throughNpm ? (process.env.npm_node_execpath ?? process.execPath) : 'npm'
  const child = spawn(command, throughNpm ? [script, ...args] : args, {
    cwd: root,
    env: cleanEnvironment(root),
    shell: !throughNpm && windows,
    // npm's "added 500 packages" goes to stderr too: a verb's stdout may be read by a program.
    stdio: ['ignore', 2, 2],
  })
  writeFileSync(lockFile(root), String(child.pid ?? ''))
  const forget = passSignals(child)
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      forget()
      resolve(signal ? 1 : code)
    })
    child.on('error', (error) => {
      reject(new Error(`npm could not be started (${error.message}). Is it installed?`))
    })
  })
}

/** Without the settings and the PATH entry of an outer npm run, which would point into what npm replaces. */
function cleanEnvironment(root) {
  const outer = /^npm_config_(workspaces?|global|prefix|local_prefix|omit|dry_run)$/i
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)))
  const inside = path.join(root, 'node_modules')
  const folders = (environment.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.startsWith(inside))
  return { ...environment, PATH: folders.join(path.delimiter), ...asNode24(environment) }
}

/**
 * Settings that make npm choose packages for the Node that will run them, not for its own: which that is cannot be told
 * from ours, for `npm run` finds the Node 24 that an earlier install brought.
 */
function asNode24({ NODE_OPTIONS = '' }) {
  const preload = JSON.stringify(path.join(import.meta.dirname, 'count-as-node24.cjs'))
  return { NODE_OPTIONS: `${NODE_OPTIONS} --require ${preload}`.trim(), CHIRON_INSTALL_FOR: 'v24.21.0' }
}

function lockFile(root) {
  return path.join(root, '.cache', 'install.lock')
}

/**
 * A file that its holder keeps fresh and that names the npm at work. One that nobody touches and whose npm is
 * gone belonged to a killed program.
 */
async function installLock(root) {
  const file = lockFile(root)
  mkdirSync(path.dirname(file), { recursive: true })
  let told = false
  while (!take(file)) {
    if (isForgotten(file)) {
      rmSync(file, { force: true })
      continue
    }
    if (!told) say('another launch is installing packages; waiting for it')
    told = true
    await sleep(WAIT_MS)
  }
  const heartbeat = setInterval(() => utimesSync(file, new Date(), new Date()), HEARTBEAT_MS)
  return () => {
    clearInterval(heartbeat)
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw new Error(`The install cannot be noted in ${file}: ${error.message}`)
  }
}

function isForgotten(file) {
  const age = ageMs(file)
  return age > LOCK_IS_DEAD_MS && (age > INSTALL_MAX_MS || !runs(Number(readFileSync(file, 'utf8'))))
}

function runs(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function ageMs(file) {
  const found = statSync(file, { throwIfNoEntry: false })
  return found ? Date.now() - found.mtimeMs : 0
}

function countPackages(root) {
  try {
    const names = readdirSync(path.join(root, 'node_modules')).filter((name) => !name.startsWith('.'))
    const inScope = (name) =>
      name.startsWith('@') ? readdirSync(path.join(root, 'node_modules', name)).length : 1
    return names.reduce((sum, name) => sum + inScope(name), 0)
  } catch {
    return 0
  }
}

function seconds(startedMs) {
  return `${Math.round((Date.now() - startedMs) / 1000)} s`
}
