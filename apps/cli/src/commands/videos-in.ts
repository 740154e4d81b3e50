import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UsageError } from '../exit.ts'

export const VIDEO_ENDINGS: ReadonlySet<string> = new Set(['.mp4', '.mov', '.m4v', '.webm', '.mkv'])

export interface VideoFile {
  path: string
  bytes: number
  changedAt: Date
  /** Hex digest of its bytes. */
  sha256(): Promise<string>
}

/** The videos of a folder by name, without its subfolders; or the one file that `target` is. */
export async function videosIn(target: string): Promise<VideoFile[]> {
  const stat = await fs.stat(target).catch(() => undefined)
  if (!stat) throw new UsageError(`${target} does not exist.`)
  if (stat.isFile()) return [await videoFile(target)]
  const names = (await fs.readdir(target)).filter(isVideo).sort()
  return Promise.all(names.map((name) => videoFile(path.join(target, name))))
}

const isVideo = (name: string): boolean =>
  !name.startsWith('.') && VIDEO_ENDINGS.has(path.extname(name).toLowerCase())

async function videoFile(file: string): Promise<VideoFile> {
  const { size, mtime } = await fs.stat(file)
  const digest = async (): Promise<string> => {
    const hash = createHash('sha256')
    await pipeline(createReadStream(file), hash)
    return hash.digest('hex')
  }
  return { path: file, bytes: size, changedAt: mtime, sha256: digest }
}
