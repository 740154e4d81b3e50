import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ffmpegPath } from '@chiron/formats/node'
import { openScene, PICTURE } from '../draw/draw-run.ts'
import { openModel, type Physics } from '../model.ts'
import { SAMPLES_PER_SECOND, type SimRollout } from '../run-scenario.ts'
import type { SimScenario } from '../template.ts'

const MAX_MESSAGE_CHARS = 2000

export type Film = {
  readonly physics: Physics
  readonly scenario: SimScenario
  readonly run: SimRollout
  readonly file: string
}

/** Draws a run and encodes it as H.264 at an even thirty frames a second, without B-frames, into `file` (MP4). */
export async function renderRun({ physics, scenario, run, file }: Film): Promise<void> {
  const size = `${PICTURE.width}x${PICTURE.height}`
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    size,
    '-r',
    String(SAMPLES_PER_SECOND),
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
  const title = ['-metadata', 'title=Simulated, MuJoCo']
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
  const model = openModel(physics, scenario.mjcf)
  try {
    const scene = openScene(model, scenario)
    for (let at = 0; at < run.qpos.length; at += run.positionsPerSample) {
      const frame = scene.draw(run.qpos.subarray(at, at + run.positionsPerSample))
      const isFull = !ffmpeg.stdin.write(Buffer.from(frame))
      if (isFull) await Promise.race([once(ffmpeg.stdin, 'drain'), ended])
    }
  } finally {
    model.close()
    ffmpeg.stdin.end()
  }
  const [code] = await ended
  if (code !== 0) throw new Error(`ffmpeg could not encode a simulated clip: ${message.trim()}`)
}
