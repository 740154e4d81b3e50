import { solveLinear } from './homography.ts'
import type { Intrinsics } from './intrinsics.ts'
import { type Point3, placeOf } from './metres.ts'

type Triple = readonly [number, number, number]

/** A hand in the camera's room. `errorM`: standard error of its distance; `missPx`: how far its joints miss, root mean square. */
export type PlacedHand = { points: Point3[]; errorM: number; missPx: number }

/**
 * How much hands differ in size, as a share: standard deviation of hand length over men and women together, 19.0 and
 * 17.6 cm with about a centimetre within each (150 and 150 students; Ibeachu, Abu and Didia 2011). A detector tells shape, not size: its metres are those of a usual hand.
 */
const HAND_SIZE_RATIO = 0.065
/** Even a detector at its best is off by this much, in shares of the picture's width. */
const LEAST_MISS_RATIO = 0.002
const ROUNDS = 20
const TURNED_ENOUGH = 1e-9
const UNKNOWNS = 6
/** Nearer than this no phone is sharp, farther no hand is seen; what lies outside was not found. */
const NEAREST_M = 0.05
const FARTHEST_M = 5
/** A hand whose joints miss by more than this share of the picture's width has another shape than was told. */
const MAX_MISS_RATIO = 0.05

/**
 * Lifts a hand into the camera's room: the pose in which its joints, known in metres from its own middle (`shape`: as the
 * detector gives them, turned about as the camera sees them), come to lie where the picture has them (`points`: shares of
 * the picture). Perspective-n-point by least squares over all joints: a linear start without turn, then Gauss–Newton on
 * the reprojection error. Its error is that of the fit, by its covariance, with that of a hand's size. Undefined where no
 * pose fits. An estimate, never the truth.
 */
export function placeHand(
  points: readonly Triple[],
  shape: readonly Triple[],
  camera: Intrinsics,
): PlacedHand | undefined {
  const rays = points.map(([x, y]) =>
    placeOf({ x: x * camera.width - 0.5, y: y * camera.height - 0.5 }, 1, camera),
  )
  let pose = start(rays, shape)
  for (let round = 0; pose !== undefined && round < ROUNDS; round++) {
    const { normal, pull } = equations(rays, shape, pose)
    const step = solveLinear(normal.map((row, at) => [...row, pull[at] as number]))
    if (step === undefined) return undefined
    pose = moved(pose, step)
    if (Math.hypot(...step) < TURNED_ENOUGH) break
  }
  return pose && told(rays, shape, pose, camera)
}

type Pose = { turn: number[]; at: number[] }

/** Where it stands if it is not turned: linear in the place, two equations a joint. */
function start(rays: readonly Point3[], shape: readonly Triple[]): Pose | undefined {
  const normal = [0, 1, 2].map(() => [0, 0, 0, 0])
  for (const [joint, [x, y, z]] of shape.entries()) {
    const { x: u, y: v } = rays[joint] as Point3
    for (const row of [
      [1, 0, -u, u * z - x],
      [0, 1, -v, v * z - y],
    ])
      for (let a = 0; a < 3; a++) for (let b = 0; b < 4; b++) normal[a]![b]! += row[a]! * row[b]!
  }
  const at = solveLinear(normal)
  return at && (at[2] as number) > NEAREST_M ? { turn: [1, 0, 0, 0, 1, 0, 0, 0, 1], at } : undefined
}

const inRoom = ({ turn, at }: Pose, [x, y, z]: Triple): Point3 => {
  const on = (row: number) => turn[row * 3]! * x + turn[row * 3 + 1]! * y + turn[row * 3 + 2]! * z + at[row]!
  return { x: on(0), y: on(1), z: on(2) }
}

/** Normal equations of a small turn (about the camera's axes, around the hand's middle) and a small way. */
function equations(rays: readonly Point3[], shape: readonly Triple[], pose: Pose) {
  const normal = Array.from({ length: UNKNOWNS }, () => new Array<number>(UNKNOWNS).fill(0))
  const pull = new Array<number>(UNKNOWNS).fill(0)
  let squares = 0
  for (const [joint, place] of shape.entries()) {
    const { x, y, z } = inRoom(pose, place)
    const [a, b, c] = [x - pose.at[0]!, y - pose.at[1]!, z - pose.at[2]!]
    const [u, v] = [x / z, y / z]
    const { x: seenU, y: seenV } = rays[joint] as Point3
    // Derivatives of (u, v) by the place, and of the place by turn and way.
    for (const [row, miss] of [
      [[(-u * b) / z, (c + u * a) / z, -b / z, 1 / z, 0, -u / z], seenU - u],
      [[(-c - v * b) / z, (v * a) / z, a / z, 0, 1 / z, -v / z], seenV - v],
    ] as const) {
      squares += miss * miss
      for (let i = 0; i < UNKNOWNS; i++) {
        pull[i]! += row[i]! * miss
        for (let j = 0; j < UNKNOWNS; j++) normal[i]![j]! += row[i]! * row[j]!
      }
    }
  }
  return { normal, pull, squares }
}

/** Turned by a vector (Rodrigues) and moved. */
function moved({ turn, at }: Pose, step: readonly number[]): Pose {
  const [wx = 0, wy = 0, wz = 0, ...way] = step
  const angle = Math.hypot(wx, wy, wz)
  const [x, y, z] = angle > 0 ? [wx / angle, wy / angle, wz / angle] : [0, 0, 0]
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const by = [
    [c + x * x * (1 - c), x * y * (1 - c) - z * s, x * z * (1 - c) + y * s],
    [y * x * (1 - c) + z * s, c + y * y * (1 - c), y * z * (1 - c) - x * s],
    [z * x * (1 - c) - y * s, z * y * (1 - c) + x * s, c + z * z * (1 - c)],
  ]
  return {
    turn: by.flatMap((row) =>
      [0, 1, 2].map((column) => row.reduce((sum, value, k) => sum + value * turn[k * 3 + column]!, 0)),
    ),
    at: at.map((value, axis) => value + (way[axis] ?? 0)),
  }
}

function told(
  rays: readonly Point3[],
  shape: readonly Triple[],
  pose: Pose,
  camera: Intrinsics,
): PlacedHand | undefined {
  const points = shape.map((place) => inRoom(pose, place))
  const { normal, squares } = equations(rays, shape, pose)
  const missRatio = Math.sqrt(squares / shape.length)
  const missPx = missRatio * camera.fx
  if (!points.every(({ z }) => z > NEAREST_M && z < FARTHEST_M) || missPx > MAX_MISS_RATIO * camera.width)
    return undefined
  const inverseDepth = solveLinear(normal.map((row, at) => [...row, at === UNKNOWNS - 1 ? 1 : 0]))
  if (inverseDepth === undefined) return undefined
  const perAxis = Math.max(
    (LEAST_MISS_RATIO * camera.width) / camera.fx,
    Math.sqrt(squares / (2 * shape.length - UNKNOWNS)),
  )
  const fitM = perAxis * Math.sqrt(Math.max(0, inverseDepth[UNKNOWNS - 1] as number))
  return { points, errorM: Math.hypot(fitM, HAND_SIZE_RATIO * (pose.at[2] as number)), missPx }
}
