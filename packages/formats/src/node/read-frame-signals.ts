import {
  downscaleLuma,
  frameSignals,
  lumaFromYPlane,
  SIGNAL_INTERVAL_MS,
  type TimedSignals,
} from '@chiron/core/episode'
import { probeFile } from './probe-file.ts'
import { runFfmpegFrames } from './run-ffmpeg.ts'

/**
 * Brightness, clipping, sharpness and motion of a clip, sampled every `everyMs` (100 as on the phone) from
 * its start. ffmpeg hands out the whole Y plane at studio levels, whatever the file's own range, and core's
 * functions stretch, shrink and measure it: the same arithmetic as on the phone.
 * @throws Refusal of `probeFile` or `ffmpeg-failed`
 */
export async function readFrameSignals(
  path: string,
  options: { everyMs?: number } = {},
): Promise<TimedSignals[]> {
  const everyMs = options.everyMs ?? SIGNAL_INTERVAL_MS
  const { width, height } = evenSize(await probeFile(path))
  const filter = `fps=fps=1000/${everyMs}:round=near,scale=${width}:${height}:out_range=tv,format=yuv420p`
  const args = ['-i', path, '-map', '0:v:0', '-vf', filter, '-f', 'rawvideo', '-']
  const signals: TimedSignals[] = []
  let before: Uint8Array | undefined
  await runFfmpegFrames(args, (width * height * 3) / 2, (frame, index) => {
    const full = lumaFromYPlane(frame, { width, height, strideBytes: width, fullRange: false })
    const small = downscaleLuma(full, width, height)
    signals.push({ timeMs: index * everyMs, ...frameSignals(small.luma, small.width, small.height, before) })
    before = small.luma
  })
  return signals
}

/** The size rounded down to even sides, which 4:2:0 pictures need. */
export function evenSize(size: { width: number; height: number }): { width: number; height: number } {
  return {
    width: Math.max(2, size.width - (size.width % 2)),
    height: Math.max(2, size.height - (size.height % 2)),
  }
}
