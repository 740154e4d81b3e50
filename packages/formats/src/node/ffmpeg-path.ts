import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { Refusal } from '@chiron/core/kit'

const NAMES = process.platform === 'win32' ? ['ffmpeg.exe'] : ['ffmpeg']
let found: string | undefined

/**
 * The ffmpeg to run: `CHIRON_FFMPEG`, else the first on `PATH`, else the one the optional npm package
 * `@ffmpeg-installer/ffmpeg` brings.
 * @throws Refusal `ffmpeg-missing`, naming all three
 */
export function ffmpegPath(): string {
  const chosen = process.env.CHIRON_FFMPEG
  if (chosen !== undefined && chosen !== '') return chosen
  found ??= onPath() ?? fromPackage()
  if (found !== undefined) return found
  const message =
    'No ffmpeg found. Set CHIRON_FFMPEG to one, put one on PATH, or install the package @ffmpeg-installer/ffmpeg.'
  throw new Refusal('ffmpeg-missing', {}, message)
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable)
}

function fromPackage(): string | undefined {
  try {
    const installed: { path: string } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg')
    return isExecutable(installed.path) ? installed.path : undefined
  } catch {
    return undefined // an optional package: absent on some systems
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
