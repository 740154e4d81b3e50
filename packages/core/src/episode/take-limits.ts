import type { TakeLimits } from './take-limits-schema.ts'

/** The phone's limits, tuned on real footage of a hand (see footage.test.ts). */
export const DEFAULT_TAKE_LIMITS: Readonly<TakeLimits> = Object.freeze({
  minDurationMs: 2_000,
  maxDurationMs: 60_000,
  minSidePx: 480,
  orientation: 'any',
  minFps: 24,
  maxDroppedRatio: 0.02,
  maxGapMs: 150,
  minBrightness: 0.18,
  maxBrightness: 0.82,
  maxClippedRatio: 0.5,
  minSharpness: 42,
  minMotion: 0.000_02,
  maxMotion: 0.045,
  persistMs: 700,
  frozenPersistMs: 2_000,
  mergeGapMs: 450,
  maxClockSkewMs: 10 * 60_000,
})

/**
 * How much looser the server judges than the phone, so that compression and another sampling moment never
 * turn the phone's yes into the server's no. A still scene loses its sensor noise in compression: the
 * server calls only a picture without any change frozen.
 */
export const SERVER_MARGIN = Object.freeze({
  durationMs: 250,
  sidePx: 2,
  fpsRatio: 0.95,
  droppedRatio: 0.01,
  gapRatio: 1.25,
  darkRatio: 0.88,
  brightRatio: 0.88,
  clippedRatio: 1.1,
  sharpnessRatio: 0.8,
  minMotionRatio: 0.05,
  maxMotionRatio: 1.2,
  persistMs: 250,
  mergeGapRatio: 0.6,
})

/** The server's limits for what the phone judged by `limits`. */
export function serverLimits(limits: TakeLimits): TakeLimits {
  const margin = SERVER_MARGIN
  return {
    ...limits,
    minDurationMs: Math.max(0, limits.minDurationMs - margin.durationMs),
    maxDurationMs: limits.maxDurationMs + margin.durationMs,
    minSidePx: Math.max(0, limits.minSidePx - margin.sidePx),
    minFps: limits.minFps * margin.fpsRatio,
    maxDroppedRatio: Math.min(1, limits.maxDroppedRatio + margin.droppedRatio),
    maxGapMs: limits.maxGapMs * margin.gapRatio,
    minBrightness: limits.minBrightness * margin.darkRatio,
    maxBrightness: 1 - (1 - limits.maxBrightness) * margin.brightRatio,
    maxClippedRatio: Math.min(1, limits.maxClippedRatio * margin.clippedRatio),
    minSharpness: limits.minSharpness * margin.sharpnessRatio,
    minMotion: limits.minMotion * margin.minMotionRatio,
    maxMotion: Math.min(1, limits.maxMotion * margin.maxMotionRatio),
    persistMs: limits.persistMs + margin.persistMs,
    frozenPersistMs: limits.frozenPersistMs + 4 * margin.persistMs,
    mergeGapMs: limits.mergeGapMs * margin.mergeGapRatio,
  }
}
