import { DEFAULT_TAKE_LIMITS, type TakeLimits } from '../../episode/index.ts'
import type { DemonstrateConfig } from './config.ts'

/** A camera may give a fifth fewer frames than were asked for before the take is called slow. */
const SLOWEST_RATIO = 0.8

/** The limits by which the phone judges a take of this campaign; the server takes `serverLimits` of them. */
export function takeLimits(config: DemonstrateConfig): TakeLimits {
  return {
    ...DEFAULT_TAKE_LIMITS,
    minDurationMs: config.minSeconds * 1000,
    maxDurationMs: config.maxSeconds * 1000,
    minSidePx: config.minHeight,
    orientation: config.orientation,
    minFps: config.fps * SLOWEST_RATIO,
    maxGapMs: Math.max(DEFAULT_TAKE_LIMITS.maxGapMs, 3000 / config.fps),
  }
}
