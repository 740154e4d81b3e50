import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ENVIRONMENT_GUIDE, environmentFaults } from './check/environment.ts'
import { isSource, projectFiles } from './check/files.ts'
import { type Doors, type Fault, importFaults } from './check/imports.ts'
import { linkFaults } from './check/links.ts'
import { type Lock, lockGaps } from './check/lock.ts'
import { runProgram } from './check/program.ts'
import { readSource } from './check/source.ts'
import { specFaults } from './check/spec-ids.ts'
import { tableFaults } from './check/tables.ts'
import { transactionFaults } from './check/transactions.ts'
import { checkTypes, typeConfigs } from './check/types.ts'

/** `npm run check`: everything that can be said about the sources without running them, in under a minute. */
const ROOT = path.resolve(import.meta.dirname, '..')
const AT_ONCE = 2

/** A step's name and how it finds what is wrong; an empty text means nothing is. */
type Step = { name: string; find: () => string | Promise<string> }

const files = projectFiles(ROOT)
const sources = files.filter(isSource).map((file) => readSource(ROOT, file))
const pages = files.filter((file) => file.endsWith('.md')).map((file) => ({ file, text: readText(file) }))

const migrations = files
  .filter((file) => file.endsWith('.sql'))
  .map((file) => ({ file, text: readText(file) }))

const STEPS: Step[] = [
  { name: 'types', find: findTypeErrors },
  {
    name: 'format and lint',
    find: () => tool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--max-diagnostics=50']),
  },
  { name: 'dead code', find: () => tool('knip/bin/knip.js', ['--no-progress']) },
  { name: 'imports', find: () => told(importFaults(sources, doors())) },
  { name: 'tables of one’s own', find: () => told(tableFaults(sources, migrations)) },
  { name: 'one record per write', find: () => told(transactionFaults(sources)) },
  { name: 'each rule has a test', find: () => told(specFaults(pages, sources)) },
  { name: 'links', find: () => told(linkFaults(pages, (file) => existsSync(path.join(ROOT, file)))) },
  { name: 'environment is told', find: () => told(environmentFaults(sources, guideText())) },
  { name: 'lock holds every platform', find: findLockGaps },
  { name: 'generated files are fresh', find: findStale },
]

process.exitCode = await runAll(STEPS)

async function runAll(steps: Step[]): Promise<number> {
  const waiting = [...steps]
  let failedCount = 0
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      if (!(await runOne(step))) failedCount++
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  console.log(`${steps.length - failedCount} passed, ${failedCount} failed`)
  return failedCount === 0 ? 0 : 1
}

async function runOne({ name, find }: Step): Promise<boolean> {
  const startedMs = Date.now()
  const wrong = await find()
  console.log(`${wrong === '' ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`)
  if (wrong !== '') console.log(wrong.trimEnd().replace(/^/gm, '     '))
  return wrong === ''
}

async function findTypeErrors(): Promise<string> {
  const said: string[] = []
  for (const config of typeConfigs(ROOT)) said.push(await checkTypes(ROOT, config))
  return [...new Set(said.join('').split('\n'))].join('\n')
}

async function tool(program: string, args: string[]): Promise<string> {
  const { code, output } = await runProgram([path.join(ROOT, 'node_modules', program), ...args], ROOT)
  return code === 0 ? '' : output || `ended with ${code}`
}

function findLockGaps(): string {
  const gaps = lockGaps(JSON.parse(readText('package-lock.json')) as Lock)
  const names = gaps.map(({ name }) => name).join(', ')
  return gaps.length === 0
    ? ''
    : `npm left out ${names}; npm ci will refuse. Run: node tools/complete-lock.ts`
}

/** In a process of its own: a server that does not even load must not keep the other steps from telling why. */
async function findStale(): Promise<string> {
  const { code, output } = await runProgram(['tools/generate.ts', '--check'], ROOT)
  return code === 0 ? '' : output
}

/** What each package exports, from the package.json files. */
function doors(): Doors {
  const manifests = files.filter((file) => /^(packages|apps)\/[^/]+\/package\.json$/.test(file))
  const parsed = manifests.map(
    (file) => JSON.parse(readText(file)) as { name: string; exports?: Doors[string] },
  )
  return Object.fromEntries(parsed.map(({ name, exports = {} }) => [name, exports]))
}

function told(faults: Fault[]): string {
  return faults.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n')
}

function guideText(): string {
  return pages.find(({ file }) => file === ENVIRONMENT_GUIDE)?.text ?? ''
}

function readText(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}
