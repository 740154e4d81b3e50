import { assert } from '@chiron/core/kit'
import type { Geom } from '../model.ts'
import type { Point } from './picture.ts'

/** A shape as triangles in its own axes; corners run counter-clockwise seen from outside. */
export type Solid = {
  readonly corners: readonly Point[]
  readonly triangles: readonly (readonly [number, number, number])[]
}

const SEGMENTS = 12
const RINGS_OF_HALF = 3

/** The triangles of a geom, or null for what is not drawn (planes, meshes). */
export function solidOf({ type, size: [a, b, c] }: Pick<Geom, 'type' | 'size'>): Solid | null {
  if (type === 'box') return box([a, b, c])
  if (type === 'sphere') return turned(halves(a, 0))
  if (type === 'capsule') return turned(halves(a, b))
  if (type === 'ellipsoid') return stretched(turned(halves(1, 0)), [a, b, c])
  if (type === 'cylinder') {
    return turned([
      [0, -b],
      [a, -b],
      [a, b],
      [0, b],
    ])
  }
  return null
}

/** A capsule along z around a length, for bodies that have no shape of their own. */
export const stick = (radius: number, halfLength: number): Solid => turned(halves(radius, halfLength))

function box([x, y, z]: Point): Solid {
  const corners = Array.from(
    { length: 8 },
    (_, at): Point => [at & 1 ? x : -x, at & 2 ? y : -y, at & 4 ? z : -z],
  )
  const faces = [
    [0, 4, 6, 2],
    [1, 3, 7, 5],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 2, 3, 1],
    [4, 5, 7, 6],
  ] as const
  const triangles = faces.flatMap(([p, q, r, s]) => [[p, q, r] as const, [p, r, s] as const])
  return { corners, triangles }
}

/** The outline of two half balls, `half` above and below the middle: radius and height from bottom to top. */
function halves(radius: number, half: number): [number, number][] {
  const angles = Array.from({ length: RINGS_OF_HALF + 1 }, (_, at) => (Math.PI / 2) * (at / RINGS_OF_HALF))
  const upper = angles.map((angle): [number, number] => [
    radius * Math.cos(angle),
    half + radius * Math.sin(angle),
  ])
  const lower = upper.map(([r, z]): [number, number] => [r, -z]).reverse()
  return [...lower, ...(half > 0 ? upper : upper.slice(1))]
}

/** A shape of revolution around z from its outline, bottom to top. */
function turned(outline: readonly (readonly [radius: number, height: number])[]): Solid {
  assert(outline.length >= 2, 'an outline has two points')
  const corners = outline.flatMap(([radius, height]) =>
    Array.from({ length: SEGMENTS }, (_, at): Point => {
      const angle = (2 * Math.PI * at) / SEGMENTS
      return [radius * Math.cos(angle), radius * Math.sin(angle), height]
    }),
  )
  const triangles = outline.slice(1).flatMap((_, ring) =>
    Array.from({ length: SEGMENTS }, (_, at) => {
      const next = (at + 1) % SEGMENTS
      const [p, q, r, s] = [
        ring * SEGMENTS + at,
        ring * SEGMENTS + next,
        (ring + 1) * SEGMENTS + next,
        (ring + 1) * SEGMENTS + at,
      ]
      return [[p, q, r] as const, [p, r, s] as const]
    }).flat(),
  )
  return { corners, triangles }
}

const stretched = ({ corners, triangles }: Solid, [a, b, c]: Point): Solid => ({
  corners: corners.map(([x, y, z]): Point => [x * a, y * b, z * c]),
  triangles,
})
