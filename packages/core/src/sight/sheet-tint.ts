import type { Point } from './person-mask.ts'
import type { Quad } from './quad-around.ts'
import { middleOf } from './sheet-sides.ts'

/** Rows from the top, four bytes a pixel. */
export type Picture = { rgba: Uint8Array | Uint8ClampedArray; width: number; height: number }

/**
 * The middle colour of a place: how far from grey (0 … 1), how much more blue than red, how light, 0 … 255; and the share of
 * it that is dark.
 */
export type Tint = { saturation: number; blue: number; level: number; darkRatio: number }

const DARK_LEVEL = 85
/** Places along a quadrilateral's sides. */
const STATIONS = 24
/** Rings of them, as shares of the way from its middle to its side. */
const RINGS = { inside: [0.15, 0.3, 0.45, 0.6, 0.75, 0.9], frame: [1.03, 1.05], around: [1.15, 1.22, 1.3] }

export function tintOf({ rgba, width, height }: Picture, quad: Quad, place: keyof typeof RINGS): Tint {
  const middle = middleOf(quad)
  const [saturations, blues, levels]: number[][] = [[], [], []]
  for (const ring of RINGS[place]) {
    for (let station = 0; station < 4 * STATIONS; station++) {
      const side = Math.floor(station / STATIONS)
      const [from, to] = [quad[side] as Point, quad[(side + 1) % 4] as Point]
      const share = (station % STATIONS) / STATIONS
      const [column, row] = [0, 1].map((axis) => {
        const onSide = from[axis]! + (to[axis]! - from[axis]!) * share
        return Math.round(middle[axis]! + (onSide - middle[axis]!) * ring)
      }) as [number, number]
      if (column < 0 || row < 0 || column >= width || row >= height) continue
      const at = (row * width + column) * 4
      const [red, green, blue] = [rgba[at]!, rgba[at + 1]!, rgba[at + 2]!]
      const most = Math.max(red, green, blue)
      saturations!.push(most === 0 ? 0 : (most - Math.min(red, green, blue)) / most)
      blues!.push(blue - red)
      levels!.push(most)
    }
  }
  return {
    saturation: middleNumber(saturations!),
    blue: middleNumber(blues!),
    darkRatio: levels!.filter((level) => level <= DARK_LEVEL).length / Math.max(1, levels!.length),
    level: middleNumber(levels!),
  }
}

const middleNumber = (numbers: number[]): number => numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0
