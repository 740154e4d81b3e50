import type { Patch } from './sheet-patch.ts'

/** What is on a straightened sheet. Shares are of the part that is in the picture. */
export type Writing = {
  /** Share that has the sheet's own even brightness, or writing on it. */
  evenRatio: number
  inkRatio: number
  /** Lines that stand apart, and how often ink begins along one. */
  lineCount: number
  startsPerLine: number
  /** The sheet's own brightness, 0 … 255. */
  level: number
}

/** Parts in which the sheet's brightness is one: light falls unevenly over the whole of it. */
const CELLS_A_SIDE = 6
const GROUND_QUANTILE = 0.7
/** How far from its ground ink is, in levels and as a share of the ground. */
const INK_STEP = 12
const INK_STEP_RATIO = 0.05
/** A cell is the sheet's own when its ground is this close to the middle one. */
const EVEN_RATIO = 0.2
const EVEN_STEP = 16

/** Looks for writing on a sheet: `isLight`: dark ink on light ground, or the other way round. */
export function sheetWriting(patch: Patch, isLight: boolean): Writing {
  const ground = groundOf(patch, isLight)
  const { width, height, levels } = patch
  // 0: not the sheet's own, 1: ground, 2: ink.
  const marks = new Uint8Array(width * height)
  let [seen, own, ink] = [0, 0, 0]
  for (let at = 0; at < marks.length; at++) {
    if (levels[at]! < 0) continue
    seen++
    const level = ground.at(at % width, Math.floor(at / width))
    if (level === undefined) continue
    own++
    const step = isLight ? level - levels[at]! : levels[at]! - level
    const isInk = step > INK_STEP + INK_STEP_RATIO * (isLight ? level : 255 - level)
    marks[at] = isInk ? 2 : 1
    if (isInk) ink++
  }
  const along = linesOf(marks, { width, height, step: 1, stride: width })
  const across = linesOf(marks, { width: height, height: width, step: width, stride: 1 })
  const lines =
    along.lineCount * along.startsPerLine >= across.lineCount * across.startsPerLine ? along : across
  return {
    evenRatio: own / Math.max(1, seen),
    inkRatio: ink / Math.max(1, own),
    ...lines,
    level: ground.middle,
  }
}

type Ground = { middle: number; at: (column: number, row: number) => number | undefined }

function groundOf({ width, height, levels }: Patch, isLight: boolean): Ground {
  const quantile = isLight ? GROUND_QUANTILE : 1 - GROUND_QUANTILE
  const counts = Array.from({ length: CELLS_A_SIDE ** 2 }, () => new Int32Array(256))
  const cellOf = (column: number, row: number) =>
    Math.floor((row * CELLS_A_SIDE) / height) * CELLS_A_SIDE + Math.floor((column * CELLS_A_SIDE) / width)
  for (let at = 0; at < levels.length; at++)
    if (levels[at]! >= 0) counts[cellOf(at % width, Math.floor(at / width))]![levels[at]!]! += 1
  const grounds = counts.map((cell) => quantileOf(cell, quantile))
  const known = grounds.filter((level) => level !== undefined).sort((a, b) => a - b)
  const middle = known[known.length >> 1] ?? 0
  const reach = EVEN_STEP + EVEN_RATIO * middle
  return {
    middle,
    at: (column, row) => {
      const level = grounds[cellOf(column, row)]
      return level !== undefined && Math.abs(level - middle) <= reach ? level : undefined
    },
  }
}

/** The level that this share of the counted ones reaches; undefined where none was counted. */
function quantileOf(counts: Int32Array, quantile: number): number | undefined {
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (all === 0) return undefined
  let [level, below] = [0, counts[0]!]
  while (below <= (all - 1) * quantile) below += counts[++level]!
  return level
}

type Walk = { width: number; height: number; step: number; stride: number }

/** Ink in a row of a line, and between lines, as a share of the line's own most. */
const GAP_RATIO = 0.45
const MIN_LINE_RATIO = 0.04

/** Lines: rows with ink, parted by rows with clearly less. */
function linesOf(marks: Uint8Array, walk: Walk): Pick<Writing, 'lineCount' | 'startsPerLine'> {
  const { width, height, step, stride } = walk
  const ink = new Float32Array(height)
  const starts = new Float32Array(height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * stride + column * step
      if (marks[at] !== 2) continue
      ink[row]! += 1 / width
      if (column > 0 && marks[at - step] === 1) starts[row]! += 1
    }
  }
  const tops: { row: number; starts: number }[] = []
  let top: { row: number; ink: number } | undefined
  let low = 0
  for (let row = 0; row < height; row++) {
    const level = ink[row]!
    if (top === undefined) {
      low = Math.min(low, level)
      if (level >= MIN_LINE_RATIO && low <= level * GAP_RATIO) top = { row, ink: level }
    } else if (level > top.ink) {
      top = { row, ink: level }
    } else if (level <= top.ink * GAP_RATIO) {
      tops.push({ row: top.row, starts: Math.max(starts[top.row]!, starts[top.row - 1] ?? 0) })
      top = undefined
      low = level
    }
  }
  const count = tops.length
  return {
    lineCount: count,
    startsPerLine: count === 0 ? 0 : tops.reduce((sum, line) => sum + line.starts, 0) / count,
  }
}
