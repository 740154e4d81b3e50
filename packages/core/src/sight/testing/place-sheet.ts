import { homographyOf, type Point2, throughHomography } from '../../camera/index.ts'
import type { Colours, Rgb } from './drawn-sheet.ts'

/** Samples a pixel has a side: edges as a lens draws them, not stairs. */
const SAMPLES = 3

/**
 * How a sheet lies in a picture: its corners in pixels (top left, top right, bottom right, bottom left of the sheet), the
 * light on it, stronger on the left or right by `slope`, and which pixels lie in front of it.
 */
export type Placing = {
  corners: readonly Point2[]
  light?: Rgb
  slope?: number
  isInFront?: (pixel: number) => boolean
}

/** Draws the sheet into the picture, as a camera sees it there. */
export function placeSheet(picture: Colours, sheet: Colours, placing: Placing): void {
  const { corners, light = [1, 1, 1], slope = 0, isInFront } = placing
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
  const [wide, high] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)]
  const small = shrunk(sheet, Math.min(sheet.width / wide, sheet.height / high) / SAMPLES)
  const around = [
    { x: 0, y: 0 },
    { x: small.width, y: 0 },
    { x: small.width, y: small.height },
    { x: 0, y: small.height },
  ]
  const toSheet = homographyOf(corners, around)
  if (toSheet === undefined) return
  const within = (least: number, most: number, end: number): [number, number] => [
    Math.max(0, Math.floor(least)),
    Math.min(end, Math.ceil(most)),
  ]
  const [left, right] = within(Math.min(...xs), Math.max(...xs), picture.width)
  const [top, bottom] = within(Math.min(...ys), Math.max(...ys), picture.height)
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const pixel = row * picture.width + column
      if (isInFront?.(pixel)) continue
      const sum = [0, 0, 0]
      let inside = 0
      for (let sample = 0; sample < SAMPLES ** 2; sample++) {
        const point = {
          x: column + ((sample % SAMPLES) + 0.5) / SAMPLES,
          y: row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES,
        }
        const at = throughHomography(toSheet, point)
        if (!(at.x >= 0 && at.y >= 0 && at.x < small.width && at.y < small.height)) continue
        inside++
        const from = (Math.floor(at.y) * small.width + Math.floor(at.x)) * 3
        for (let colour = 0; colour < 3; colour++) sum[colour]! += small.rgb[from + colour]!
      }
      if (inside === 0) continue
      const lit = 1 + slope * ((column - left) / Math.max(1, right - left) - 0.5)
      const share = inside / SAMPLES ** 2
      for (let colour = 0; colour < 3; colour++) {
        const seen = Math.min(255, (sum[colour]! / inside) * light[colour]! * lit)
        picture.rgb[pixel * 3 + colour] = picture.rgb[pixel * 3 + colour]! * (1 - share) + seen * share
      }
    }
  }
}

/** Each pixel the mean of a square: print that is finer than the camera's pixels turns grey. */
function shrunk(sheet: Colours, ratio: number): Colours {
  const step = Math.max(1, Math.floor(ratio))
  if (step === 1) return sheet
  const [width, height] = [Math.floor(sheet.width / step), Math.floor(sheet.height / step)]
  const rgb = new Uint8Array(width * height * 3)
  for (let at = 0; at < rgb.length; at++) {
    const [colour, pixel] = [at % 3, Math.floor(at / 3)]
    const [column, row] = [(pixel % width) * step, Math.floor(pixel / width) * step]
    let sum = 0
    for (let y = 0; y < step; y++)
      for (let x = 0; x < step; x++) sum += sheet.rgb[((row + y) * sheet.width + column + x) * 3 + colour]!
    rgb[at] = sum / step ** 2
  }
  return { width, height, rgb }
}
