import { Refusal, seededRandom, throwNormal } from '@chiron/core/kit'
import { type Model, numbers, writable } from '../model.ts'
import { type Steer, type Steered, withinRange } from './controller.ts'
import { holdJoint } from './hold-joint.ts'

/** Torque of the ankles for each newton of weight and metre that the middle of mass is off, and for its speed. */
const BY_OFFSET = 1.75
const BY_SPEED = 0.35
/** The hips bend the other way, with a part of it (the ankle and hip strategies of Horak and Nashner 1986). */
const HIP_PART = -0.3
/** A foot is longer in front of its ankle: that is where the middle of mass is held. */
const AHEAD_M = 0.02
const MOST_REFLEX = 0.6
/** How far off an unskilled one feels itself to be, in metres. */
const BLUR_M = 0.02
const GRAVITY = 9.81

/**
 * Stands: each joint is held where the run begins, and ankles and hips push back in proportion to where the middle of mass
 * is and moves. `skill` scales that reflex (0: none at all) and blurs what is felt.
 * @throws Refusal `controller-unfit` without two feet
 */
export function balance(skill: number, { model, scenario, seed }: Steered): Steer {
  const feet = scenario.template.feet.map((foot) => model.bodyAt(foot)).filter((at) => at >= 0)
  if (feet.length < 2) throw unfit('the scenario names no two feet that the model has')
  const { data } = model
  const dice = seededRandom(`balance ${seed}`)
  const weight = GRAVITY * sum(numbers(model.model.body_mass))
  const reflex = MOST_REFLEX * skill
  const parts = model.actuators.map((_, at) => partOf(model, at))
  const control = writable(data.ctrl)
  let before: readonly number[] | undefined
  return () => {
    const com = [0, 1].map((axis) => numbers(data.subtree_com)[3 + axis] ?? 0)
    const blur = BLUR_M * (1 - skill)
    const leaning = [0, 1].map((axis) => {
      const middle = sum(feet.map((foot) => numbers(data.xpos)[foot * 3 + axis] ?? 0)) / feet.length
      const off = (com[axis] ?? 0) - middle - (axis === 0 ? AHEAD_M : 0) + blur * throwNormal(dice)
      const speed = before ? ((com[axis] ?? 0) - (before[axis] ?? 0)) / (model.stepMs / 1000) : 0
      return weight * (BY_OFFSET * off + BY_SPEED * speed)
    })
    before = com
    for (const [at, { hold, angle, pitch, roll, gear }] of parts.entries()) {
      const torque = hold(angle) + reflex * (pitch * (leaning[0] ?? 0) - roll * (leaning[1] ?? 0))
      control[at] = withinRange(model, at, torque / gear)
    }
  }
}

/** How an actuator takes part: the angle it holds, and its share of pitching and rolling, with the sign of its axis. */
function partOf(model: Model, at: number) {
  const actuator = model.actuators[at]
  const joint = model.joints.find(({ name }) => name === actuator?.joint)
  const axes = numbers(model.model.jnt_axis)
  const own = joint ? model.joints.indexOf(joint) : -1
  const [x, y] = [0, 1].map((part) => Math.sign(Math.round(axes[own * 3 + part] ?? 0))) as [number, number]
  const isAnkle = joint?.name.includes('ankle') ?? false
  const isHip = joint?.name.includes('hip') ?? false
  return {
    hold: holdJoint(model, joint?.name ?? ''),
    angle: joint ? (numbers(model.data.qpos)[joint.qposAt] ?? 0) : 0,
    pitch: isAnkle ? y : isHip ? HIP_PART * y : 0,
    roll: isAnkle ? x : 0,
    gear: actuator?.gear ?? 1,
  }
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let at = 0; at < values.length; at += 1) total += values[at] ?? 0
  return total
}

const unfit = (reason: string) =>
  new Refusal('controller-unfit', { reason }, `The balancing controller does not fit: ${reason}.`)
