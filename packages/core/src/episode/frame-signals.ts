import { assert } from '../kit/index.ts'
import { downscaleLuma, type Luma, type LumaPlane, SIGNAL_WIDTH_PX } from './luma.ts'

/**
 * What one picture says about a take.
 * - `brightness` mean luma, 0 … 1.
 * - `clippedRatio` share of pixels ≤ 4 or ≥ 251, 0 … 1.
 * - `sharpness` variance of the Laplacian of luma (levels 0 … 255) at 160 px width.
 * - `motion` mean absolute difference to the previous sampled picture, 0 … 1; 0 for the first one.
 */
export type FrameSignals = { brightness: number; clippedRatio: number; sharpness: number; motion: number }

/** A picture's signals and its moment in the take. */
export type TimedSignals = FrameSignals & { timeMs: number }

/** Pictures are sampled this far apart: motion depends on the distance, so both sides keep it. */
export const SIGNAL_INTERVAL_MS = 100

const CLIPPED_DARK_LEVEL = 4
const CLIPPED_BRIGHT_LEVEL = 251

/**
 * Measures one luma plane (`width` × `height`, full range); wider than 160 px it is first shrunk with
 * `downscaleLuma`. `previousLuma` is the picture sampled before it, in the same size as `luma` or already
 * shrunk; of any other size (the camera turned) it is ignored.
 * Sharpness is the variance of the 4-neighbour Laplacian (Pech-Pacheco et al., ICPR 2000).
 */
export function frameSignals(luma: Luma, width: number, height: number, previousLuma?: Luma): FrameSignals {
  const now = downscaleLuma(luma, width, height, SIGNAL_WIDTH_PX)
  const before = previousLuma === undefined ? undefined : samePlane(previousLuma, { width, height }, now)
  return { ...levels(now.luma), sharpness: laplacianVariance(now), motion: difference(now.luma, before) }
}

function samePlane(
  previous: Luma,
  size: { width: number; height: number },
  now: LumaPlane,
): Luma | undefined {
  if (previous.length === now.luma.length) return previous
  if (previous.length !== size.width * size.height) return undefined
  return downscaleLuma(previous, size.width, size.height, SIGNAL_WIDTH_PX).luma
}

function levels(luma: Luma): { brightness: number; clippedRatio: number } {
  let sum = 0
  let clipped = 0
  for (const level of luma) {
    sum += level
    if (level <= CLIPPED_DARK_LEVEL || level >= CLIPPED_BRIGHT_LEVEL) clipped++
  }
  return { brightness: sum / (luma.length * 255), clippedRatio: clipped / luma.length }
}

function laplacianVariance({ luma, width, height }: LumaPlane): number {
  let sum = 0
  let squares = 0
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const at = row * width + column
      const sides = luma[at - 1]! + luma[at + 1]!
      const ends = luma[at - width]! + luma[at + width]!
      const value = sides + ends - 4 * luma[at]!
      sum += value
      squares += value * value
    }
  }
  const count = Math.max(0, width - 2) * Math.max(0, height - 2)
  if (count === 0) return 0
  const mean = sum / count
  return squares / count - mean * mean
}

function difference(luma: Luma, before: Luma | undefined): number {
  if (before === undefined) return 0
  assert(before.length === luma.length, 'pictures to compare must have one size')
  let sum = 0
  for (let at = 0; at < luma.length; at++) sum += Math.abs(luma[at]! - before[at]!)
  return sum / (luma.length * 255)
}
