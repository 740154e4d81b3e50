import {
  judgeTake,
  type TakeLimits,
  type TakeVerdict,
  type TimedSight,
  type TimedSignals,
  timingSignals,
} from '@chiron/core/episode'

/**
 * The phone's verdict on a recording. Rate and gaps are those of the camera's own frames: on the constant
 * grid a frame the camera left out is hidden by the one before it.
 */
export function judgeRecording(recording: {
  durationMs: number
  width: number
  height: number
  sourceTimesMs: readonly number[]
  signals: readonly TimedSignals[]
  sights: readonly TimedSight[]
  limits: TakeLimits
}): TakeVerdict {
  const { durationMs, width, height, signals, sights, limits } = recording
  const { fps, droppedRatio, longestGapMs } = timingSignals(recording.sourceTimesMs)
  return judgeTake({
    probe: { durationMs, width, height, fps, droppedRatio, longestGapMs },
    signals,
    sights,
    limits,
  })
}
