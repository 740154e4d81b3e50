import type { EpisodeDetail } from '@chiron/contract'
import type { FrameFeature } from '@chiron/formats/lerobot'
import type { PreparedVideo } from '@chiron/formats/node'

/** Numbers per frame that every release of ours has beside LeRobot's own. */
export const FRAME_FEATURES: Record<string, FrameFeature> = {
  'annotation.moment_votes': { dtype: 'int64', names: ['votes'] },
  'quality.brightness': { dtype: 'float32', names: ['share'] },
  'quality.sharpness': { dtype: 'float32', names: ['laplacian_variance'] },
  'quality.motion': { dtype: 'float32', names: ['share'] },
  'capture.native_seconds': { dtype: 'float64', names: ['seconds'] },
}

interface Known {
  prepared: PreparedVideo
  signals: EpisodeDetail['signals']
  labels: EpisodeDetail['labels']
}

/**
 * Those numbers for one episode: how many people pointed at the frame, what the checks measured nearest to it, and
 * when the frame was really filmed.
 */
export function frameFeatures({ prepared, signals, labels }: Known): Record<string, number[]> {
  const { nativeTimesMs: timesMs, video } = prepared
  const frames = Array.from({ length: video.probe.frameCount }, (_, frame) => frame)
  const votes = new Map<number, number>()
  for (const { momentMs } of labels) {
    if (momentMs === null) continue
    const frame = nearest(timesMs, momentMs)
    votes.set(frame, (votes.get(frame) ?? 0) + 1)
  }
  const sampleTimes = signals.map(({ timeMs }) => timeMs)
  const sampled = (of: 'brightness' | 'sharpness' | 'motion') =>
    frames.map((frame) => signals[nearest(sampleTimes, timesMs[frame] ?? 0)]?.[of] ?? 0)
  return {
    'annotation.moment_votes': frames.map((frame) => votes.get(frame) ?? 0),
    'quality.brightness': sampled('brightness'),
    'quality.sharpness': sampled('sharpness'),
    'quality.motion': sampled('motion'),
    'capture.native_seconds': frames.map((frame) => (timesMs[frame] ?? 0) / 1000),
  }
}

/** Place of the time in an ascending list that is closest; 0 in an empty one. */
function nearest(times: ArrayLike<number>, time: number): number {
  let [low, high] = [0, Math.max(0, times.length - 1)]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) < time) low = middle + 1
    else high = middle
  }
  const isBeforeCloser = low > 0 && time - (times[low - 1] ?? 0) <= (times[low] ?? 0) - time
  return isBeforeCloser ? low - 1 : low
}
