import type { VideoPlan } from './plan-video.ts'
import type { VideoProbe } from './video-probe.ts'

/**
 * Whether the pictures of a clip can be handed on one by one as filmed (`remux`) or have to be encoded anew
 * (`transcode`), and why. Rate and size are never a reason: nothing is resampled here.
 */
export function planNative(probe: VideoProbe): Omit<VideoPlan, 'target'> {
  const obstacle = firstObstacle(probe)
  if (obstacle !== undefined) return { kind: 'transcode', reason: `Encoded anew: ${obstacle}.` }
  return { kind: 'remux', reason: 'Copied as filmed, each picture at its own time.' }
}

function firstObstacle(probe: VideoProbe): string | undefined {
  if (probe.codec !== 'avc') return `the codec is ${probe.codec}, not H.264`
  if (!['yuv420p', 'yuvj420p'].includes(probe.pixelFormat)) return `the pixel format is ${probe.pixelFormat}`
  if (probe.rotationDeg !== 0) return `the picture is stored turned by ${probe.rotationDeg}°`
  if (!probe.hasSquarePixels) return 'its pixels are not square'
  if (probe.hasBFrames) return 'its frames are not stored in the order they are shown'
  return undefined
}
