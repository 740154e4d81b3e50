import type { ControllerSpec } from '../template.ts'
import { balance } from './balance.ts'
import type { Steer, Steered } from './controller.ts'
import { pickPlace } from './pick-place.ts'
import { replay } from './replay.ts'

/**
 * Opens the controller that a spec describes; the same seed steers the same.
 * @throws Refusal `controller-unfit` when the model has not what it steers
 */
export function openController(spec: ControllerSpec, steered: Steered): Steer {
  if (spec.kind === 'replay') return replay(spec.trajectory, steered.model)
  if (spec.kind === 'balance') return balance(spec.skill, steered)
  return pickPlace(spec, steered)
}
