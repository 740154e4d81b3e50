import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './root.mjs'

const PARENT_POLL_MS = 2_000

/** Older 24s warn that running TypeScript is experimental; people should not have to wonder. */
const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning']

/**
 * Runs `node args…` with our input and output and resolves to its exit code, or 128 + n when signal n ended it.
 * Signals sent to us reach it once. With `dieTogether` it is asked to end when we, or the npm that started us,
 * are gone: a server must not outlive the command that shows it.
 */
export function runNode(node, args, { cwd = ROOT, env = {}, dieTogether = false } = {}) {
  const guard = dieTogether ? ['--import', path.join(ROOT, 'tools/launch/end-with-parent.mjs')] : []
  const child = spawn(node, [...NODE_OPTIONS, ...guard, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: dieTogether ? ['inherit', 'inherit', 'inherit', 'pipe'] : 'inherit',
  })
  child.stdio[3]?.on('error', () => undefined)
  const forget = passSignals(child)
  const stopWatching = dieTogether ? watchParent(child) : () => undefined
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      forget()
      stopWatching()
      resolve(signal ? 128 + signalNumber(signal) : code)
    })
  })
}

/** A terminal sends Ctrl-C to the child as well; every other signal, and every other sender, reaches only us. */
export function passSignals(child) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => {
    const handler = () => {
      if (name !== 'SIGINT' || !process.stdin.isTTY) child.kill(name)
    }
    process.on(name, handler)
    return () => process.off(name, handler)
  })
  return () => {
    for (const off of handlers) off()
  }
}

/** npm runs us directly or through a shell; when either is gone, nobody looks at the server any more. */
function watchParent(child) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return () => undefined
  const parent = process.ppid
  const above = parentOf(parent)
  const throughShell = /^(ba|da|z)?sh$/.test(above.name)
  const timer = setInterval(() => {
    const gone = process.ppid !== parent || (throughShell && parentOf(parent).id !== above.id)
    if (gone) child.kill('SIGTERM')
  }, PARENT_POLL_MS)
  return () => clearInterval(timer)
}

/** The id of a process's parent, and the process's own name. */
function parentOf(pid) {
  try {
    // pid (name) state parent …; the name may hold blanks and brackets.
    const [, name, id] = /^\d+ \((.*)\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return { id: Number(id), name }
  } catch {
    const listed = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' })
    const [id, ...words] = (listed.stdout ?? '').trim().split(/\s+/)
    return { id: Number(id), name: path.basename(words.join(' ')) }
  }
}

function signalNumber(name) {
  return { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }[name] ?? 0
}
