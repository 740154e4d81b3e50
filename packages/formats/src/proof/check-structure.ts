import type { ByteSource, ReadFolder } from '../io.ts'
import { type Release, type ReleaseEpisode, readParquet } from '../lerobot/index.ts'
import { probeVideo } from '../video/index.ts'
import { broken, type Check, verdict } from './check.ts'

const INFO = 'meta/info.json'
const EPISODES = 'meta/episodes'
/** The loader's own tolerance between a frame's time and its picture's. */
const TIME_TOLERANCE_SECONDS = 1e-4

/** Whether the dataset is sound: lengths add up, every frame has its row, its time and its picture. */
export async function checkStructure(folder: ReadFolder, release: Release): Promise<Check[]> {
  const faults: Check[] = totalFaults(release)
  for (const episode of release.episodes) {
    faults.push(
      ...(await fileFaults(folder, episode.dataPath, (source) => dataFaults(source, episode, release))),
    )
    for (const { path, fromSeconds } of Object.values(episode.videos)) {
      const look = (source: ByteSource) =>
        videoFaults(source, { episode, fromSeconds, fps: release.info.fps })
      faults.push(...(await fileFaults(folder, path, look)))
    }
  }
  const { episodeCount, frameCount, fps } = release.info
  const good = `${episodeCount} episodes, ${frameCount} frames at an even ${fps} a second; each has its row and picture.`
  return verdict('structure', faults, good)
}

function totalFaults({ info, episodes, tasks }: Release): Check[] {
  const faults: Check[] = []
  const fault = (what: string, file: string) => faults.push(broken('structure', what, file))
  let nextFrame = 0
  for (const [index, episode] of episodes.entries()) {
    if (episode.episodeIndex !== index)
      fault(`Episode ${episode.episodeIndex} stands at place ${index}.`, EPISODES)
    if (episode.firstFrameIndex !== nextFrame)
      fault(`Episode ${index} does not start where the last ended.`, EPISODES)
    nextFrame += episode.frameCount
    const unknown = episode.tasks.filter((task) => !tasks.includes(task))
    if (unknown.length > 0) fault(`Episode ${index} has a task that meta/tasks.parquet lacks.`, EPISODES)
  }
  if (info.episodeCount !== episodes.length) fault(`${INFO} counts ${info.episodeCount} episodes.`, INFO)
  if (info.frameCount !== nextFrame)
    fault(`${INFO} counts ${info.frameCount} frames, the episodes ${nextFrame}.`, INFO)
  if (info.taskCount !== tasks.length)
    fault(`${INFO} counts ${info.taskCount} tasks, there are ${tasks.length}.`, INFO)
  return faults
}

async function fileFaults(
  folder: ReadFolder,
  path: string,
  look: (source: ByteSource) => Promise<string[]>,
): Promise<Check[]> {
  const source = await folder.open(path)
  if (source === undefined) return [broken('structure', `${path} is missing.`, path)]
  try {
    return (await look(source)).map((what) => broken('structure', `${path}: ${what}`, path))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [broken('structure', `${path} cannot be read: ${why}`, path)]
  }
}

async function dataFaults(source: ByteSource, episode: ReleaseEpisode, release: Release): Promise<string[]> {
  const { rows, columnNames } = await readParquet(source)
  if (rows.length !== episode.frameCount) return [`${rows.length} rows for ${episode.frameCount} frames.`]
  const faults: string[] = []
  const declared = Object.entries(release.info.features).filter(([, { dtype }]) => dtype !== 'video')
  const names = declared.map(([name]) => name)
  if (names.sort().join() !== [...columnNames].sort().join())
    faults.push(`its columns are not those of ${INFO}.`)
  const wrong = rows.findIndex((row, frame) => {
    const offSeconds = Math.abs((row.timestamp as number) - frame / release.info.fps)
    const task = release.tasks[row.task_index as number]
    return !(
      row.frame_index === frame &&
      row.episode_index === episode.episodeIndex &&
      row.index === episode.firstFrameIndex + frame &&
      offSeconds <= TIME_TOLERANCE_SECONDS &&
      task !== undefined &&
      episode.tasks.includes(task)
    )
  })
  if (wrong >= 0) faults.push(`row ${wrong} has a wrong number, time or task.`)
  return faults
}

async function videoFaults(
  source: ByteSource,
  wanted: { episode: ReleaseEpisode; fromSeconds: number; fps: number },
): Promise<string[]> {
  const probe = await probeVideo(source)
  const { episode, fromSeconds, fps } = wanted
  const faults: string[] = []
  if (probe.frameCount !== episode.frameCount)
    faults.push(`${probe.frameCount} pictures for ${episode.frameCount} frames.`)
  if (fromSeconds !== 0 || probe.startMs !== 0) faults.push('it does not start at 0.')
  const late = probe.packetTimesMs.findIndex(
    (timeMs, at) => Math.abs(timeMs / 1000 - at / fps) > TIME_TOLERANCE_SECONDS,
  )
  if (late >= 0) faults.push(`picture ${late} does not stand at an even ${fps} a second.`)
  return faults
}
