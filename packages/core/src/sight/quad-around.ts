import type { Point } from './person-mask.ts'

export type Size = { width: number; height: number }
/** Four corners in pixels, in order. They may lie outside of the picture where it cuts the sheet. */
export type Quad = readonly [Point, Point, Point, Point]

/** Corners closer than this to the line of their neighbours are none. */
const STRAIGHT_PX = 1.2
/** How much larger than the region the quadrilateral may be: what a hand or the picture's edge cuts off. */
const MAX_GROWTH_RATIO = 0.22
/** Sides along the picture's edge are no sides of the sheet: they go first, and cost little. */
const EDGE_COST = 0.2
const EDGE_PX = 2
const MIN_ANGLE_DEGREES = 48
const MAX_ANGLE_DEGREES = 132

/**
 * The quadrilateral around a convex outline: the side whose loss adds least is taken away, its neighbours drawn out until
 * they meet, until four are left. Undefined where that adds too much, or corners are nothing like right.
 */
export function quadAround(hull: readonly Point[], size: Size): Quad | undefined {
  let corners = withoutStraight(hull)
  const most = areaOf(corners) * MAX_GROWTH_RATIO
  let grown = 0
  while (corners.length > 4) {
    const cheapest = corners
      .map((_, at) => withoutSide(corners, at, size))
      .filter((cut) => cut !== undefined)
      .sort((a, b) => a.cost - b.cost)[0]
    if (cheapest === undefined) return undefined
    grown += cheapest.cost
    if (grown > most) return undefined
    corners = cheapest.corners
  }
  if (corners.length < 4) return undefined
  const quad = corners as unknown as Quad
  return quad.every((_, at) => isRightish(quad, at)) ? quad : undefined
}

/** Along which edge of the picture a side runs, or none. */
export const isAtEdge = (a: Point, b: Point, { width, height }: Size): boolean =>
  (a[0] <= EDGE_PX && b[0] <= EDGE_PX) ||
  (a[1] <= EDGE_PX && b[1] <= EDGE_PX) ||
  (a[0] >= width - EDGE_PX && b[0] >= width - EDGE_PX) ||
  (a[1] >= height - EDGE_PX && b[1] >= height - EDGE_PX)

function withoutStraight(hull: readonly Point[]): Point[] {
  let corners = [...hull]
  for (;;) {
    const offs = corners.map((corner, at) =>
      awayFrom(corner, around(corners, at - 1), around(corners, at + 1)),
    )
    const least = Math.min(...offs)
    if (!(least < STRAIGHT_PX) || corners.length <= 4) return corners
    const at = offs.indexOf(least)
    corners = corners.filter((_, other) => other !== at)
  }
}

function withoutSide(
  corners: readonly Point[],
  at: number,
  size: Size,
): { cost: number; corners: Point[] } | undefined {
  const [before, from, to, after] = [-1, 0, 1, 2].map((step) => around(corners, at + step)) as Point[]
  const meet = meeting(before!, from!, to!, after!)
  if (meet === undefined) return undefined
  const cost = Math.abs(cross(from!, to!, meet)) / 2
  const left = corners.flatMap((corner, other) =>
    other === at ? [meet] : other === (at + 1) % corners.length ? [] : [corner],
  )
  return { cost: isAtEdge(from!, to!, size) ? cost * EDGE_COST : cost, corners: left }
}

/** Where the side before, drawn on, meets the side after, drawn back. */
function meeting(a: Point, b: Point, c: Point, d: Point): Point | undefined {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], c[0] - d[0], c[1] - d[1]]
  const turn = ux * vy - uy * vx
  const length = Math.hypot(ux, uy) * Math.hypot(vx, vy)
  if (Math.abs(turn) < 0.05 * length) return undefined
  const along = ((c[0] - b[0]) * vy - (c[1] - b[1]) * vx) / turn
  const back = ((c[0] - b[0]) * uy - (c[1] - b[1]) * ux) / turn
  return along >= 0 && back >= 0 ? [b[0] + ux * along, b[1] + uy * along] : undefined
}

function isRightish(quad: Quad, at: number): boolean {
  const [before, corner, after] = [around(quad, at - 1), quad[at]!, around(quad, at + 1)]
  const one = Math.atan2(before[1] - corner[1], before[0] - corner[0])
  const other = Math.atan2(after[1] - corner[1], after[0] - corner[0])
  const between = (Math.abs(one - other) * 180) / Math.PI
  const angle = between > 180 ? 360 - between : between
  return angle >= MIN_ANGLE_DEGREES && angle <= MAX_ANGLE_DEGREES
}

const around = (corners: readonly Point[], at: number): Point =>
  corners[(at + corners.length) % corners.length] as Point
const cross = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
const awayFrom = (point: Point, a: Point, b: Point): number =>
  Math.abs(cross(a, b, point)) / Math.max(1e-6, Math.hypot(b[0] - a[0], b[1] - a[1]))

/** The area inside of corners in order (the shoelace formula). */
export function areaOf(corners: readonly Point[]): number {
  const twice = corners.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = around(corners, at + 1)
    return sum + x * nextY - nextX * y
  }, 0)
  return Math.abs(twice) / 2
}
