import { clockwise } from './card-scale.ts'
import type { Point2 } from './homography.ts'

type Picture = { width: number; height: number; luma: ArrayLike<number> }
type Line = { point: Point2; along: Point2 }

/** Where along an edge it is looked for: away from the card's round corners. */
const STATIONS = Array.from({ length: 33 }, (_, at) => 0.14 + (0.72 * at) / 32)
/** How far to both sides of a corner put by hand, as a share of the card's longest edge. */
const REACH_RATIO = 0.06
/** The darkest step between two neighbours that still is an edge, in levels of 255. */
const MIN_STEP = 6
/** So many stations have to see the edge. */
const MIN_SEEN_RATIO = 0.5
const ROUNDS = 3

/**
 * The corners of a card, from corners put roughly there by hand: on each side the strongest step in brightness near the
 * line is looked for at many places, the outer one of two, a line is laid through them (twice, the second time without what lies off), and
 * neighbouring lines are cut, so that round corners do not matter. Undefined where an edge cannot be seen.
 */
export function fitCard(picture: Picture, rough: readonly Point2[]): Point2[] | undefined {
  const around = clockwise(rough)
  let corners: readonly Point2[] = around
  for (let round = 0; round < ROUNDS; round++) {
    const longest = Math.max(...corners.map((corner, at) => distance(corner, next(corners, at))))
    const reachPx = Math.max(2, (longest * REACH_RATIO) / 2 ** round)
    const lines = corners.map((corner, at) => edgeLine(picture, corner, next(corners, at), reachPx))
    const cut = lines.map((line, at) => line && cross(lines.at(at - 1), line))
    if (cut.some((corner) => corner === undefined)) return undefined
    corners = cut as Point2[]
  }
  return rough.map((corner) => corners[around.indexOf(corner)] as Point2)
}

const next = (points: readonly Point2[], at: number): Point2 => points[(at + 1) % points.length] as Point2
const distance = (a: Point2, b: Point2): number => Math.hypot(a.x - b.x, a.y - b.y)

function edgeLine(picture: Picture, from: Point2, to: Point2, reachPx: number): Line | undefined {
  const length = distance(from, to)
  if (length === 0) return undefined
  const across = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length }
  const found = STATIONS.flatMap((at) => {
    const middle = { x: from.x + (to.x - from.x) * at, y: from.y + (to.y - from.y) * at }
    const offset = stepAcross(picture, middle, across, reachPx)
    return offset === undefined ? [] : [{ x: middle.x + across.x * offset, y: middle.y + across.y * offset }]
  })
  if (found.length < STATIONS.length * MIN_SEEN_RATIO) return undefined
  const first = lineThrough(found)
  const off = found.map((point) => awayFrom(first, point))
  const limit = Math.max(0.75, 2 * ([...off].sort((a, b) => a - b)[Math.floor(off.length / 2)] ?? 0))
  const sound = found.filter((_, at) => (off[at] as number) <= limit)
  return sound.length >= STATIONS.length * MIN_SEEN_RATIO ? lineThrough(sound) : undefined
}

/**
 * Where the brightness changes across a line, in pixels from it, inwards: the outermost step that is half as large as the
 * largest, since cards have stripes and print along their edges. Its place is the top of a parabola through three differences.
 */
function stepAcross(picture: Picture, middle: Point2, across: Point2, reachPx: number): number | undefined {
  const count = Math.ceil(reachPx) * 2 + 1
  const steps = Array.from({ length: count }, (_, at) => {
    const offset = at - (count - 1) / 2
    const [before, after] = [offset - 1, offset + 1].map((far) =>
      lumaAt(picture, middle.x + across.x * far, middle.y + across.y * far),
    )
    return Math.abs((after as number) - (before as number)) / 2
  })
  const most = Math.max(...steps)
  if (!(most >= MIN_STEP)) return undefined
  const best = steps.findIndex(
    (step, at) => step >= most / 2 && step >= (steps[at - 1] ?? 0) && step >= (steps[at + 1] ?? 0),
  )
  const top = steps[best] as number
  const [before, after] = [steps[best - 1] ?? top, steps[best + 1] ?? top]
  const bend = before - 2 * top + after
  const shift = bend < 0 ? (before - after) / (2 * bend) : 0
  return best - (count - 1) / 2 + shift
}

/** Between four pixels; the nearest ones beyond the picture's edge. The middle of the first pixel is 0. */
function lumaAt({ width, height, luma }: Picture, x: number, y: number): number {
  const column = Math.min(width - 2, Math.max(0, Math.floor(x)))
  const row = Math.min(height - 2, Math.max(0, Math.floor(y)))
  const [right, down] = [Math.min(1, Math.max(0, x - column)), Math.min(1, Math.max(0, y - row))]
  const at = (dx: number, dy: number) => luma[(row + dy) * width + column + dx] ?? 0
  const upper = at(0, 0) * (1 - right) + at(1, 0) * right
  return upper * (1 - down) + (at(0, 1) * (1 - right) + at(1, 1) * right) * down
}

/** Total least squares: the direction in which the points spread most. */
function lineThrough(points: readonly Point2[]): Line {
  const count = points.length
  const x = points.reduce((sum, point) => sum + point.x, 0) / count
  const y = points.reduce((sum, point) => sum + point.y, 0) / count
  let [xx, xy, yy] = [0, 0, 0]
  for (const point of points) {
    xx += (point.x - x) ** 2
    xy += (point.x - x) * (point.y - y)
    yy += (point.y - y) ** 2
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  return { point: { x, y }, along: { x: Math.cos(angle), y: Math.sin(angle) } }
}

const awayFrom = ({ point, along }: Line, { x, y }: Point2): number =>
  Math.abs((x - point.x) * along.y - (y - point.y) * along.x)

function cross(a: Line | undefined, b: Line): Point2 | undefined {
  if (a === undefined) return undefined
  const turn = a.along.x * b.along.y - a.along.y * b.along.x
  if (Math.abs(turn) < 0.1) return undefined
  const [dx, dy] = [b.point.x - a.point.x, b.point.y - a.point.y]
  const far = (dx * b.along.y - dy * b.along.x) / turn
  return { x: a.point.x + a.along.x * far, y: a.point.y + a.along.y * far }
}
