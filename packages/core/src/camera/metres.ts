import type { Intrinsics } from './intrinsics.ts'

/** ISO/IEC 7810 ID-1: every bank card. */
export const CARD_MM = { width: 85.6, height: 53.98 } as const
const UNDISTORT_ROUNDS = 20

export type Point3 = { x: number; y: number; z: number }

/** How far away something of known width stands that is `widthPx` wide in the picture and seen flat on, in metres. */
export function depthOfWidth(widthMm: number, widthPx: number, { fx }: Intrinsics): number {
  return (fx * widthMm) / widthPx / 1000
}

/** Millimetres a pixel, at the distance where the card lay and nowhere else. Needs no intrinsics. */
export function cardScale(cardWidthPx: number): number {
  return CARD_MM.width / cardWidthPx
}

/**
 * The place of a picture's point (pixels) at a distance along the optical axis: metres, x to the right, y down, z
 * away from the camera. Distortion (Brown 1966, as OpenCV has it) is undone by fixed-point iteration.
 */
export function placeOf(pixel: { x: number; y: number }, depthM: number, camera: Intrinsics): Point3 {
  const [k1 = 0, k2 = 0, p1 = 0, p2 = 0, k3 = 0] = camera.distortion
  const [x0, y0] = [(pixel.x - camera.cx) / camera.fx, (pixel.y - camera.cy) / camera.fy]
  let [x, y] = [x0, y0]
  for (let round = 0; round < UNDISTORT_ROUNDS; round++) {
    const r2 = x * x + y * y
    const radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3))
    const [dx, dy] = [2 * p1 * x * y + p2 * (r2 + 2 * x * x), p1 * (r2 + 2 * y * y) + 2 * p2 * x * y]
    x = (x0 - dx) / radial
    y = (y0 - dy) / radial
  }
  return { x: x * depthM, y: y * depthM, z: depthM }
}

/**
 * A hand in metres. `points` as detectors give them: x and y in shares of the picture, z in shares of its width, from
 * the wrist towards the camera where negative; the first is the wrist, which stands `wristDepthM` away.
 */
export function handInMetres(
  points: readonly (readonly [number, number, number])[],
  wristDepthM: number,
  camera: Intrinsics,
): Point3[] {
  const metresPerShare = (camera.width / camera.fx) * wristDepthM
  const wristZ = points[0]?.[2] ?? 0
  return points.map(([x, y, z]) =>
    placeOf(
      { x: x * camera.width, y: y * camera.height },
      wristDepthM + (z - wristZ) * metresPerShare,
      camera,
    ),
  )
}
