import type { ReleaseVideo } from '../video/index.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

/**
 * Encodes a clip anew as the release wants it: H.264 yuv420p, a key frame every 2 frames, no B-frames, even
 * frames from 0, upright, square pixels, fitted into the size with black bars where the shape differs, index
 * in front, no sound, no metadata.
 * @throws Refusal `ffmpeg-failed`
 */
export async function transcodeForLeRobot(
  fromPath: string,
  toPath: string,
  target: ReleaseVideo,
): Promise<void> {
  const { fps, width, height } = target
  const shape = `${width}:${height}`
  const filter = [
    'setpts=PTS-STARTPTS',
    `fps=fps=${fps}:round=near`,
    'scale=trunc(iw*sar):ih', // square pixels first: the fit below looks at pixels alone
    `scale=${shape}:force_original_aspect_ratio=decrease:out_range=tv`,
    `pad=${shape}:(ow-iw)/2:(oh-ih)/2`,
    'setsar=1',
    'format=yuv420p',
  ].join(',')
  await encode({
    fromPath,
    toPath,
    filter,
    keyFrameGap: 2,
    timing: ['-video_track_timescale', String(fps * 512)],
  })
}

/** Fine enough to tell apart the times of any camera; ffmpeg's own choice may be coarser. */
const NATIVE_TIMESCALE = 90_000
const NATIVE_KEY_FRAME_GAP = 30

/**
 * Encodes a clip anew with nothing changed but the coding: each frame keeps its time, the picture its size (made even),
 * upright, square pixels.
 * @throws Refusal `ffmpeg-failed`
 */
export function encodeAsFilmed(fromPath: string, toPath: string): Promise<void> {
  const filter = 'scale=trunc(iw*sar/2)*2:trunc(ih/2)*2:out_range=tv,setsar=1,format=yuv420p'
  const timing = ['-vsync', 'passthrough', '-enc_time_base', `1:${NATIVE_TIMESCALE}`]
  return encode({
    fromPath,
    toPath,
    filter,
    keyFrameGap: NATIVE_KEY_FRAME_GAP,
    timing: [...timing, '-video_track_timescale', String(NATIVE_TIMESCALE)],
  })
}

interface Encoding {
  fromPath: string
  toPath: string
  filter: string
  keyFrameGap: number
  timing: string[]
}

async function encode({ fromPath, toPath, filter, keyFrameGap, timing }: Encoding): Promise<void> {
  const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-bf', '0', '-sc_threshold', '0']
  const clean = [
    '-map_metadata',
    '-1',
    '-map_chapters',
    '-1',
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
  ]
  const output = [...timing, '-movflags', '+faststart', '-f', 'mp4', '-y', toPath]
  const encoder = [...h264, '-g', String(keyFrameGap)]
  await runFfmpeg(['-i', fromPath, '-map', '0:v:0', '-an', '-vf', filter, ...encoder, ...clean, ...output])
}
