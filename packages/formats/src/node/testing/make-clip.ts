import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { runFfmpeg } from '../run-ffmpeg.ts'

/** The real clip of a hand, or undefined where the data is absent: tests then say so and make do. */
export function handsClip(): string | undefined {
  const data = process.env.CHIRON_DATA ?? resolve(import.meta.dirname, '../../../../../../shared/data')
  const path = resolve(data, 'hands/human_hand_video.mp4')
  return existsSync(path) ? path : undefined
}

/** Arguments of a clip as a good phone sends it: H.264 yuv420p, even, no B-frames, a key frame a second. */
export const PHONE = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-pix_fmt',
  'yuv420p',
  '-bf',
  '0',
  '-g',
  '30',
]

/** Makes a moving test picture of some size and length, encoded as `encoder` says. */
export async function makeClip(
  path: string,
  options: { size?: string; fps?: string; seconds?: number; filter?: string; encoder?: string[] } = {},
): Promise<string> {
  const { size = '320x240', fps = '30', seconds = 1, filter = 'null', encoder = PHONE } = options
  const source = `testsrc=size=${size}:rate=${fps}:duration=${seconds}`
  await runFfmpeg(['-f', 'lavfi', '-i', source, '-vf', filter, '-vsync', 'vfr', ...encoder, '-y', path])
  return path
}
