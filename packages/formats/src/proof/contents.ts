import type { ReadFolder } from '../io.ts'
import { type Release, readRelease } from '../lerobot/index.ts'
import { MCAP_FOLDER, type Recording, readRecordings } from '../mcap/index.ts'

export const RELEASE_FORMATS = ['lerobot', 'mcap'] as const
export type ReleaseFormat = (typeof RELEASE_FORMATS)[number]

/** What a release holds, in each of its formats; both number the same episodes alike. */
export type ReleaseContents = { dataset?: Release; recordings?: Recording[] }

/** An episode as it lies in a release: its files, and what is told of it beside them, per format. */
export type ContentEpisode = { paths: string[]; told: Record<string, unknown>[] }

/** The formats that lie in a folder. */
export async function formatsIn(folder: ReadFolder): Promise<ReleaseFormat[]> {
  const paths = (await folder.list()).map(({ path }) => path)
  return RELEASE_FORMATS.filter((format) =>
    paths.some((path) => path.startsWith(format === 'lerobot' ? 'meta/' : `${MCAP_FOLDER}/`)),
  )
}

/**
 * Reads what a release says of itself in these formats; no frames, no messages.
 * @throws Refusal `release-unreadable` with facts `{ path, reason }`
 */
export async function readContents(
  folder: ReadFolder,
  formats: readonly ReleaseFormat[],
): Promise<ReleaseContents> {
  return {
    ...(formats.includes('lerobot') ? { dataset: await readRelease(folder) } : {}),
    ...(formats.includes('mcap') ? { recordings: await readRecordings(folder) } : {}),
  }
}

/** How many episodes each of the formats holds. */
export function episodeCounts({ dataset, recordings }: ReleaseContents): number[] {
  return [dataset?.episodes.length, recordings?.length].filter((count) => count !== undefined)
}

/** The episode of that number, or undefined when one of the formats lacks it. */
export function contentEpisode(
  { dataset, recordings }: ReleaseContents,
  index: number,
): ContentEpisode | undefined {
  const found: ContentEpisode = { paths: [], told: [] }
  if (dataset !== undefined) {
    const row = dataset.episodes[index]
    if (row === undefined) return undefined
    found.paths.push(row.dataPath, ...Object.values(row.videos).map(({ path }) => path))
    found.told.push(row.columns)
  }
  if (recordings !== undefined) {
    const recording = recordings[index]
    if (recording === undefined) return undefined
    found.paths.push(recording.path)
    found.told.push(recording.facts)
  }
  return found
}

/** The instructions shown, each once, in the order they come. */
export function tasksIn({ dataset, recordings }: ReleaseContents): string[] {
  return dataset?.tasks ?? [...new Set((recordings ?? []).flatMap(({ tasks }) => tasks))]
}
