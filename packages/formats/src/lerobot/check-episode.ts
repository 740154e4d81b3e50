import { Refusal } from '@chiron/core/kit'
import type { VideoProbe } from '../video/index.ts'
import type { DatasetShape, EpisodeColumnType, EpisodeColumnValue, EpisodeInput } from './dataset.ts'

/**
 * Checks an episode against its dataset before anything of it is written.
 * @throws Refusal `episode-invalid` with facts `{ reason }`
 */
export function checkEpisode(shape: DatasetShape, episode: EpisodeInput): void {
  const { frameCount, tasks } = episode
  if (frameCount < 1) throw invalid('it has no frames')
  if (tasks.length === 0 || tasks.some((task) => task.trim() === '')) throw invalid('it has no task')
  if (!Array.from(episode.taskOfFrame ?? []).every((at) => at in tasks)) throw invalid('a frame has no task')
  for (const [name, type] of Object.entries(shape.columns)) {
    if (!fitsColumn(episode.columns[name] ?? null, type)) throw invalid(`${name} is not a ${type}`)
  }
  for (const [camera, size] of Object.entries(shape.cameras)) {
    const probe = episode.videos[camera]?.probe
    const fault =
      probe === undefined ? 'has no video' : videoFault(probe, { ...size, fps: shape.fps, frameCount })
    if (fault !== undefined) throw invalid(`${camera} ${fault}`)
  }
}

function videoFault(
  probe: VideoProbe,
  wanted: { width: number; height: number; fps: number; frameCount: number },
): string | undefined {
  const { width, height, fps, frameCount } = wanted
  if (probe.frameCount !== frameCount) return `has ${probe.frameCount} frames, not ${frameCount}`
  if (probe.width !== width || probe.height !== height) {
    return `is ${probe.width}×${probe.height}, not ${width}×${height}`
  }
  if (probe.fps !== fps || !probe.constantRate || probe.startMs !== 0) {
    return `does not run at an even ${fps} frames a second from 0`
  }
  if (probe.rotationDeg !== 0 || !probe.hasSquarePixels) return 'is turned or stretched'
  return probe.codec === 'avc' && probe.pixelFormat === 'yuv420p' ? undefined : 'is not H.264 yuv420p'
}

function fitsColumn(value: EpisodeColumnValue, type: EpisodeColumnType): boolean {
  if (value === null) return true
  if (type === 'string') return typeof value === 'string'
  if (type === 'bool') return typeof value === 'boolean'
  if (type === 'int64') return typeof value === 'bigint' || Number.isSafeInteger(value)
  return Number.isFinite(value)
}

function invalid(reason: string): Refusal {
  return new Refusal('episode-invalid', { reason }, `The episode does not fit the release: ${reason}.`)
}
