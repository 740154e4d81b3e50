import { Refusal } from '@chiron/core/kit'
import { ffmpegOutput } from './run-ffmpeg.ts'

/**
 * The frame shown at `timeMs` as a JPEG, upright, at most `maxWidth` (640) pixels wide: a poster.
 * @throws Refusal `frame-missing` past the end, `ffmpeg-failed` when it cannot be decoded
 */
export async function extractFrame(
  path: string,
  timeMs: number,
  options: { maxWidth?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const filter = `scale=min(${options.maxWidth ?? 640}\\,iw):-2`
  const seek = ['-ss', String(timeMs / 1000), '-i', path, '-map', '0:v:0', '-frames:v', '1']
  const bytes = await ffmpegOutput([
    ...seek,
    '-vf',
    filter,
    '-q:v',
    '4',
    '-f',
    'image2pipe',
    '-c:v',
    'mjpeg',
    '-',
  ])
  if (bytes.length === 0)
    throw new Refusal('frame-missing', { timeMs }, `The video has no frame at ${timeMs} ms.`)
  return bytes
}
