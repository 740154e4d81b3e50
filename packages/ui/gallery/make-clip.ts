import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.cache/', import.meta.url))

/** Makes the gallery's clips: a moving test picture, landscape and portrait, 10 s at 30 frames a second. */
export function makeGalleryClips(ffmpegPath: string): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, size] of Object.entries({ landscape: '640x360', portrait: '360x640' })) {
    const source = `mandelbrot=size=${size}:rate=30:end_scale=0.02:maxiter=400`
    const encoding = ['-c:v', 'libx264', '-g', '30', '-pix_fmt', 'yuv420p', '-movflags', '+faststart']
    const args = [
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      source,
      '-t',
      '10',
      ...encoding,
      `${folder}${name}.mp4`,
    ]
    const done = spawnSync(ffmpegPath, args, { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`ffmpeg could not make ${name}.mp4: ${done.stderr}`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) makeGalleryClips(process.argv[2] ?? 'ffmpeg')
