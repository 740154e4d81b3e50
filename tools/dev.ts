import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { buildApps } from './build.ts'

/** `npm run dev`: both apps rebuilt as their sources change, and the server restarted when its own do. */
const ROOT = path.resolve(import.meta.dirname, '..')
const VITE = path.join(ROOT, 'node_modules/vite/bin/vite.js')

await buildApps()
const watched = ['worker', 'console']
  .map((name) => path.join(ROOT, 'apps', name))
  .filter((folder) => existsSync(path.join(folder, 'index.html')))
const programs = [
  ...watched.map((cwd) => ({ cwd, args: [VITE, 'build', '--watch', '--logLevel', 'warn'] })),
  {
    cwd: ROOT,
    args: [
      '--watch',
      '--watch-preserve-output',
      path.join(ROOT, 'packages/server/src/main.ts'),
      'serve',
      ...process.argv.slice(2),
    ],
  },
]
const children = programs.map(({ cwd, args }) => spawn(process.execPath, args, { cwd, stdio: 'inherit' }))

const endAll = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, endAll)
for (const child of children) {
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
    endAll()
  })
}
