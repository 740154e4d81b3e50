import { homographyOf, throughHomography } from '../camera/index.ts'
import type { LumaPlane } from '../episode/index.ts'
import type { Quad } from './quad-around.ts'

/** A sheet as seen straight from the front; -1 where it lies outside of the picture. */
export type Patch = { width: number; height: number; levels: Int16Array }

const MAX_SIDE_PX = 180
const MIN_SIDE_PX = 24

/** Straightens what lies between four corners (pixels of `picture`), about as many pixels as it has there. */
export function sheetPatch({ luma, ...picture }: LumaPlane, quad: Quad): Patch | undefined {
  const side = (from: number, to: number) =>
    Math.hypot(quad[to]![0] - quad[from]![0], quad[to]![1] - quad[from]![1])
  const fit = (length: number) => Math.max(MIN_SIDE_PX, Math.min(MAX_SIDE_PX, Math.round(length)))
  const [width, height] = [fit((side(0, 1) + side(2, 3)) / 2), fit((side(1, 2) + side(3, 0)) / 2)]
  const flat = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]
  const corners = quad.map(([x, y]) => ({ x, y }))
  const toPicture = homographyOf(flat, corners)
  if (toPicture === undefined) return undefined
  const levels = new Int16Array(width * height)
  for (let pixel = 0; pixel < levels.length; pixel++) {
    const place = { x: (pixel % width) + 0.5, y: Math.floor(pixel / width) + 0.5 }
    const { x, y } = throughHomography(toPicture, place)
    const [column, row] = [Math.floor(x - 0.5), Math.floor(y - 0.5)]
    if (column < 0 || row < 0 || column >= picture.width - 1 || row >= picture.height - 1) {
      levels[pixel] = -1
      continue
    }
    const at = row * picture.width + column
    const [right, down] = [x - 0.5 - column, y - 0.5 - row]
    const upper = luma[at]! * (1 - right) + luma[at + 1]! * right
    const lower = luma[at + picture.width]! * (1 - right) + luma[at + picture.width + 1]! * right
    levels[pixel] = upper * (1 - down) + lower * down
  }
  return { width, height, levels }
}
