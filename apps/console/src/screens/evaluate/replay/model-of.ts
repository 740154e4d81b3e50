import { embodimentModelPath, type RolloutDetail, suiteRoutes } from '@chiron/contract'
import { client } from '../../../data/client.ts'
import { textOf } from './text-of.ts'

/** The template whose scene is made of nothing but itself. */
const OWN_TEMPLATE = 'pick-place'

/** What drew the scene of a run that a template of this project made, and null for all others. */
function ownSeed({ source, suiteId, scenarioKey }: RolloutDetail): number | null {
  const { sim } = source as { sim?: { template?: unknown; scenarioSeed?: unknown } }
  if (sim?.template !== OWN_TEMPLATE || suiteId === null || scenarioKey === null) return null
  return typeof sim.scenarioSeed === 'number' ? sim.scenarioSeed : null
}

export const hasModel = (rollout: RolloutDetail): boolean =>
  rollout.embodimentId !== null || ownSeed(rollout) !== null

/** The robot of a rollout: the embodiment it names, or the scene that its scenario and seed make again. */
export async function modelOf(rollout: RolloutDetail): Promise<string> {
  if (rollout.embodimentId !== null) return textOf(embodimentModelPath(rollout.embodimentId))
  const { suiteId, suiteVersion, scenarioKey } = rollout
  const seed = ownSeed(rollout)
  if (seed === null || suiteId === null || suiteVersion === null) throw new Error('no model')
  const [{ pickPlaceTemplate, scenarioOf }, { content }] = await Promise.all([
    import('@chiron/sim'),
    client.call(suiteRoutes.readVersion, { params: { suiteId, version: suiteVersion } }),
  ])
  const scenario = content.scenarios.find(({ key }) => key === scenarioKey)
  if (!scenario) throw new Error(`the suite has no scenario “${scenarioKey}”`)
  return scenarioOf(pickPlaceTemplate, { key: scenario.key, settings: scenario.settings, seed }).mjcf
}
