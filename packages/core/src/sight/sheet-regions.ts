import type { LumaPlane } from '../episode/index.ts'
import { convexHull, type Point } from './person-mask.ts'

/** A region of about one brightness, as the hull around it: corners in pixels, in order. */
export type Region = { areaPx: number; hull: Point[] }

/** Of 255: sheets in the shade and in the light, each against the ground it lies on. */
const LEVELS = {
  light: [60, 76, 92, 104, 116, 128, 140, 152, 164, 176, 188, 200, 212, 224, 236],
  dark: [28, 40, 52, 64, 84, 104],
}
/** Smaller regions nobody can read, in shares of the picture; larger ones are a wall or a table. */
const MIN_AREA_RATIO = 0.008
const MAX_AREA_RATIO = 0.8
/** How much lighter (darker) than its neighbourhood a pixel is where light falls unevenly; and how far that reaches. */
const LOCAL_STEP = 5
const LOCAL_REACH_RATIO = 0.16
/**
 * Connected regions lighter (or darker) than each of some levels, and than their neighbourhood: at some level a sheet is one
 * of them, whatever is written on it (the classic way to find squares).
 */
export function sheetRegions(picture: LumaPlane, isLight: boolean): Region[] {
  const plane = isLight ? picture : { ...picture, luma: picture.luma.map((level) => 255 - level) }
  const bars = new Uint8Array(plane.luma.length)
  const levels = isLight ? LEVELS.light : LEVELS.dark.map((level) => 255 - level)
  const runs = roomForRuns(plane)
  const even = levels.flatMap((level) => regionsOf(plane, bars.fill(level), runs))
  return [...even, ...regionsOf(plane, nearby(plane), runs)]
}

/** A little above the mean of the square around each pixel, by a table of sums. */
function nearby({ luma, width, height }: LumaPlane): Uint8Array {
  const reachPx = Math.round(width * LOCAL_REACH_RATIO)
  const wide = width + 1
  const sums = new Int32Array(wide * (height + 1))
  for (let row = 0; row < height; row++) {
    let sum = 0
    for (let column = 0; column < width; column++) {
      sum += luma[row * width + column]!
      sums[(row + 1) * wide + column + 1] = sums[row * wide + column + 1]! + sum
    }
  }
  const bars = new Uint8Array(luma.length)
  for (let row = 0; row < height; row++) {
    const [top, bottom] = [Math.max(0, row - reachPx), Math.min(height, row + reachPx + 1)]
    for (let column = 0; column < width; column++) {
      const [left, right] = [Math.max(0, column - reachPx), Math.min(width, column + reachPx + 1)]
      const below = sums[bottom * wide + right]! - sums[bottom * wide + left]!
      const above = sums[top * wide + right]! - sums[top * wide + left]!
      const mean = (below - above) / ((bottom - top) * (right - left))
      bars[row * width + column] = Math.min(255, mean + LOCAL_STEP)
    }
  }
  return bars
}

/** Stretches of a row, and which of them belong together. */
type Runs = { starts: Int32Array; ends: Int32Array; rows: Int32Array; parents: Int32Array }

/** For as many as there can be; one room serves all levels. */
function roomForRuns({ width, height }: LumaPlane): Runs {
  const room = () => new Int32Array(Math.ceil(width / 2) * height)
  return { starts: room(), ends: room(), rows: room(), parents: room() }
}

/** Stretches of each row that reach the bar, joined where they touch those above (union-find). */
function regionsOf({ luma, width, height }: LumaPlane, bars: Uint8Array, runs: Runs): Region[] {
  const { starts, ends, rows, parents } = runs
  let [own, count] = [0, 0]
  for (let row = 0; row < height; row++) {
    let above = own
    own = count
    const [from, end] = [row * width, (row + 1) * width]
    let at = from
    while (at < end) {
      while (at < end && luma[at]! < bars[at]!) at++
      if (at === end) break
      const start = at - from
      while (at < end && luma[at]! >= bars[at]!) at++
      const run = count++
      starts[run] = start
      ends[run] = at - from
      rows[run] = row
      parents[run] = run
      while (above < own && ends[above]! <= start) above++
      for (let other = above; other < own && starts[other]! < at - from; other++)
        parents[rootOf(parents, run)] = rootOf(parents, other)
    }
  }
  return gathered(runs, count, width * height)
}

function rootOf(parents: Int32Array, run: number): number {
  let root = run
  while (parents[root] !== root) root = parents[root]!
  for (let at = run; parents[at] !== root; ) {
    const next = parents[at]!
    parents[at] = root
    at = next
  }
  return root
}

function gathered({ starts, ends, rows, parents }: Runs, count: number, pixels: number): Region[] {
  const areas = new Int32Array(count)
  for (let run = 0; run < count; run++) areas[rootOf(parents, run)]! += ends[run]! - starts[run]!
  const outlines = new Map<number, Outline>()
  for (let run = 0; run < count; run++) {
    const root = rootOf(parents, run)
    const area = areas[root]!
    if (area < pixels * MIN_AREA_RATIO || area > pixels * MAX_AREA_RATIO) continue
    const outline = outlines.get(root) ?? { top: rows[run]!, lefts: [], rights: [] }
    outlines.set(root, outline)
    const at = rows[run]! - outline.top
    outline.lefts[at] = Math.min(outline.lefts[at] ?? starts[run]!, starts[run]!)
    outline.rights[at] = Math.max(outline.rights[at] ?? 0, ends[run]!)
  }
  return [...outlines].map(([root, outline]) => ({ areaPx: areas[root]!, hull: hullOf(outline) }))
}

/** How far a region reaches in each row. */
type Outline = { top: number; lefts: number[]; rights: number[] }

function hullOf({ top, lefts, rights }: Outline): Point[] {
  return convexHull(
    lefts.flatMap((left, at): Point[] => {
      const [right, row] = [rights[at]!, top + at]
      return [
        [left, row],
        [left, row + 1],
        [right, row],
        [right, row + 1],
      ]
    }),
  )
}
