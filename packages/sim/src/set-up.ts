import { assert } from '@chiron/core/kit'
import { type Geom, type Model, numbers, writable } from './model.ts'
import type { ScenarioTemplate } from './template.ts'

/** Puts joints where a run begins, and the robot on its feet. */
export function setUp(model: Model, { start, feet }: Pick<ScenarioTemplate, 'start' | 'feet'>): void {
  const { physics, data } = model
  const positions = writable(data.qpos)
  const named = Object.entries(start)
  for (const { name, type, qposAt } of model.joints) {
    if (type === 'free' || type === 'ball') continue
    const own = start[name] ?? named.find(([part]) => name.includes(part))?.[1]
    if (own !== undefined) positions[qposAt] = own
  }
  physics.mj_forward(model.model, data)
  const root = model.joints.find(({ type }) => type === 'free')
  if (feet.length === 0 || !root) return
  const lowest = Math.min(
    ...model.geoms.flatMap((geom, at) => (feet.includes(geom.body) ? [lowestOf(model, geom, at)] : [])),
  )
  if (!Number.isFinite(lowest)) return
  positions[root.qposAt + 2] = (positions[root.qposAt + 2] ?? 0) - lowest
  physics.mj_forward(model.model, data)
}

/** Puts all joints where a sample of another run has them. */
export function startAt({ physics, model, data }: Model, qpos: ArrayLike<number>): void {
  assert(qpos.length === model.nq, 'a sample of a run of the same model')
  writable(data.qpos).set(qpos)
  physics.mj_forward(model, data)
}

/** The lowest point of a geom: exact for spheres, capsules and boxes, at most a radius too low for others. */
function lowestOf({ data }: Model, { type, size }: Geom, at: number): number {
  const middle = numbers(data.geom_xpos)[at * 3 + 2] ?? 0
  const upright = [6, 7, 8].map((part) => Math.abs(numbers(data.geom_xmat)[at * 9 + part] ?? 0))
  const along = (axis: number, half: number) => (upright[axis] ?? 0) * half
  if (type === 'box') return middle - along(0, size[0]) - along(1, size[1]) - along(2, size[2])
  return middle - size[0] - (type === 'sphere' ? 0 : along(2, size[1]))
}
