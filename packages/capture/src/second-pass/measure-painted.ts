import { frameSignals, type LumaPlane, SIGNAL_INTERVAL_MS, type TimedSignals } from '@chiron/core/episode'
import { readLuma } from '../read-luma.ts'

/**
 * Measures pictures after they were painted on, as the server will see them: a film whose background is gone is not as
 * sharp as the one that was filmed. Times count from `fromMs`.
 */
export function signalMeter(fromMs: number) {
  const signals: TimedSignals[] = []
  let before: LumaPlane | undefined
  let dueMs = Number.NEGATIVE_INFINITY
  return {
    signals,
    measure: async (canvas: OffscreenCanvas, timeMs: number): Promise<void> => {
      if (timeMs < dueMs) return
      dueMs = timeMs + SIGNAL_INTERVAL_MS - 1
      const frame = new VideoFrame(canvas, { timestamp: Math.round(timeMs * 1000) })
      try {
        const now = await readLuma(frame)
        const measured = frameSignals(now.luma, now.width, now.height, before?.luma)
        signals.push({ timeMs: Math.max(0, timeMs - fromMs), ...measured })
        before = now
      } finally {
        frame.close()
      }
    },
  }
}
