import { z } from 'zod'

/**
 * What a take must keep to, as the phone judges it. Brightness, clipping and motion are shares (0 … 1),
 * sharpness is the variance of the Laplacian, `minSidePx` the shorter side. `persistMs`: how long a picture
 * must be bad before it counts; `frozenPersistMs` the same for a picture that does not move at all.
 * `mergeGapMs`: bad spells closer than this are one. `maxClockSkewMs`: how far the device's clock may be off.
 */
export const takeLimitsSchema = z.object({
  minDurationMs: z.number().min(0),
  maxDurationMs: z.number().positive(),
  minSidePx: z.number().min(0),
  orientation: z.enum(['landscape', 'portrait', 'any']),
  minFps: z.number().min(0),
  maxDroppedRatio: z.number().min(0).max(1),
  maxGapMs: z.number().positive(),
  minBrightness: z.number().min(0).max(1),
  maxBrightness: z.number().min(0).max(1),
  maxClippedRatio: z.number().min(0).max(1),
  minSharpness: z.number().min(0),
  minMotion: z.number().min(0).max(1),
  maxMotion: z.number().min(0).max(1),
  persistMs: z.number().min(0),
  frozenPersistMs: z.number().min(0),
  mergeGapMs: z.number().min(0),
  maxClockSkewMs: z.number().min(0),
})
export type TakeLimits = z.infer<typeof takeLimitsSchema>
