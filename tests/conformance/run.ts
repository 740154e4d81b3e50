import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readFolder } from '@chiron/formats/node'
import { formatsIn, RELEASE_FORMATS, verifyRelease } from '@chiron/formats/proof'
import { startForClient } from './client.ts'
import { type Expected, makeRelease } from './make-release.ts'
import { writeMcapReference } from './mcap-reference.ts'
import {
  CannotInstall,
  CLIENT,
  canImport,
  LEROBOT,
  MCAP,
  pythonEnvironment,
  pythonForClient,
  pythonWithLeRobot,
  pythonWithMcap,
} from './python.ts'
import { writeReference } from './reference.ts'
import { importLeRobot, importMcap, writePictures } from './rollouts.ts'

const CANNOT_INSTALL_CODE = 3
const USAGE = [
  'node tests/conformance/run.ts [--only lerobot|mcap|rollouts|client] [DIR]',
  '  compares a release (DIR, or one made here) with the real loaders, what is imported of data they made, and the',
  '  Python client with a running server',
].join('\n')
const FORMATS: readonly string[] = RELEASE_FORMATS
const WITHOUT_RELEASE = ['rollouts', 'client']
const CLIENT_FOLDER = resolve(import.meta.dirname, '../../clients/python')

/** Exit codes: 0 everything agrees, 1 something does not, 2 usage, 3 a loader could not be installed. */
async function main(args: string[]): Promise<number> {
  const only = args[0] === '--only' ? args[1] : undefined
  const [given, ...more] = only === undefined ? args : args.slice(2)
  if (
    more.length > 0 ||
    given?.startsWith('-') ||
    (only !== undefined && ![...FORMATS, ...WITHOUT_RELEASE].includes(only))
  ) {
    console.log(USAGE)
    return 2
  }
  const work = mkdtempSync(join(tmpdir(), 'chiron-conformance-'))
  const totals: Totals = { passed: 0, failed: 0 }
  try {
    if (only === undefined || only === 'rollouts') await compareRollouts(totals, work)
    if (only === undefined || only === 'client') await tryClient(totals, work)
    if (only !== undefined && WITHOUT_RELEASE.includes(only)) return told(totals)
    const { release, made } = await prepare(work, given)
    const holds = await formatsIn(readFolder(release))
    if (only !== 'mcap' && holds.includes('lerobot')) await compareLeRobot(totals, { release, work, made })
    if (only !== 'lerobot' && holds.includes('mcap')) await compareMcap(totals, { release, work, made })
    await addProofs(totals, release)
    return told(totals)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

type Made = { expected: Expected; clipFolder: string } | undefined
type Compared = { release: string; work: string; made: Made }

async function prepare(work: string, given?: string): Promise<{ release: string; made: Made }> {
  if (given !== undefined) return { release: resolve(given), made: undefined }
  const release = join(work, 'release')
  const expected = await makeRelease(release, work)
  for (const { clip, kind, reason } of expected.episodes) console.log(`${clip}: ${kind}. ${reason}`)
  return { release, made: { expected, clipFolder: work } }
}

type Totals = { passed: number; failed: number }

/** A sealed release still holds after the loader has read it; a bare dataset has no proofs to look at. */
async function addProofs(totals: Totals, release: string): Promise<void> {
  const folder = readFolder(release)
  if ((await folder.open('chiron/attestation.dsse.json')) === undefined) return
  console.log('\nThe proofs, after reading')
  for (const { holds, id, what } of (await verifyRelease(folder)).checks) {
    console.log(`${holds ? 'ok    ' : 'FAIL  '}${id}: ${what}`)
    totals[holds ? 'passed' : 'failed']++
  }
}

async function compareLeRobot(totals: Totals, { release, work, made }: Compared): Promise<void> {
  const python = pythonWithLeRobot()
  await writeReference(release, work, made)
  const backends = ['pyav', ...(canImport(python, 'torchcodec') ? ['torchcodec'] : [])]
  if (backends.length === 1) console.log('torchcodec finds no FFmpeg libraries here: only pyav is tried.')
  for (const backend of backends) {
    console.log(`\n${LEROBOT}, frames decoded by ${backend}`)
    runChecks(totals, python, ['check_release.py', release, work, backend])
  }
}

async function compareMcap(totals: Totals, { release, work, made }: Compared): Promise<void> {
  const python = pythonWithMcap()
  await writeMcapReference(release, work, made)
  console.log(`\n${MCAP.join(', ')}`)
  runChecks(totals, python, ['check_mcap.py', release, work])
}

/** The other way round: data made by the real libraries, imported as rollouts and compared with what they hold. */
async function compareRollouts(totals: Totals, work: string): Promise<void> {
  const [dataset, file] = [join(work, 'rollouts'), join(work, 'rollout.mcap')]
  const [fromLeRobot, fromMcap] = [join(work, 'from-lerobot'), join(work, 'from-mcap')]
  console.log(`\nRollouts from a data set of ${LEROBOT}`)
  runPython(pythonWithLeRobot(), ['rollouts_lerobot.py', 'make', dataset])
  await importLeRobot(dataset, fromLeRobot)
  runChecks(totals, pythonWithLeRobot(), ['rollouts_lerobot.py', 'check', dataset, fromLeRobot])
  console.log(`\nA rollout from a file of ${MCAP[0]}`)
  runPython(pythonWithMcap(), ['rollouts_mcap.py', 'make', file, await writePictures(work)])
  await importMcap(file, fromMcap)
  runChecks(totals, pythonWithMcap(), ['rollouts_mcap.py', 'check', file, fromMcap])
}

/** The client with a server of its own; its models are those that the interface gives today. */
async function tryClient(totals: Totals, work: string): Promise<void> {
  console.log(`\nThe Python client (${CLIENT.join(', ')})`)
  const python = pythonForClient()
  const isFresh = runPython(python, [join(CLIENT_FOLDER, 'generate.py'), '--check']).status === 0
  console.log(`${isFresh ? 'ok    ' : 'FAIL  '}the models are what the interface gives today`)
  totals[isFresh ? 'passed' : 'failed']++
  const { instance, env, clip } = await startForClient(work)
  try {
    const path = { PYTHONPATH: join(CLIENT_FOLDER, 'src') }
    runChecks(totals, python, ['check_client.py', clip, work], { ...env, ...path })
  } finally {
    await instance.stop()
  }
}

function told(totals: Totals): number {
  console.log(`\n${totals.passed} passed, ${totals.failed} failed`)
  return totals.failed === 0 ? 0 : 1
}

function runPython(python: string, [script = '', ...args]: string[], env: NodeJS.ProcessEnv = {}) {
  const run = spawnSync(python, [resolve(import.meta.dirname, script), ...args], {
    env: { ...pythonEnvironment(), ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (run.status !== 0 && !run.stdout.includes('passed')) console.log(run.stderr.trim())
  return run
}

function runChecks(totals: Totals, python: string, given: string[], env: NodeJS.ProcessEnv = {}): void {
  const run = runPython(python, given, env)
  process.stdout.write(run.stdout.replace(/\d+ passed, \d+ failed\n$/, ''))
  const [, passed, failed] = /(\d+) passed, (\d+) failed\n$/.exec(run.stdout) ?? []
  if (passed === undefined) console.log('FAIL  the loader stopped')
  totals.passed += Number(passed ?? 0)
  totals.failed += Number(failed ?? 1)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof CannotInstall)) throw error
  console.log(error.message)
  process.exitCode = CANNOT_INSTALL_CODE
}
