import type { Hand } from './hand-stream.ts'

export type Point = readonly [x: number, y: number]

/** How far beyond its joints a hand reaches, in shares of its own size: its skin, and with what it holds. */
export const SKIN_REACH = 0.3
export const HELD_REACH = 0.7

/**
 * The outline around a hand: the convex hull of its joints, each pushed outwards from the middle by `reachRatio`.
 * Shares of the picture.
 */
export function handOutline({ points }: Hand, reachRatio = HELD_REACH): Point[] {
  const hull = convexHull(points.map(([x, y]): Point => [x, y]))
  const middleX = hull.reduce((sum, [x]) => sum + x, 0) / hull.length
  const middleY = hull.reduce((sum, [, y]) => sum + y, 0) / hull.length
  return hull.map(([x, y]) => [x + (x - middleX) * reachRatio, y + (y - middleY) * reachRatio])
}

/** The smallest convex outline around points, in order (Andrew's monotone chain). */
export function convexHull(points: Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (ordered: Point[]): Point[] => {
    const chain: Point[] = []
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

const turn = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

/** Whether a point lies in a polygon: a ray from it crosses the outline an odd number of times. */
export function isInside([x, y]: Point, outline: readonly Point[]): boolean {
  let inside = false
  outline.forEach((from, at) => {
    const to = outline[(at + 1) % outline.length]!
    if (from[1] > y !== to[1] > y && x < ((to[0] - from[0]) * (y - from[1])) / (to[1] - from[1]) + from[0])
      inside = !inside
  })
  return inside
}
