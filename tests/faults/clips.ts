import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ffmpegPath } from '@chiron/formats/node'

const CODING = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '0']

/** Encodes what ffmpeg draws; `source` is a filter graph, `more` are further options of the output. */
export function makeClip(source: string, more: readonly string[] = CODING): Buffer {
  return ffmpegFile(['-f', 'lavfi', '-i', source, ...more])
}

/** Passes ffmpeg's `args` and reads the MP4 it made. */
export function ffmpegFile(args: readonly string[], input?: Buffer): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'chiron-fault-clip-'))
  try {
    const file = path.join(folder, 'clip.mp4')
    execFileSync(ffmpegPath(), ['-hide_banner', '-loglevel', 'error', '-y', ...args, file], { input })
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same film as another file: a free box of so many random bytes at its end, which players pass over. */
export function unlike(clip: Buffer, extraBytes: number): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + extraBytes)
  head.write('free', 4)
  return Buffer.concat([clip, head, randomBytes(extraBytes)])
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
