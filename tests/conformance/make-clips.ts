import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ffmpegPath } from '@chiron/formats/node'

const DATA = process.env.CHIRON_DATA ?? resolve(import.meta.dirname, '../../../shared/data')
const HANDS = resolve(DATA, 'hands/human_hand_video.mp4')
const H264 = [
  '-c:v',
  'libx264',
  '-pix_fmt',
  'yuv420p',
  '-preset',
  'veryfast',
  '-crf',
  '18',
  '-bf',
  '0',
  '-an',
]

/** Runs ffmpeg, quietly. */
export function ffmpeg(...args: string[]): void {
  execFileSync(ffmpegPath(), ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', ...args], {
    stdio: 'inherit',
  })
}

/**
 * Three clips as phones send them: one fit to be copied (with a place and a time of day in it), one with
 * uneven frames, B-frames and sound, one portrait and turned.
 */
export async function makeClips(folder: string): Promise<string[]> {
  const at = (name: string) => join(folder, name)
  const real = existsSync(HANDS)
  if (!real) console.log(`No ${HANDS}: the clips are test pictures.`)
  const hands = real
    ? ['-t', '6', '-i', HANDS]
    : ['-f', 'lavfi', '-i', 'testsrc=size=1280x720:rate=30:duration=6']
  const places = ['-metadata', 'creation_time=2026-01-02T03:04:05Z', '-metadata', 'location=+48.1+011.5/']
  ffmpeg(...hands, '-vf', 'scale=640:360', ...H264, '-g', '30', ...places, at('even.mp4'))

  const moving = 'testsrc2=size=640x360:rate=60:duration=4'
  const uneven = "select='not(between(mod(n,7),3,4))'"
  const sound = ['-f', 'lavfi', '-i', 'sine=duration=4']
  const encoder = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-bf', '2', '-c:a', 'aac', '-shortest']
  ffmpeg('-f', 'lavfi', '-i', moving, ...sound, '-vf', uneven, '-vsync', 'vfr', ...encoder, at('uneven.mp4'))

  ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=480x640:rate=25:duration=3', ...H264, at('upright.mp4'))
  ffmpeg('-i', at('upright.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', at('turned.mp4'))
  return ['even.mp4', 'uneven.mp4', 'turned.mp4']
}
