import { embodimentModelPath, type RolloutDetail, suiteRoutes } from '@chiron/contract'
import type { SimScenario } from '@chiron/sim'
import { client } from '../../../data/client.ts'
import type { Steered } from './protocol.ts'
import { textOf } from './text-of.ts'

/** The template whose scene is made of nothing but itself. */
const WITHOUT_ROBOT = 'pick-place'

/** What a simulated run says of itself; null for one that cannot be run again. */
function simulated({ source, suiteId, suiteVersion, scenarioKey }: RolloutDetail) {
  const { sim } = source as { sim?: { template?: unknown; scenarioSeed?: unknown; controller?: unknown } }
  if (suiteId === null || suiteVersion === null || scenarioKey === null) return null
  if (typeof sim?.template !== 'string' || typeof sim.scenarioSeed !== 'number') return null
  const { template, scenarioSeed } = sim
  return { template, scenarioSeed, controller: sim.controller, suiteId, suiteVersion, scenarioKey }
}

export const hasModel = (rollout: RolloutDetail): boolean =>
  rollout.embodimentId !== null || simulated(rollout)?.template === WITHOUT_ROBOT

/** What a rollout's robot moved in; `scenario` and `steered` where it was simulated here and all of that is known. */
export type Scene = {
  readonly mjcf: string
  readonly scenario: SimScenario | null
  readonly steered: Steered | null
}

/** The robot of a rollout: in the scene that its scenario and seed make again, or else the embodiment it names. */
export async function modelOf(rollout: RolloutDetail): Promise<Scene> {
  const { embodimentId } = rollout
  const robotMjcf = embodimentId === null ? null : await textOf(embodimentModelPath(embodimentId))
  const scenario = await scenarioAgain(rollout, robotMjcf)
  if (scenario) return { mjcf: scenario.mjcf, scenario, steered: steeredOf(rollout) }
  if (robotMjcf === null) throw new Error('no model')
  return { mjcf: robotMjcf, scenario: null, steered: null }
}

async function scenarioAgain(rollout: RolloutDetail, robotMjcf: string | null): Promise<SimScenario | null> {
  const of = simulated(rollout)
  if (!of) return null
  const { ownTemplate, scenarioOf } = await import('@chiron/sim')
  const template = ownTemplate(of.template, robotMjcf)
  if (!template) return null
  const params = { suiteId: of.suiteId, version: of.suiteVersion }
  const { content } = await client.call(suiteRoutes.readVersion, { params })
  const scenario = content.scenarios.find(({ key }) => key === of.scenarioKey)
  if (!scenario) throw new Error(`the suite has no scenario “${of.scenarioKey}”`)
  return scenarioOf(template, { key: scenario.key, settings: scenario.settings, seed: of.scenarioSeed })
}

function steeredOf(rollout: RolloutDetail): Steered | null {
  const { kind, skill } = (simulated(rollout)?.controller ?? {}) as { kind?: unknown; skill?: unknown }
  const { seed } = rollout
  if (seed === null || typeof skill !== 'number' || (kind !== 'pick-place' && kind !== 'balance')) return null
  return { controller: { kind, skill }, seed }
}
