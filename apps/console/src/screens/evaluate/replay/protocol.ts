import type { ControllerSpec, Geom, Perturbation, SimScenario } from '@chiron/sim'
import type { Trajectory } from './trajectory-in.ts'

/** What is drawn of a run: for each of `timesMs`, twelve numbers a geom, its middle and the columns of its axes. */
export type Drawn = { readonly timesMs: Float64Array; readonly poses: Float32Array }
export const NUMBERS_PER_GEOM = 12

export type Opened = {
  readonly geoms: readonly Geom[]
  /** Those that can be pushed: what moves. */
  readonly bodies: readonly string[]
  /** Two at least, where it stands on feet: then it can also be steered to keep its balance. */
  readonly feet: readonly string[]
  /** Whether it is known who steered, so that they can do it again. */
  readonly isSteeredAgain: boolean
  /** How many joints of the model a column was found for. */
  readonly movedJointCount: number
  readonly jointCount: number
  readonly recorded: Drawn
}

/** How a run ended, told of the robot and of what lies loose around it. */
export type Ending = {
  /** By the rules of the scenario's own template; null where it has none. */
  readonly judged: { readonly failureId: string | null; readonly atMs: number | null } | null
  /** Whether and when its trunk sank below three fifths of where it began; null where nothing can fall. */
  readonly fell: { readonly body: string; readonly atMs: number | null } | null
  /** Loose things, with where they end, in metres. */
  readonly places: readonly { readonly body: string; readonly at: readonly [number, number, number] }[]
}

/**
 * By the commands that were recorded, whatever happens; by the balance controller, which feels and answers; or by the very
 * controller that steered a simulated run, with the same dice.
 */
export type Steering = 'recorded' | 'balance' | 'again'
export type Push = { readonly push: Perturbation; readonly steering: Steering }

/** The force between two things over time, in newton. */
export type Force = {
  readonly one: string
  readonly other: string
  readonly timesMs: Float64Array
  readonly forcesN: Float64Array
}

/** The same scene run twice from the first sample: as it was, and with a push. */
export type Rerun = {
  readonly pushed: Drawn
  /** What touched in the pushed run, the hardest first. */
  readonly forces: readonly Force[]
  readonly alone: Ending
  readonly withPush: Ending
}

/** Who steered a simulated run, and the dice they had. */
export type Steered = { readonly controller: ControllerSpec; readonly seed: number }

/** A run as it is kept, in the scene it was run in; `scenario` has that scene as its own. */
export type Recorded = {
  readonly mjcf: string
  readonly trajectory: Trajectory
  readonly scenario: SimScenario | null
  readonly steered: Steered | null
}

export type Ask = { readonly open: Recorded } | Push
export type Answer = { readonly opened: Opened } | { readonly rerun: Rerun }
