import fs from 'node:fs/promises'
import path from 'node:path'
import { Refusal } from '@chiron/core/kit'
import { readTrajectory } from '@chiron/formats/trajectory'
import {
  type ControllerSpec,
  generateScenarios,
  MAX_GENERATED,
  needsRobot,
  OWN_TEMPLATES,
  ownTemplate,
  type ScenarioTemplate,
  type SimScenario,
} from '@chiron/sim'
import { UsageError } from '../exit.ts'
import type { SimulateOptions } from './simulate-runs.ts'
import { templateFromFile } from './template-file.ts'

const MAX_REPEATS = 100
const MAX_CONTROLLERS = 20

export interface NamedController {
  name: string
  spec: ControllerSpec
}

/** The body that is run: its MJCF as it came, and what it is called. */
export interface RobotFile {
  name: string
  mjcf: string
}

/** What is run: every controller on every scenario, `repeats` times. */
export interface SimulateOrder {
  template: ScenarioTemplate
  scenarios: SimScenario[]
  controllers: NamedController[]
  repeats: number
  seed: string
  /** Null for a template that has a robot of its own. */
  robot: RobotFile | null
}

/** @throws UsageError for what cannot be run */
export async function orderOf(options: SimulateOptions): Promise<SimulateOrder> {
  const robot = await robotOf(options)
  const template = await templateOf(options, robot)
  const count = wholeNumber('--count', options.count, MAX_GENERATED)
  const repeats = wholeNumber('--repeats', options.repeats, MAX_REPEATS)
  const scripted = pairsOf('--controllers', options.controllers).map(([name, text]) => ({
    name,
    spec: { kind: template.controller, skill: skillOf(name, text) } as ControllerSpec,
  }))
  const controllers: NamedController[] = [...scripted]
  for (const [name, file] of pairsOf('--replay', options.replay ?? '')) {
    controllers.push({ name, spec: { kind: 'replay', trajectory: await trajectoryIn(file) } })
  }
  refuseNames(controllers.map(({ name }) => name))
  try {
    const scenarios = generateScenarios(template, { seed: options.seed, count })
    return { template, scenarios, controllers, repeats, seed: options.seed, robot }
  } catch (cause) {
    throw cause instanceof Refusal ? new UsageError(cause.message) : cause
  }
}

async function robotOf({ template, robot, embodiment }: SimulateOptions): Promise<RobotFile | null> {
  if (robot === undefined && !needsRobot(template)) return null
  if (robot === undefined) throw new UsageError(`--template ${template} needs --robot FILE, its MJCF.`)
  const mjcf = await fs.readFile(robot, 'utf8').catch(() => undefined)
  if (mjcf === undefined) throw new UsageError(`--robot ${robot} cannot be read.`)
  return { name: embodiment ?? path.parse(robot).name, mjcf }
}

/** One of ours by its key, else a file. */
async function templateOf({ template }: SimulateOptions, robot: RobotFile | null): Promise<ScenarioTemplate> {
  const own = ownTemplate(template, robot?.mjcf)
  if (own) return own
  if (/\.json$/i.test(template)) return templateFromFile(template)
  throw new UsageError(
    `--template ${template}: there are ${OWN_TEMPLATES.join(', ')}, or give a file that ends in .json.`,
  )
}

function wholeNumber(option: string, text: string, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= max) return value
  throw new UsageError(`${option} ${text}: give a whole number from 1 to ${max}.`)
}

function pairsOf(option: string, text: string): [string, string][] {
  if (text.trim() === '') return []
  return text.split(',').map((part) => {
    const [name = '', value = ''] = part.split('=').map((side) => side.trim())
    if (name === '' || value === '')
      throw new UsageError(`${option} ${part}: write NAME=VALUE, more apart by commas.`)
    return [name, value]
  })
}

function skillOf(name: string, text: string): number {
  const skill = Number(text)
  if (skill >= 0 && skill <= 1) return skill
  throw new UsageError(`--controllers ${name}=${text}: a skill is a number from 0 to 1.`)
}

async function trajectoryIn(file: string) {
  const bytes = await fs.readFile(file).catch(() => undefined)
  if (bytes === undefined) throw new UsageError(`--replay ${file} cannot be read.`)
  try {
    return readTrajectory(bytes.toString('utf8'))
  } catch (cause) {
    throw cause instanceof Refusal ? new UsageError(`--replay ${file}: ${cause.message}`) : cause
  }
}

/** Names become folders, and names of policies. */
function refuseNames(names: readonly string[]): void {
  if (names.length === 0) throw new UsageError('Give --controllers or --replay: somebody has to steer.')
  if (names.length > MAX_CONTROLLERS) throw new UsageError(`At most ${MAX_CONTROLLERS} controllers at once.`)
  const odd = names.find((name) => !/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,59}$/.test(name))
  if (odd !== undefined) throw new UsageError(`“${odd}” is no name: letters, digits, - and _.`)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new UsageError(`Two controllers are named “${twice}”.`)
}
