import { addPicture, type ColourHistogram, emptyHistogram } from '../lerobot/index.ts'
import type { VideoProbe } from '../video/index.ts'
import { runFfmpegFrames } from './run-ffmpeg.ts'

const SMALL_SIDE_PX = 150

/**
 * Colours of every frame of a video, for the statistics of a release. Pictures are shrunk to some 150 pixels
 * by leaving pixels out, as LeRobot does, so that extremes stay.
 * @throws Refusal `ffmpeg-failed`
 */
export async function readColours(path: string, probe: VideoProbe): Promise<ColourHistogram> {
  const shrink = Math.max(1, Math.floor(Math.max(probe.width, probe.height) / SMALL_SIDE_PX))
  const width = Math.max(1, Math.floor(probe.width / shrink))
  const height = Math.max(1, Math.floor(probe.height / shrink))
  const filter = `scale=${width}:${height}:flags=neighbor,format=rgb24`
  const histogram = emptyHistogram()
  const args = ['-i', path, '-map', '0:v:0', '-vsync', '0', '-vf', filter, '-f', 'rawvideo', '-']
  await runFfmpegFrames(args, width * height * 3, (frame) => addPicture(histogram, frame))
  return histogram
}
