import { Refusal, utf8 } from '@chiron/core/kit'
import type { WriteFolder } from '../io.ts'
import { checkEpisode } from './check-episode.ts'
import { dataFile, type FrameTable, frameTable } from './data-file.ts'
import {
  CHUNK_SIZE,
  checkShape,
  chunkPath,
  type DatasetShape,
  type EpisodeInput,
  type EpisodeVideo,
  MAX_EPISODES,
} from './dataset.ts'
import { type EpisodeRow, episodesFile } from './episodes-file.ts'
import { infoFile, statsFile } from './info-file.ts'
import {
  addHistogram,
  type ColourHistogram,
  emptyHistogram,
  type FeatureStatistics,
  joinStatistics,
  pictureStatistics,
  vectorStatistics,
} from './statistics.ts'
import { tasksFile } from './tasks-file.ts'

/** Where an added episode went: its number and its files. */
export type WrittenEpisode = { episodeIndex: number; dataPath: string; videoPaths: Record<string, string> }

export type DatasetWriter = {
  /** @throws Refusal `episode-invalid` (nothing of it was written) or `dataset-full` */
  addEpisode(episode: EpisodeInput): Promise<WrittenEpisode>
  /** Writes what concerns the whole set. The folder is not committed: proofs may still be added. */
  finish(): Promise<{ episodeCount: number; frameCount: number; tasks: string[] }>
}

/**
 * Writes a LeRobotDataset v3.0 episode by episode; memory does not grow with the length of the set, but for
 * one row per episode. One data file and one video file per episode, under the same number.
 * @throws Refusal `dataset-shape-invalid`
 */
export function openDatasetWriter(folder: WriteFolder, shape: DatasetShape): DatasetWriter {
  checkShape(shape)
  const taskNumbers = new Map<string, number>()
  const waitingRows: EpisodeRow[] = []
  const joined = new Map<string, FeatureStatistics>()
  const colours = new Map<string, ColourHistogram>(
    Object.keys(shape.cameras).map((key) => [key, emptyHistogram()]),
  )
  let episodeCount = 0
  let frameCount = 0

  const taskIndex = (task: string): number => {
    const known = taskNumbers.get(task) ?? taskNumbers.size
    taskNumbers.set(task, known)
    return known
  }
  const flushRows = async (): Promise<void> => {
    if (waitingRows.length === 0) return
    const fileIndex = Math.floor((waitingRows[0] as EpisodeRow).episodeIndex / CHUNK_SIZE)
    const path = `meta/episodes/chunk-000/file-${String(fileIndex).padStart(3, '0')}.parquet`
    await folder.write(path, episodesFile(shape, waitingRows.splice(0)))
  }

  return {
    async addEpisode(episode) {
      if (episodeCount >= MAX_EPISODES) throw new Refusal('dataset-full', { maxEpisodes: MAX_EPISODES })
      checkEpisode(shape, episode)
      const episodeIndex = episodeCount
      const table = frameTable(shape, episode, { episodeIndex, firstFrameIndex: frameCount, taskIndex })
      const written = await writeFiles(folder, episodeIndex, { data: dataFile(shape, table), episode })
      const statistics = episodeStatistics(table, episode.videos)
      for (const [name, { colours: added }] of Object.entries(episode.videos)) {
        addHistogram(colours.get(name) as ColourHistogram, added)
      }
      for (const name of table.keys()) {
        const part = statistics.get(name) as FeatureStatistics
        const before = joined.get(name)
        joined.set(name, before === undefined ? part : joinStatistics([before, part]))
      }
      const { tasks, columns } = episode
      const row = { episodeIndex, tasks, frameCount: episode.frameCount, firstFrameIndex: frameCount }
      waitingRows.push({ ...row, statistics, columns })
      episodeCount++
      frameCount += episode.frameCount
      if (waitingRows.length === CHUNK_SIZE) await flushRows()
      return written
    },
    async finish() {
      if (episodeCount === 0) throw new Refusal('dataset-empty', {}, 'A release needs at least one episode.')
      await flushRows()
      for (const [name, histogram] of colours) joined.set(name, pictureStatistics(histogram))
      const tasks = [...taskNumbers.keys()]
      const totals = { episodes: episodeCount, frames: frameCount, tasks: tasks.length }
      await folder.write('meta/tasks.parquet', tasksFile(tasks))
      await folder.write('meta/stats.json', json(statsFile(shape, joined)))
      await folder.write('meta/info.json', json(infoFile(shape, totals)))
      return { episodeCount, frameCount, tasks }
    },
  }
}

async function writeFiles(
  folder: WriteFolder,
  episodeIndex: number,
  files: { data: Uint8Array; episode: EpisodeInput },
): Promise<WrittenEpisode> {
  const { path } = chunkPath(episodeIndex)
  const dataPath = `data/${path}.parquet`
  await folder.write(dataPath, files.data)
  const videoPaths: Record<string, string> = {}
  for (const [camera, video] of Object.entries(files.episode.videos)) {
    videoPaths[camera] = `videos/${camera}/${path}.mp4`
    await folder.write(videoPaths[camera], video.bytes)
  }
  return { episodeIndex, dataPath, videoPaths }
}

function episodeStatistics(
  table: FrameTable,
  videos: Record<string, EpisodeVideo>,
): Map<string, FeatureStatistics> {
  const statistics = new Map<string, FeatureStatistics>()
  for (const [name, rows] of table) statistics.set(name, vectorStatistics(rows))
  for (const [name, { colours }] of Object.entries(videos)) statistics.set(name, pictureStatistics(colours))
  return statistics
}

function json(value: unknown): Uint8Array {
  return utf8(`${JSON.stringify(value, null, 2)}\n`)
}
