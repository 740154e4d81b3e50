import { type Model, numbers, writable } from './model.ts'

/** Where each geom stands: its middle in metres, and its axes as columns of a 3 × 3 matrix, row by row. */
export type Poses = {
  readonly middles: Float64Array
  readonly axes: Float64Array
  readonly bodies: Float64Array
}

/**
 * Where geoms (`middles`, three numbers each, and `axes`, nine) and bodies (`bodies`, three each) stand when the joints are at
 * `qpos` (one sample of a run). Copies: the next call changes nothing of them.
 */
export function posesAt({ physics, model, data }: Model, qpos: ArrayLike<number>): Poses {
  writable(data.qpos).set(qpos)
  physics.mj_kinematics(model, data)
  return {
    middles: Float64Array.from(numbers(data.geom_xpos)),
    axes: Float64Array.from(numbers(data.geom_xmat)),
    bodies: Float64Array.from(numbers(data.xpos)),
  }
}
