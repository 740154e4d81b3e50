import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { ffmpegPath } from '@chiron/formats/node'
import { DemoUse } from './options.ts'

/** Long clips are cut: a take lasts seconds. Short ones repeat until here. */
const CAMERA_SECONDS = 20
const FRAMES_PER_SECOND = 30
/** As phones film, without asking too much of two cores: the short side, and the most for the long one. */
const SHORT_SIDE_PX = 480
const LONG_SIDE_MAX_PX = 1080
const MAX_MESSAGE_CHARS = 400

/**
 * Turns any video that ffmpeg reads into one that Chromium can play as a camera: MJPEG, upright, even thirty frames a
 * second, its short side 480 pixels.
 * @throws DemoUse when ffmpeg finds no picture in it
 */
export async function makeCamera(clip: string, folder: string): Promise<string> {
  const file = path.join(folder, 'camera.mjpeg')
  const wide = `min(${LONG_SIDE_MAX_PX}\\,trunc(${SHORT_SIDE_PX}*max(iw/ih\\,ih/iw)/2)*2)`
  const size = `scale='if(gte(iw,ih),${wide},${SHORT_SIDE_PX})':'if(gte(iw,ih),${SHORT_SIDE_PX},${wide})'`
  const input = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-stream_loop', '-1', '-i', clip]
  const picture = [
    '-map',
    '0:v:0',
    '-t',
    String(CAMERA_SECONDS),
    '-vf',
    `fps=${FRAMES_PER_SECOND},${size},setsar=1`,
  ]
  const coding = ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-an', '-f', 'mjpeg', '-y', file]
  const ffmpeg = spawn(ffmpegPath(), [...input, ...picture, ...coding], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  ffmpeg.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_MESSAGE_CHARS)
  })
  const [code] = (await once(ffmpeg, 'close')) as [number | null]
  const bytes = await stat(file).then(
    ({ size }) => size,
    () => 0,
  )
  if (code !== 0 || bytes === 0) throw new DemoUse(`${clip} cannot play the camera: ${reasonOf(said)}`)
  return file
}

const reasonOf = (said: string): string =>
  said === '' || said.includes('matches no streams')
    ? 'there is no picture in it.'
    : `ffmpeg says: ${said.trim()}`
