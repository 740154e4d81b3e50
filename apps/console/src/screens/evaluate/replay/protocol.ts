import type { Geom, Perturbation } from '@chiron/sim'
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
  /** How many joints of the model a column was found for. */
  readonly movedJointCount: number
  readonly jointCount: number
  readonly recorded: Drawn
}

/** How a run ended, told of the robot and of what lies loose around it. */
export type Ending = {
  /** Whether and when its trunk sank below three fifths of where it began; null where nothing can fall. */
  readonly fell: { readonly body: string; readonly atMs: number | null } | null
  /** Loose things, with where they end, in metres. */
  readonly places: readonly { readonly body: string; readonly at: readonly [number, number, number] }[]
}

/** By the commands that were recorded, whatever happens; or by the balance controller, which feels and answers. */
export type Steering = 'recorded' | 'balance'
export type Push = { readonly push: Perturbation; readonly steering: Steering }

/** The same scene run twice from the first sample: as it was, and with a push. */
export type Rerun = { readonly pushed: Drawn; readonly alone: Ending; readonly withPush: Ending }

export type Ask = { readonly open: { readonly mjcf: string; readonly trajectory: Trajectory } } | Push
export type Answer = { readonly opened: Opened } | { readonly rerun: Rerun }
