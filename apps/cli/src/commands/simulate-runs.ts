import fs from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { SimSource } from '@chiron/contract'
import { jcs, Refusal, seededRandom, sha256, toHex } from '@chiron/core/kit'
import { csvText } from '@chiron/formats/csv'
import { trajectoryText } from '@chiron/formats/trajectory'
import {
  contactSeriesOf,
  runScenario,
  type SimRollout,
  type SimScenario,
  suiteContentOf,
  trajectoryOf,
} from '@chiron/sim'
import { loadPhysics, renderRun } from '@chiron/sim/node'
import type { ConnectionOptions } from '../connection.ts'
import { DoesNotHold, UsageError } from '../exit.ts'
import { endProgress, print, progress } from '../print.ts'
import { sendRuns } from './send-runs.ts'
import { type NamedController, orderOf, type SimulateOrder } from './simulate-order.ts'

export interface SimulateOptions extends ConnectionOptions {
  json?: boolean
  template: string
  robot?: string
  embodiment?: string
  count: string
  seed: string
  repeats: string
  controllers: string
  replay?: string
  out: string
  video?: boolean
  suite?: string
  freeze?: boolean
}

/** What is kept of a run beside its streams, in a file of its own that is written last. */
export interface RunFacts {
  controller: string
  scenario: string
  seed: number
  success: boolean
  failure: string | null
  failureAtMs: number | null
  progress: number
  source: SimSource
  files: { trajectory: string; contacts: string | null; video: string | null }
}

interface Job {
  controller: NamedController
  scenario: SimScenario
  repeat: number
  /** Relative to the folder, without ending. */
  place: string
}

/** Runs all that is ordered, skipping what is done, then sends it where asked. */
export async function simulate(options: SimulateOptions): Promise<void> {
  const order = await orderOf(options)
  const folder = path.resolve(options.out)
  await claimFolder(folder, order, options)
  const facts = await runAll(folder, order, options)
  await fs.writeFile(path.join(folder, 'results.csv'), resultsText(facts))
  const sent = options.suite === undefined ? undefined : await sendRuns({ folder, order, facts, options })
  print(options.json, { out: folder, runs: facts, ...(sent ? { sent } : {}) }, [
    ...summaryLines(order, facts),
    `${facts.length} runs in ${options.out}; results.csv lists them.`,
    ...(sent?.lines ?? []),
  ])
}

/** A folder holds one order: what is there of another is not mixed with it. */
async function claimFolder(folder: string, order: SimulateOrder, { video }: SimulateOptions): Promise<void> {
  const { robot: _, ...asked } = order
  const own = toHex(
    sha256(
      jcs({
        ...asked,
        template: order.template.key,
        scenarios: order.scenarios.map(({ mjcf }) => mjcf),
        video: video === true,
        controllers: order.controllers.map(({ name, spec }) => [name, jcs(plain(spec))]),
      }),
    ),
  )
  await fs.mkdir(folder, { recursive: true })
  const file = path.join(folder, 'order.json')
  const before = await fs.readFile(file, 'utf8').catch(() => undefined)
  if (before === undefined) {
    const names = await fs.readdir(folder)
    if (names.length > 0)
      throw new UsageError(`--out ${folder} is not empty and holds no runs; nothing was written.`)
    const suite = suiteContentOf(order.template, order.scenarios)
    await fs.writeFile(path.join(folder, 'suite.json'), `${JSON.stringify(suite, null, 2)}\n`)
    await fs.writeFile(
      file,
      `${JSON.stringify({ order: own, template: order.template.key, seed: order.seed })}\n`,
    )
  } else if (JSON.parse(before).order !== own)
    throw new UsageError(
      `--out ${folder} holds runs of another order. Give the same options as then, or another folder.`,
    )
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

function jobsOf({ scenarios, controllers, repeats }: SimulateOrder): Job[] {
  return scenarios.flatMap((scenario) =>
    controllers.flatMap((controller) =>
      Array.from({ length: repeats }, (_, repeat) => ({
        controller,
        scenario,
        repeat,
        place: path.join(controller.name, `${scenario.key}-${repeat + 1}`),
      })),
    ),
  )
}

async function runAll(folder: string, order: SimulateOrder, options: SimulateOptions): Promise<RunFacts[]> {
  const jobs = jobsOf(order)
  for (const { name } of order.controllers) await fs.mkdir(path.join(folder, name), { recursive: true })
  let isStopped = false
  const stop = () => {
    isStopped = true
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const done: RunFacts[] = []
  try {
    for (const job of jobs) {
      const known = await readFacts(path.join(folder, `${job.place}.json`))
      done.push(known ?? (await runOne(folder, job, order, options)))
      progress(
        `${done.length} of ${jobs.length} runs, ${done.filter(({ success }) => success).length} succeeded`,
      )
      // A signal is heard between runs.
      await turn()
      if (isStopped && done.length < jobs.length) throw stopped(done.length, jobs.length, options.out)
    }
  } finally {
    endProgress()
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
  return done
}

const stopped = (done: number, all: number, out: string) =>
  new DoesNotHold(
    `Stopped after ${done} of ${all} runs; they are kept in ${out}. The same command goes on with the others.`,
  )

async function readFacts(file: string): Promise<RunFacts | undefined> {
  const text = await fs.readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as RunFacts)
}

async function runOne(
  folder: string,
  job: Job,
  order: SimulateOrder,
  options: SimulateOptions,
): Promise<RunFacts> {
  const { controller, scenario, place } = job
  const physics = await loadPhysics()
  // Each run has dice of its own, which its seed alone tells.
  const seed = seededRandom(`run ${order.seed} ${controller.name} ${scenario.key} ${job.repeat}`).int(2 ** 31)
  const run = inWords(() => runScenario(physics, scenario, { controller: controller.spec, seed }), job)
  const files = { trajectory: `${place}.csv`, contacts: null as string | null, video: null as string | null }
  await fs.writeFile(path.join(folder, files.trajectory), trajectoryText(trajectoryOf(run)))
  const contacts = contactSeriesOf(run)
  if (contacts) {
    files.contacts = `${place}.contacts.csv`
    await fs.writeFile(path.join(folder, files.contacts), trajectoryText(contacts))
  }
  if (options.video) {
    files.video = `${place}.mp4`
    await renderRun({ physics, scenario, run, file: path.join(folder, files.video) })
  }
  const facts = factsOf(job, run, files)
  const half = path.join(folder, `${place}.json.half`)
  await fs.writeFile(half, `${JSON.stringify(facts, null, 2)}\n`)
  await fs.rename(half, path.join(folder, `${place}.json`))
  return facts
}

function inWords(run: () => SimRollout, { controller, scenario }: Job): SimRollout {
  try {
    return run()
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    throw new UsageError(`${controller.name} on ${scenario.key}: ${cause.message}`)
  }
}

function factsOf({ controller, scenario }: Job, run: SimRollout, files: RunFacts['files']): RunFacts {
  const { spec } = controller
  return {
    controller: controller.name,
    scenario: scenario.key,
    seed: run.seed,
    success: run.success,
    failure: run.failureId,
    failureAtMs: run.failureAtMs,
    progress: run.progress,
    source: {
      template: scenario.template.key,
      scenarioSeed: scenario.seed,
      controller: { kind: spec.kind, skill: spec.kind === 'replay' ? null : spec.skill },
    },
    files,
  }
}

/** One line a run, for a spreadsheet or a data frame. */
function resultsText(facts: readonly RunFacts[]): string {
  const head = [
    'controller',
    'scenario',
    'seed',
    'world',
    'success',
    'progress',
    'failure',
    'failure_at_ms',
    'trajectory',
    'video',
  ]
  const rows = facts.map((each) => [
    each.controller,
    each.scenario,
    each.seed,
    'sim',
    each.success ? 1 : 0,
    each.progress,
    each.failure ?? '',
    each.failureAtMs ?? '',
    each.files.trajectory,
    each.files.video ?? '',
  ])
  return csvText(head, rows)
}

function summaryLines({ controllers }: SimulateOrder, facts: readonly RunFacts[]): string[] {
  return controllers.map(({ name }) => {
    const own = facts.filter(({ controller }) => controller === name)
    const won = own.filter(({ success }) => success).length
    const progressMean = own.reduce((sum, { progress: part }) => sum + part, 0) / Math.max(1, own.length)
    return `${name}: ${won} of ${own.length} succeeded, progress ${progressMean.toFixed(2)} on average`
  })
}
