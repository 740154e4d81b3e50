import { type SeededRandom, seededRandom } from '@chiron/core/kit'
import { BLOCK_HALF_SIDE, PAD } from './gripper-model.ts'

/** What the run is made to show. What it does show is read from the physics, not from here. */
export type RunKind = 'placed' | 'dropped' | 'missed' | 'misplaced'

/** Targets of the five actuators from `atSeconds` on: hand x, y, z and how far the fingers close. */
export interface Waypoint {
  atSeconds: number
  x: number
  y: number
  z: number
  grip: number
}

export interface RunPlan {
  block: { x: number; y: number; turnDeg: number }
  colour: readonly [number, number, number]
  waypoints: readonly Waypoint[]
  seconds: number
}

const HIGH = 0.0
/** Hand lowered so that the fingertips stand just above the table. */
const LOW = -0.163
const OPEN = 0.004
const CLOSED = 0.034
const COLOURS = [
  [205, 84, 62],
  [64, 110, 190],
  [214, 160, 52],
  [122, 84, 168],
] as const

/** A run of the gripper, the same for the same seed: reach, grasp, lift, carry, let go; or one of the ways to fail. */
export function planRun(kind: RunKind, seed: string): RunPlan {
  const random = seededRandom(`gripper ${kind} ${seed}`)
  const jitter = (amount: number) => (random.next() * 2 - 1) * amount
  const block = { x: -0.12 + jitter(0.03), y: jitter(0.04), turnDeg: jitter(5) }
  const colour = COLOURS[random.int(COLOURS.length)] ?? COLOURS[0]
  return { block, colour, ...pathOf(kind, block, random) }
}

function pathOf(kind: RunKind, block: { x: number; y: number }, random: SeededRandom) {
  const pause = 0.15 + random.next() * 0.15
  const isMissed = kind === 'missed'
  // A hand that is a block's width to the side closes on air and pushes the block with its finger at most.
  const reach = { x: block.x, y: block.y + (isMissed ? 3.2 * BLOCK_HALF_SIDE : 0) }
  const goal = kind === 'misplaced' ? { x: PAD.x - 0.13, y: PAD.y - 0.16 } : PAD
  const middle = { x: (block.x + goal.x) / 2, y: (block.y + goal.y) / 2 }
  const at = (atSeconds: number, place: { x: number; y: number }, z: number, grip: number): Waypoint => ({
    atSeconds: atSeconds + pause,
    x: place.x,
    y: place.y,
    z,
    grip,
  })
  const waypoints = [
    { atSeconds: 0, x: 0, y: 0, z: HIGH, grip: OPEN },
    at(0, reach, HIGH, OPEN),
    at(0.6, reach, LOW, OPEN),
    at(1.15, reach, LOW, CLOSED),
    at(1.45, reach, HIGH - 0.03, CLOSED),
    at(2.0, kind === 'dropped' ? middle : goal, HIGH - 0.03, CLOSED),
    ...(kind === 'dropped'
      ? [at(2.45, middle, HIGH - 0.03, OPEN), at(2.75, goal, HIGH - 0.02, OPEN)]
      : [at(2.6, goal, LOW + 0.004, CLOSED), at(3.1, goal, LOW + 0.004, OPEN), at(3.35, goal, HIGH, OPEN)]),
  ]
  return { waypoints, seconds: 4 }
}
