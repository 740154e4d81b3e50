import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'

const ROOT = path.resolve(import.meta.dirname, '../..')

export interface DemoOptions {
  /** The video that plays the camera; undefined: a clip simulated on this machine. */
  camera: string | undefined
  /** Where the dataset goes; empty or not there yet. */
  out: string
  /** Where the pictures of the screens go. */
  screens: string
}

/** A wrong use of the demo, said in words. */
export class DemoUse extends Error {}

export const HELP = `npm run demo -- [--camera CLIP] [--out DIR]

  Plays the whole main job with real browsers on a Chiron of its own: a team orders work, a worker films it with
  CLIP as the camera, others judge it and do not all agree, a reviewer settles it, a dataset comes out and is verified.

npm run demo -- arena [--out DIR]

  Simulates three controllers of different skill in MuJoCo on a generated suite; scripted raters compare their runs through
  real browsers until the leaderboard is settled. Says how many votes that took against judging all pairs evenly, and ends
  with 1 when the order is wrong. Pictures of screens go to DIR.

  --camera CLIP  any video that ffmpeg reads: portrait or landscape, short (it repeats) or long (its beginning).
                 By default the hands of ../shared/data (CHIRON_DATA) when they are there, else a simulated clip.
  --out DIR      where the dataset goes; must be empty or not there yet. By default a new folder in .chiron-demo/.
                 Pictures of the screens go to DIR-screens.`

export interface ArenaOptions {
  /** Where the pictures of the screens go. */
  screens: string
}

/**
 * What to play of the arena, from the words after `npm run demo -- arena`; undefined when help was asked for.
 * @throws DemoUse
 */
export function readArena(args: readonly string[], now: Date): ArenaOptions | undefined {
  const { camera, out, help } = parsed(args)
  if (help) return undefined
  if (camera !== undefined) throw new DemoUse('The arena needs no camera: its clips are simulated.')
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-')
  return { screens: path.resolve(out ?? path.join(ROOT, '.chiron-demo', stamp, 'screens')) }
}

/**
 * What to play, from the words after `npm run demo --`; undefined when help was asked for.
 * @throws DemoUse when something given cannot be used; nothing has been touched then
 */
export function readOptions(args: readonly string[], now: Date): DemoOptions | undefined {
  const { camera, out, help } = parsed(args)
  if (help) return undefined
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-')
  const target = path.resolve(out ?? path.join(ROOT, '.chiron-demo', stamp, 'dataset'))
  const screens = out === undefined ? path.join(path.dirname(target), 'screens') : `${target}-screens`
  refuseUnlessEmpty(target)
  return { camera: camera === undefined ? handsClip() : givenClip(camera), out: target, screens }
}

function parsed(args: readonly string[]): { camera?: string; out?: string; help?: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        camera: { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (cause) {
    throw new DemoUse(`${(cause as Error).message}\n\n${HELP}`)
  }
}

function refuseUnlessEmpty(folder: string): void {
  if (!existsSync(folder)) return
  if (!statSync(folder).isDirectory()) throw new DemoUse(`--out ${folder} is a file; give a folder.`)
  if (readdirSync(folder).length > 0)
    throw new DemoUse(
      `--out ${folder} is not empty; nothing was written. Give a folder that is empty or new.`,
    )
}

function givenClip(clip: string): string {
  const full = path.resolve(clip)
  if (!existsSync(full) || !statSync(full).isFile()) throw new DemoUse(`--camera ${full} is not a file.`)
  return full
}

function handsClip(): string | undefined {
  const data = process.env.CHIRON_DATA ?? path.resolve(ROOT, '../shared/data')
  const clip = path.join(data, 'hands/human_hand_video.mp4')
  return existsSync(clip) ? clip : undefined
}
