import type { LumaPlane } from '../episode/index.ts'
import type { Point } from './person-mask.ts'
import { isAtEdge, type Quad } from './quad-around.ts'

/** Of a quadrilateral's four sides: how many are a step in brightness for most of their length, and how many the picture cuts. */
export type Sides = { firmCount: number; atEdgeCount: number }

const STATIONS = 24
/** Near the corners sides are round, or meet other things. */
const CORNER_RATIO = 0.06
const MIN_STATIONS = 4
/** Inside and outside of a side, in pixels from it. */
const INSIDE_PX = [2, 3.5]
const OUTSIDE_PX = [-2, -3.5]
const MIN_STEP = 10
const FIRM_RATIO = 0.6

/** Looks across each side, in pixels of `picture`: a sheet is lighter (or darker) than what it lies on. */
export function sheetSides(picture: LumaPlane, quad: Quad, isLight: boolean): Sides {
  const sides: Sides = { firmCount: 0, atEdgeCount: 0 }
  quad.forEach((from, at) => {
    const to = quad[(at + 1) % 4] as Point
    const steps = isAtEdge(from, to, picture) ? [] : stepsAcross(picture, [from, to], middleOf(quad))
    if (steps.length < MIN_STATIONS) sides.atEdgeCount++
    else if (steps.filter((step) => (isLight ? step : -step) >= MIN_STEP).length >= steps.length * FIRM_RATIO)
      sides.firmCount++
  })
  return sides
}

/** How much lighter it is on the inner side, at places along a side that lie in the picture. */
function stepsAcross(picture: LumaPlane, [from, to]: [Point, Point], middle: Point): number[] {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const across: Point = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length]
  const isInward = across[0] * (middle[0] - from[0]) + across[1] * (middle[1] - from[1]) > 0
  return Array.from({ length: STATIONS }, (_, at) => {
    const share = CORNER_RATIO + ((1 - 2 * CORNER_RATIO) * at) / (STATIONS - 1)
    const levelsAt = (pixels: readonly number[]) =>
      pixels.map((px) => {
        const far = isInward ? px : -px
        const x = from[0] + (to[0] - from[0]) * share + across[0] * far
        const y = from[1] + (to[1] - from[1]) * share + across[1] * far
        return levelAt(picture, Math.floor(x), Math.floor(y))
      })
    return mean(levelsAt(INSIDE_PX)) - mean(levelsAt(OUTSIDE_PX))
  }).filter((step) => !Number.isNaN(step))
}

/** NaN outside of the picture. */
const levelAt = ({ luma, width, height }: LumaPlane, column: number, row: number): number =>
  column < 0 || row < 0 || column >= width || row >= height ? Number.NaN : luma[row * width + column]!

const mean = (levels: readonly number[]): number =>
  levels.reduce((sum, level) => sum + level, 0) / levels.length

export const middleOf = (quad: Quad): Point => [
  quad.reduce((sum, [x]) => sum + x, 0) / 4,
  quad.reduce((sum, [, y]) => sum + y, 0) / 4,
]
