import { type Model, numbers } from '../model.ts'

/** Stiffness in newton metres a radian and damping in newton metre seconds, by a part of a joint's name. */
const GAINS: Readonly<Record<string, readonly [number, number]>> = {
  hip: [200, 8],
  knee: [250, 8],
  ankle: [60, 3],
  abdomen: [200, 8],
  waist: [200, 8],
  shoulder: [30, 1.5],
  elbow: [30, 1.5],
  wrist: [8, 0.4],
}
const USUAL: readonly [number, number] = [20, 1]

/** The torque that draws an actuated joint to an angle, as a spring with a damper does. */
export function holdJoint(model: Model, jointName: string) {
  const joint = model.joints.find(({ name }) => name === jointName)
  const [stiffness, damping] = Object.entries(GAINS).find(([part]) => jointName.includes(part))?.[1] ?? USUAL
  return (angle: number): number => {
    if (!joint) return 0
    const { data } = model
    const [now, speed] = [numbers(data.qpos)[joint.qposAt] ?? 0, numbers(data.qvel)[joint.dofAt] ?? 0]
    return stiffness * (angle - now) - damping * speed
  }
}
