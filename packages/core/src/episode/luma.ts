import { assert } from '../kit/index.ts'

/** Width, in pixels, at which every picture signal is measured, on the phone and on the server alike. */
export const SIGNAL_WIDTH_PX = 160

/** Longest side accepted: a picture larger than this is refused before it is read. */
export const MAX_PICTURE_SIDE_PX = 8192

/** One byte a pixel, full range (0 black … 255 white), rows from the top, no padding between rows. */
export type Luma = Uint8Array | Uint8ClampedArray

export type LumaPlane = { luma: Uint8Array; width: number; height: number }

/**
 * Luma of an RGBA picture (4 bytes a pixel, `ImageData` order): ITU-R BT.601, full range,
 * Y = 0.299 R + 0.587 G + 0.114 B, rounded. Alpha is ignored.
 */
export function lumaFromRgba(rgba: Luma, width: number, height: number): Uint8Array {
  checkSize(width, height)
  assert(rgba.length >= width * height * 4, 'the RGBA picture is shorter than its size says')
  const luma = new Uint8Array(width * height)
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 4) {
    // 16-bit fixed point: 19595 + 38470 + 7471 = 65536, so white stays exactly 255.
    luma[pixel] = (rgba[at]! * 19595 + rgba[at + 1]! * 38470 + rgba[at + 2]! * 7471 + 32768) >>> 16
  }
  return luma
}

/**
 * Luma of a Y plane as video decoders hand it out: `strideBytes` a row, `offsetBytes` before the first,
 * and, unless `fullRange`, studio levels (16 black … 235 white), which are stretched to 0 … 255.
 */
export function lumaFromYPlane(
  plane: Luma,
  layout: { width: number; height: number; strideBytes: number; offsetBytes?: number; fullRange: boolean },
): Uint8Array {
  const { width, height, strideBytes, offsetBytes = 0, fullRange } = layout
  checkSize(width, height)
  assert(strideBytes >= width, 'a row of the Y plane is shorter than the picture')
  assert(plane.length >= offsetBytes + strideBytes * (height - 1) + width, 'the Y plane is too short')
  const luma = new Uint8Array(width * height)
  const levels = fullRange ? undefined : STUDIO_TO_FULL
  for (let row = 0; row < height; row++) {
    const from = offsetBytes + row * strideBytes
    for (let column = 0; column < width; column++) {
      const level = plane[from + column]!
      luma[row * width + column] = levels === undefined ? level : levels[level]!
    }
  }
  return luma
}

/**
 * Shrinks a luma plane to `targetWidth`, keeping its shape, with a box filter: each target pixel is the
 * rounded mean of the source pixels from floor(i·W/w) to floor((i+1)·W/w), in both directions. Height is
 * round(H·w/W), at least 1. A plane that is already as narrow is copied. Phone and server both call this,
 * on full-size pictures, so that they see the same 160 columns.
 */
export function downscaleLuma(
  luma: Luma,
  width: number,
  height: number,
  targetWidth = SIGNAL_WIDTH_PX,
): LumaPlane {
  checkSize(width, height)
  assert(luma.length >= width * height, 'the luma plane is shorter than its size says')
  assert(
    Number.isInteger(targetWidth) && targetWidth >= 1,
    'the target width must be a whole number of pixels',
  )
  if (width <= targetWidth) return { luma: Uint8Array.from(luma.subarray(0, width * height)), width, height }
  const targetHeight = Math.max(1, Math.round((height * targetWidth) / width))
  const lefts = edges(width, targetWidth)
  const tops = edges(height, targetHeight)
  const target = new Uint8Array(targetWidth * targetHeight)
  const sums = new Uint32Array(targetWidth)
  for (let row = 0; row < targetHeight; row++) {
    const top = tops[row]!
    const bottom = Math.max(top + 1, tops[row + 1]!)
    sums.fill(0)
    for (let y = top; y < bottom; y++) addRow(sums, luma, y * width, lefts)
    for (let column = 0; column < targetWidth; column++) {
      const left = lefts[column]!
      const count = (lefts[column + 1]! - left) * (bottom - top)
      target[row * targetWidth + column] = Math.floor((sums[column]! + count / 2) / count)
    }
  }
  return { luma: target, width: targetWidth, height: targetHeight }
}

function addRow(sums: Uint32Array, luma: Luma, rowStart: number, lefts: Uint32Array): void {
  for (let column = 0; column < sums.length; column++) {
    const end = rowStart + lefts[column + 1]!
    let sum = 0
    for (let at = rowStart + lefts[column]!; at < end; at++) sum += luma[at]!
    sums[column] = sums[column]! + sum
  }
}

function edges(length: number, parts: number): Uint32Array {
  return Uint32Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * length) / parts))
}

const STUDIO_TO_FULL = Uint8Array.from({ length: 256 }, (_, level) =>
  Math.min(255, Math.max(0, Math.round(((level - 16) * 255) / 219))),
)

function checkSize(width: number, height: number): void {
  assert(Number.isInteger(width) && width >= 1 && width <= MAX_PICTURE_SIDE_PX, `picture width ${width}`)
  assert(Number.isInteger(height) && height >= 1 && height <= MAX_PICTURE_SIDE_PX, `picture height ${height}`)
}
