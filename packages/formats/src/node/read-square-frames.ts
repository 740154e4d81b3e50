import type { VideoProbe } from '../video/index.ts'
import { runFfmpegFrames } from './run-ffmpeg.ts'

export type SquareFrame = { timeMs: number; rgb: Uint8Array }

/**
 * Pictures of a video, evenly spread, each fitted into a square of `sidePx` with grey around it: RGB, three bytes a
 * pixel. At most `maxCount`, no more than `maxPerSecond` of them a second.
 * @throws Refusal `ffmpeg-failed`
 */
export async function readSquareFrames(
  path: string,
  probe: Pick<VideoProbe, 'durationMs'>,
  order: {
    sidePx: number
    maxCount: number
    maxPerSecond: number
    onFrame: (frame: SquareFrame) => Promise<void>
  },
): Promise<void> {
  const { sidePx, maxCount, maxPerSecond, onFrame } = order
  const rate = Math.min(maxPerSecond, (maxCount * 1000) / probe.durationMs)
  const fit = `scale=${sidePx}:${sidePx}:force_original_aspect_ratio=decrease:flags=area`
  const pad = `pad=${sidePx}:${sidePx}:(ow-iw)/2:(oh-ih)/2:color=gray`
  const filter = `fps=${rate.toFixed(6)},${fit},${pad},format=rgb24`
  const args = ['-i', path, '-map', '0:v:0', '-vf', filter, '-f', 'rawvideo', '-']
  await runFfmpegFrames(args, sidePx * sidePx * 3, (rgb, index) =>
    onFrame({ timeMs: Math.min(probe.durationMs, ((index + 0.5) * 1000) / rate), rgb }),
  )
}
