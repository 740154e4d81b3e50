import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readParquet, readRelease } from '@chiron/formats/lerobot'
import { readFolder } from '@chiron/formats/node'
import { ffmpeg } from './make-clips.ts'
import type { Expected } from './make-release.ts'

const SMALLER = 8

type Pictures = Record<string, { path: string; width: number; height: number }>
type ReferenceEpisode = Omit<
  Expected['episodes'][number],
  'hands' | 'body' | 'corrected' | 'redaction' | 'motion' | 'clip' | 'kind' | 'reason'
> & {
  pictures: Pictures
}

/**
 * Writes what the loader must find into `folder`: numbers as JSON, pictures as raw RGB decoded by ffmpeg, an
 * eighth of their size. With `expected`, both come from what went into the release (the filmed clips in
 * `clipFolder`); without, from the release's own files, read by our own reader.
 */
export async function writeReference(
  releaseFolder: string,
  folder: string,
  made?: { expected: Expected; clipFolder: string },
): Promise<void> {
  const release = await readRelease(readFolder(releaseFolder))
  const episodes: ReferenceEpisode[] = []
  for (const episode of release.episodes) {
    const expected = made?.expected.episodes[episode.episodeIndex]
    const pictures: Pictures = {}
    for (const [camera, video] of Object.entries(episode.videos)) {
      const [height = 0, width = 0] = release.info.features[camera]?.shape ?? []
      const from = expected ? join(made?.clipFolder ?? '', expected.clip) : resolve(releaseFolder, video.path)
      const path = `${episode.episodeIndex}-${camera}.rgb`
      pictures[camera] = decodeSmall(from, join(folder, path), { width, height, fps: release.info.fps, path })
    }
    if (expected) {
      const { tasks, taskOfFrame, frameCount, frames, columns } = expected
      episodes.push({ tasks, taskOfFrame, frameCount, frames, columns, pictures })
    } else {
      episodes.push({ ...(await ownNumbers(releaseFolder, release.tasks, episode)), pictures })
    }
  }
  await writeFile(join(folder, 'reference.json'), JSON.stringify({ fps: release.info.fps, episodes }))
}

type Episode = Awaited<ReturnType<typeof readRelease>>['episodes'][number]

async function ownNumbers(releaseFolder: string, allTasks: string[], episode: Episode) {
  const source = await readFolder(releaseFolder).open(episode.dataPath)
  if (source === undefined) throw new Error(`${episode.dataPath} is missing`)
  const { rows, columnNames } = await readParquet(source)
  const own = ['timestamp', 'frame_index', 'episode_index', 'index', 'task_index']
  const row = (value: unknown) => (Array.isArray(value) ? value : [value]) as number[]
  const features = columnNames.filter((name) => !own.includes(name))
  return {
    tasks: episode.tasks,
    taskOfFrame: rows.map(({ task_index }) =>
      episode.tasks.indexOf(allTasks[task_index as number] as string),
    ),
    frameCount: episode.frameCount,
    frames: Object.fromEntries(features.map((name) => [name, rows.map((cells) => row(cells[name]))])),
    columns: episode.columns as Expected['episodes'][number]['columns'],
  }
}

function decodeSmall(
  from: string,
  to: string,
  size: { width: number; height: number; fps: number; path: string },
): Pictures[string] {
  const shape = `${size.width}:${size.height}`
  const width = Math.max(1, Math.floor(size.width / SMALLER))
  const height = Math.max(1, Math.floor(size.height / SMALLER))
  const filter = [
    `setpts=PTS-STARTPTS,fps=fps=${size.fps}:round=near,scale=${shape}:force_original_aspect_ratio=decrease`,
    `pad=${shape}:(ow-iw)/2:(oh-ih)/2,format=rgb24,scale=${width}:${height}:flags=area`,
  ].join(',')
  ffmpeg('-i', from, '-map', '0:v:0', '-vf', filter, '-pix_fmt', 'rgb24', '-f', 'rawvideo', to)
  return { path: size.path, width, height }
}
