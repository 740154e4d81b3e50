import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { runNode } from './child.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node24.mjs'
import { ROOT } from './root.mjs'
import { say } from './say.mjs'

const BUILD = ['tools/build.ts']
const VITEST = 'node_modules/vitest/vitest.mjs'
const BIOME = 'node_modules/@biomejs/biome/bin/biome'

/** What each verb is for, and the programs it runs one after the other until one fails. */
const VERBS = {
  start: {
    does: 'starting the server with both apps',
    runs: (args) => [
      { args: BUILD },
      { args: ['packages/server/src/main.ts', 'serve', ...args], dieTogether: true },
    ],
  },
  dev: {
    does: 'starting the server and rebuilding the apps as their sources change',
    runs: (args) => [{ args: ['tools/dev.ts', ...args], dieTogether: true }],
  },
  test: {
    does: 'running the tests',
    runs: (args) => [{ args: BUILD }, { args: [VITEST, 'run', ...args] }],
  },
  check: {
    does: 'checking format, lint, types, imports, dead code, rules and links',
    runs: (args) => [{ args: ['tools/check.ts', ...args] }],
  },
  fix: {
    does: 'formatting and fixing what can be fixed by itself',
    runs: (args) => [{ args: [BIOME, 'check', '--write', ...(args.length > 0 ? args : ['.'])] }],
  },
  generate: {
    does: 'writing again what follows from the migrations and the routes',
    runs: (args) => [{ args: ['tools/generate.ts', ...args] }],
  },
  build: {
    does: 'building the apps',
    runs: (args) => [{ args: [...BUILD, ...args] }],
  },
  demo: {
    does: 'running the whole loop by itself, with real browsers',
    runs: (args) => [{ args: BUILD }, { args: ['tools/demo.ts', ...args] }],
  },
  bench: { does: 'measuring', runs: runsBench },
  conformance: {
    does: 'opening a release with the real LeRobot loader',
    runs: (args) => [{ args: BUILD }, { args: ['tests/conformance/run.ts', ...args] }],
  },
  screenshots: {
    does: 'photographing each screen',
    runs: (args) => [{ args: BUILD }, { args: ['tools/screenshots.ts', ...args] }],
  },
}

function runsBench([name, ...args]) {
  const known = existsSync(path.join(ROOT, 'bench'))
    ? readdirSync(path.join(ROOT, 'bench')).filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
    : []
  const names = known.map((file) => file.slice(0, -'.ts'.length)).sort()
  if (name && names.includes(name)) return [{ args: [`bench/${name}.ts`, ...args] }]
  const choice =
    names.length > 0 ? names.map((each) => `  npm run bench -- ${each}`).join('\n') : '  (none yet)'
  throw new Error(
    `${name ? `There is no measurement "${name}".` : 'Say what to measure.'} There is:\n${choice}`,
  )
}

/** Runs one of the verbs of package.json on Node 24 and ends this process with its exit code. */
export async function runVerb(verb, args) {
  try {
    process.exitCode = await run(verb, args)
  } catch (error) {
    say(error.message)
    process.exitCode = 1
  }
}

async function run(verb, args) {
  const found = Object.hasOwn(VERBS, verb ?? '') ? VERBS[verb] : undefined
  if (!found) throw new Error(`Say what to do: npm run ${Object.keys(VERBS).join(', npm run ')}`)
  const programs = found.runs(args)
  await ensureInstalled(ROOT)
  const node = findNode(ROOT)
  say(
    `${found.does}${node === process.execPath ? '' : ` on the Node 24 that npm brought (this is ${process.versions.node})`}`,
  )
  for (const { args: programArgs, ...options } of programs) {
    const code = await runNode(node, programArgs, options)
    if (code !== 0) return code
  }
  return 0
}
