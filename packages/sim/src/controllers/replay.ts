import { Refusal } from '@chiron/core/kit'
import { type Model, writable } from '../model.ts'
import type { JointTrajectory } from '../template.ts'
import { type Steer, withinRange } from './controller.ts'
import { holdJoint } from './hold-joint.ts'

/**
 * Plays a trajectory again: `ctrl.NAME` is given to that actuator as it is; `qpos.NAME`, or the plain name of a joint, is
 * where the joint shall be: a position actuator gets it, a motor follows it as a damped spring. Between samples in a
 * straight line, after the last the last.
 * @throws Refusal `controller-unfit` when no column is of this model
 */
export function replay(trajectory: JointTrajectory, model: Model): Steer {
  const followed = model.actuators.flatMap(({ name, joint, gear, isPosition }, at) => {
    const byControl = trajectory.columns.indexOf(`ctrl.${name}`)
    const byPosition = firstOf(trajectory.columns, [`qpos.${joint}`, joint ?? '', name])
    const isDirect = byControl >= 0 && (isPosition || byPosition < 0)
    const column = isDirect ? byControl : byPosition
    const series = trajectory.values[column]
    if (!series) return []
    const hold = holdJoint(model, joint ?? '')
    const control = (wanted: number) => (isDirect || isPosition ? wanted : hold(wanted) / gear)
    return [{ at, series, control }]
  })
  if (followed.length === 0) {
    const names = model.actuators.slice(0, 5).map(({ name, joint }) => joint ?? name)
    const reason = `no column is named after a joint of the model (${names.join(', ')} …)`
    throw new Refusal('controller-unfit', { reason }, `The trajectory does not fit: ${reason}.`)
  }
  const control = writable(model.data.ctrl)
  return (seconds) => {
    const between = placeIn(trajectory.timesMs, seconds * 1000)
    for (const { at, series, control: of } of followed)
      control[at] = withinRange(model, at, of(valueAt(series, between)))
  }
}

const firstOf = (columns: readonly string[], names: readonly string[]): number => {
  for (const name of names) {
    const at = name === '' ? -1 : columns.indexOf(name)
    if (at >= 0) return at
  }
  return -1
}

/** The sample before a time, and how far it is to the next, 0 to 1. */
function placeIn(timesMs: ArrayLike<number>, atMs: number): { at: number; part: number } {
  let [low, high] = [0, timesMs.length - 1]
  if (atMs >= (timesMs[high] ?? 0)) return { at: high, part: 0 }
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((timesMs[middle] ?? 0) <= atMs) low = middle
    else high = middle
  }
  const [from, to] = [timesMs[low] ?? 0, timesMs[low + 1] ?? 0]
  return { at: low, part: to > from ? Math.max(0, (atMs - from) / (to - from)) : 0 }
}

function valueAt(series: ArrayLike<number>, { at, part }: { at: number; part: number }): number {
  const from = series[at] ?? 0
  return part === 0 ? from : from + ((series[at + 1] ?? from) - from) * part
}
