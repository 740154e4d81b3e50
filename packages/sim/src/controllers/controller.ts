import { type Model, numbers } from '../model.ts'
import type { SimScenario } from '../template.ts'

/** Sets the model's controls for the step that begins at this time. */
export type Steer = (seconds: number) => void

/** What a controller knows: the model, what was drawn for the scenario, and dice of the run's own. */
export type Steered = { readonly model: Model; readonly scenario: SimScenario; readonly seed: string }

/** The level of brightness and the like that a scenario sets; `otherwise` where it says nothing. */
export function drawnValue({ values }: SimScenario, name: string, otherwise: number): number {
  const value = values[name]
  return typeof value === 'number' ? value : otherwise
}

/** A value within an actuator's range of control, where it has one. */
export function withinRange({ model }: Model, actuator: number, value: number): number {
  const ranges = numbers(model.actuator_ctrlrange)
  const [low = 0, high = 0] = [ranges[actuator * 2], ranges[actuator * 2 + 1]]
  return low < high ? Math.max(low, Math.min(high, value)) : value
}
