import loadMujoco from '@mujoco/mujoco'
import { BLOCK_HALF_SIDE, gripperModel, PAD } from './gripper-model.ts'
import type { RunPlan, Waypoint } from './gripper-plan.ts'

export const FRAMES_PER_SECOND = 30
const STEP_SECONDS = 0.002
const MOVING_PARTS = ['block', 'palm', 'wrist', 'left', 'right'] as const
export type PartName = (typeof MOVING_PARTS)[number]

/** Where a box stands in one frame: its middle in metres and its axes as columns of a 3 × 3 matrix, row by row. */
export interface Pose {
  part: PartName
  middle: readonly [number, number, number]
  axes: Float64Array
}

export interface GripperRun {
  /** Poses of the moving boxes, thirty times a second. */
  frames: Pose[][]
  halfSizes: Readonly<Record<PartName, readonly [number, number, number]>>
  /** What came of it, read from where the block lies in the end and how high it was lifted. */
  outcome: 'placed' | 'dropped' | 'missed' | 'misplaced'
}

/** Compiling ten megabytes of WebAssembly once is enough. */
let physics: ReturnType<typeof loadMujoco> | undefined

/** Runs the plan through MuJoCo's physics (official WebAssembly build), the same result for the same plan. */
export async function runGripper(plan: RunPlan): Promise<GripperRun> {
  physics ??= loadMujoco()
  const mujoco = await physics
  const model = mujoco.MjModel.from_xml_string(gripperModel(plan.block))
  const data = new mujoco.MjData(model)
  try {
    const ids = new Map(MOVING_PARTS.map((part) => [part, mujoco.mj_name2id(model, GEOM, part)]))
    const halfSizes = Object.fromEntries(
      MOVING_PARTS.map((part) => [part, triple(model.geom_size as Float64Array, (ids.get(part) ?? 0) * 3)]),
    ) as GripperRun['halfSizes']
    const frames: Pose[][] = []
    // Places are known before the first step only after this.
    mujoco.mj_forward(model, data)
    const stepCount = Math.round(plan.seconds / STEP_SECONDS)
    for (let step = 0; step < stepCount; step += 1) {
      const seconds = step * STEP_SECONDS
      if (seconds * FRAMES_PER_SECOND >= frames.length) {
        frames.push(MOVING_PARTS.map((part) => poseOf(data, part, ids.get(part) ?? 0)))
      }
      steer(data.ctrl as Float64Array, plan.waypoints, seconds)
      mujoco.mj_step(model, data)
    }
    return { frames, halfSizes, outcome: outcomeOf(frames.map(([block]) => block?.middle ?? [0, 0, 0])) }
  } finally {
    data.delete()
    model.delete()
  }
}

/** mjOBJ_GEOM of MuJoCo's mjtObj. */
const GEOM = 5

const triple = (values: ArrayLike<number>, at: number): readonly [number, number, number] => [
  values[at] ?? 0,
  values[at + 1] ?? 0,
  values[at + 2] ?? 0,
]

function poseOf(data: { geom_xpos: unknown; geom_xmat: unknown }, part: PartName, id: number): Pose {
  const [places, turns] = [data.geom_xpos as Float64Array, data.geom_xmat as Float64Array]
  return { part, middle: triple(places, id * 3), axes: Float64Array.from(turns.subarray(id * 9, id * 9 + 9)) }
}

/** Moves the targets smoothly from waypoint to waypoint; each is reached when the next begins. */
function steer(control: Float64Array, waypoints: readonly Waypoint[], seconds: number): void {
  const next = waypoints.findIndex((point) => point.atSeconds > seconds)
  const to = waypoints[next === -1 ? waypoints.length - 1 : next] as Waypoint
  const from = waypoints[next === -1 ? waypoints.length - 1 : Math.max(0, next - 1)] as Waypoint
  const span = to.atSeconds - from.atSeconds
  const part = span > 0 ? Math.min(1, (seconds - from.atSeconds) / span) : 1
  const ease = part * part * (3 - 2 * part)
  const between = (a: number, b: number) => a + (b - a) * ease
  control.set([between(from.x, to.x), between(from.y, to.y), between(from.z, to.z)])
  const grip = between(from.grip, to.grip)
  control.set([grip, grip], 3)
}

/** A block that falls faster than this, in metres a second, was not put down. */
const FALLING_SPEED = 0.7

function outcomeOf(places: readonly (readonly [number, number, number])[]): GripperRun['outcome'] {
  const heights = places.map(([, , z]) => z)
  if (Math.max(...heights) < 2.5 * BLOCK_HALF_SIDE) return 'missed'
  const drops = heights.slice(1).map((z, at) => ((heights[at] ?? z) - z) * FRAMES_PER_SECOND)
  if (Math.max(...drops) > FALLING_SPEED) return 'dropped'
  const [x, y, z] = places.at(-1) ?? [0, 0, 0]
  const isOnPad = Math.hypot(x - PAD.x, y - PAD.y) < PAD.halfSide && z < 1.5 * BLOCK_HALF_SIDE
  return isOnPad ? 'placed' : 'misplaced'
}
