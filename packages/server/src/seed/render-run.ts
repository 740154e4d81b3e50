import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ffmpegPath } from '@chiron/formats/node'
import type { RunPlan } from './gripper-plan.ts'
import { FRAMES_PER_SECOND, type GripperRun } from './gripper-run.ts'
import { gripperScene, SCENE } from './gripper-scene.ts'

const MAX_MESSAGE_CHARS = 2000

/** Draws a run and encodes it as H.264 at an even thirty frames a second, without B-frames, into `file` (MP4). */
export async function renderRun(plan: RunPlan, run: GripperRun, file: string): Promise<void> {
  const size = `${SCENE.width}x${SCENE.height}`
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    size,
    '-r',
    String(FRAMES_PER_SECOND),
    '-i',
    '-',
  ]
  const encoder = [
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-crf',
    '20',
    '-pix_fmt',
    'yuv420p',
    '-bf',
    '0',
    '-g',
    '15',
  ]
  const title = ['-metadata', 'title=Simulated: two-finger gripper, MuJoCo']
  const output = [
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
    '-threads',
    '1',
    '-movflags',
    '+faststart',
    '-y',
    file,
  ]
  const args = ['-hide_banner', '-loglevel', 'error', ...input, ...encoder, ...title, ...output]
  const ffmpeg = spawn(ffmpegPath(), args, { stdio: ['pipe', 'ignore', 'pipe'] })
  let message = ''
  ffmpeg.stderr.setEncoding('utf8').on('data', (text: string) => {
    message = (message + text).slice(-MAX_MESSAGE_CHARS)
  })
  // What it says is worth more than the broken pipe that follows.
  ffmpeg.stdin.on('error', () => undefined)
  const ended = once(ffmpeg, 'close')
  const scene = gripperScene(run.halfSizes, plan.colour)
  for (const frame of run.frames) {
    const isFull = !ffmpeg.stdin.write(Buffer.from(scene.draw(frame)))
    if (isFull) await Promise.race([once(ffmpeg.stdin, 'drain'), ended])
  }
  ffmpeg.stdin.end()
  const [code] = await ended
  if (code !== 0) throw new Error(`ffmpeg could not encode a simulated clip: ${message.trim()}`)
}
