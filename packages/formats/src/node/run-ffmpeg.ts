import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { Refusal } from '@chiron/core/kit'
import { ffmpegPath } from './ffmpeg-path.ts'

/** Longest a single run may take; a clip is at most 1000 s and encodes faster than it plays on one core. */
const MAX_RUN_MS = 30 * 60_000
const MAX_MESSAGE_CHARS = 4000
const QUIET = ['-hide_banner', '-nostdin', '-loglevel', 'error']

/**
 * Runs ffmpeg and gives each piece of its standard output to `onBytes`, waiting for it.
 * @throws Refusal `ffmpeg-failed` with facts `{ exitCode, message }`: what ffmpeg said last
 */
export async function runFfmpeg(
  args: readonly string[],
  onBytes: (bytes: Uint8Array) => void | Promise<void> = () => {},
): Promise<void> {
  const child = spawn(ffmpegPath(), [...QUIET, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const timer = setTimeout(() => child.kill('SIGKILL'), MAX_RUN_MS)
  let message = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    message = (message + text).slice(-MAX_MESSAGE_CHARS)
  })
  const ended = exitCode(child)
  try {
    await Promise.all([pass(child.stdout, onBytes), ended])
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
  const code = await ended
  if (code !== 0)
    throw new Refusal('ffmpeg-failed', { exitCode: code, message }, `ffmpeg failed: ${message.trim()}`)
}

/** All of ffmpeg's standard output; for pictures, not for films. */
export async function ffmpegOutput(args: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  await runFfmpeg(args, (bytes) => {
    pieces.push(bytes)
  })
  return new Uint8Array(Buffer.concat(pieces))
}

/** Cuts ffmpeg's output into pieces of `sizeBytes` (raw frames), in order; each is the callee's to keep. */
export async function runFfmpegFrames(
  args: readonly string[],
  sizeBytes: number,
  onFrame: (frame: Uint8Array, index: number) => void | Promise<void>,
): Promise<number> {
  let frame = new Uint8Array(sizeBytes)
  let filled = 0
  let count = 0
  await runFfmpeg(args, async (bytes) => {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + sizeBytes - filled)
      frame.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < sizeBytes) continue
      await onFrame(frame, count)
      frame = new Uint8Array(sizeBytes)
      filled = 0
      count++
    }
  })
  return count
}

async function pass(stream: Readable, onBytes: (bytes: Uint8Array) => void | Promise<void>): Promise<void> {
  for await (const bytes of stream) await onBytes(bytes as Uint8Array)
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}
