import { z } from 'zod'

/** OpenCV's pinhole model at one picture size, in pixels. `distortion`: k1, k2, p1, p2, k3. */
export const intrinsicsSchema = z.object({
  width: z.int().positive().max(8192),
  height: z.int().positive().max(8192),
  fx: z.number().positive(),
  fy: z.number().positive(),
  cx: z.number(),
  cy: z.number(),
  distortion: z.array(z.number()).length(5),
})
export type Intrinsics = z.infer<typeof intrinsicsSchema>

/**
 * What a phone knows of one of its cameras. `device`: a number the app drew on this phone, kept there and nowhere on
 * another. `camera`, `facing`: as the browser names it. `rmsPx`: how far the corners miss, root mean square, in pixels.
 * `coverageRatio`: 0 … 1, how much of what the views should show they did. `zoom`: as the browser tells it, where it does.
 */
export const calibrationSchema = z.object({
  id: z.uuid(),
  device: z.uuid(),
  camera: z.string().max(200),
  facing: z.enum(['environment', 'user']).nullable(),
  zoom: z.number().positive().nullable(),
  intrinsics: intrinsicsSchema,
  rmsPx: z.number().min(0).max(1000),
  board: z.object({
    columns: z.int().min(2).max(100),
    rows: z.int().min(2).max(100),
    squareMm: z.number().positive(),
    markerMm: z.number().positive(),
  }),
  viewCount: z.int().min(1).max(200),
  coverageRatio: z.number().min(0).max(1),
  tool: z.object({ name: z.string().max(60), version: z.string().max(40) }),
  madeAt: z.iso.datetime(),
})
export type Calibration = z.infer<typeof calibrationSchema>

export const MAX_AGE_DAYS = 180
export const MAX_RMS_PX = 1
const DAY_MS = 24 * 3600 * 1000
/** The browser rounds; a hundredth is no other zoom. */
const ZOOM_TOLERANCE = 0.01

export const STALE_REASONS = ['other-camera', 'other-size', 'other-zoom', 'inexact', 'old'] as const
export type StaleReason = (typeof STALE_REASONS)[number]

/** The camera as it is now. `camera`: as the browser names it, null where nobody knows. */
export type CameraNow = {
  nowMs: number
  camera: string | null
  width: number
  height: number
  zoom: number | null
}

/** Why a calibration should be made anew, the weightiest first; none when it serves. */
export function staleReasons(calibration: Calibration, now: CameraNow): StaleReason[] {
  const { madeAt, camera, intrinsics, rmsPx, zoom } = calibration
  const holds: Record<StaleReason, boolean> = {
    'other-camera': now.camera !== null && now.camera !== camera,
    'other-size': intrinsics.width !== now.width || intrinsics.height !== now.height,
    'other-zoom': zoom !== null && now.zoom !== null && Math.abs(zoom - now.zoom) > ZOOM_TOLERANCE,
    inexact: rmsPx > MAX_RMS_PX,
    old: now.nowMs - Date.parse(madeAt) > MAX_AGE_DAYS * DAY_MS,
  }
  return STALE_REASONS.filter((reason) => holds[reason])
}

/** A picture made larger or smaller may lose this share of its shape to whole pixels. */
const SHAPE_TOLERANCE = 0.005

/**
 * The same camera's intrinsics for its picture at another size; undefined where the shape differs, because then nobody
 * knows what was cut off. The middle of the first pixel is 0, as in OpenCV.
 */
export function intrinsicsAt(
  camera: Intrinsics,
  size: { width: number; height: number },
): Intrinsics | undefined {
  const { fx, fy, cx, cy, distortion } = camera
  const { width, height } = size
  const [x, y] = [width / camera.width, height / camera.height]
  if (Math.abs(x / y - 1) > SHAPE_TOLERANCE) return undefined
  const centre = (at: number, scale: number) => (at + 0.5) * scale - 0.5
  return { width, height, fx: fx * x, fy: fy * y, cx: centre(cx, x), cy: centre(cy, y), distortion }
}
