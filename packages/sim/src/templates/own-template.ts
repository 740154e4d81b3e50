import type { ScenarioTemplate } from '../template.ts'
import { type BalanceRobot, balanceTemplate } from './balance.ts'
import { pickPlaceTemplate } from './pick-place.ts'

const STANDING: Readonly<Record<string, BalanceRobot>> = {
  'balance-humanoid': 'humanoid',
  'balance-g1': 'g1',
}

/** Keys of the templates of this project. */
export const OWN_TEMPLATES: readonly string[] = [pickPlaceTemplate.key, ...Object.keys(STANDING)]
/** Those whose scene is made of a robot's MJCF. */
export const needsRobot = (key: string): boolean => key in STANDING

/**
 * A template of this project by its key, with the MJCF of its robot where it needs one. Undefined for another key, or
 * where the robot is missing.
 * @throws Refusal `model-malformed` when the robot has no `<worldbody>`
 */
export function ownTemplate(key: string, robotMjcf: string | null = null): ScenarioTemplate | undefined {
  if (key === pickPlaceTemplate.key) return pickPlaceTemplate
  const robot = STANDING[key]
  return robot && robotMjcf !== null ? balanceTemplate(robot, robotMjcf) : undefined
}
