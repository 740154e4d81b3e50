import type { Geom, Model, Poses } from '@chiron/sim'

/** A line from a body to the one that it hangs on, where one of them has no shape of its own. */
export type Bone = { readonly from: number; readonly to: number; readonly geom: Geom }

const RADIUS_M = 0.018
const LEAST_M = 0.02
const COLOUR = [0.42, 0.5, 0.56, 1] as const

/** The bones of a model as it stands: a robot whose shapes are meshes elsewhere is seen by them. */
export function bonesOf({ model, bodies, geoms }: Model, at: Poses): Bone[] {
  const parents = model.body_parentid as ArrayLike<number>
  const shaped = new Set(geoms.flatMap(({ body, isShown }) => (isShown ? [body] : [])))
  return bodies.flatMap((body, to) => {
    const from = parents[to] ?? 0
    if (from === 0 || (shaped.has(body) && shaped.has(bodies[from] ?? ''))) return []
    const half = lengthOf(at, from, to) / 2
    if (half * 2 < LEAST_M) return []
    const geom = {
      name: body,
      body,
      type: 'capsule',
      size: [RADIUS_M, half, 0],
      rgba: COLOUR,
      isShown: true,
    } as const
    return [{ from, to, geom }]
  })
}

/** Where a bone stands: its middle, then its axes as MuJoCo gives them, with z along the bone. */
export function boneAt({ from, to }: Bone, { bodies }: Poses): number[] {
  const start = bodies.subarray(from * 3, from * 3 + 3)
  const end = bodies.subarray(to * 3, to * 3 + 3)
  const between = [0, 1, 2].map((axis) => (end[axis] ?? 0) - (start[axis] ?? 0))
  const z = unit(between)
  // Any axis that is not along the bone will do: a capsule looks alike from all sides.
  const x = unit(cross(Math.abs(z[2] ?? 0) < 0.9 ? [0, 0, 1] : [1, 0, 0], z))
  const y = cross(z, x)
  const middle = [0, 1, 2].map((axis) => (start[axis] ?? 0) + (between[axis] ?? 0) / 2)
  return [...middle, ...[0, 1, 2].flatMap((row) => [x[row] ?? 0, y[row] ?? 0, z[row] ?? 0])]
}

const lengthOf = ({ bodies }: Poses, from: number, to: number): number =>
  Math.hypot(...[0, 1, 2].map((axis) => (bodies[to * 3 + axis] ?? 0) - (bodies[from * 3 + axis] ?? 0)))

function unit(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector) || 1
  return vector.map((part) => part / length)
}

const cross = (a: readonly number[], b: readonly number[]): number[] =>
  [0, 1, 2].map((axis) => {
    const [next, last] = [(axis + 1) % 3, (axis + 2) % 3]
    return (a[next] ?? 0) * (b[last] ?? 0) - (a[last] ?? 0) * (b[next] ?? 0)
  })
