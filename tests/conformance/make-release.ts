import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { intrinsicsAt } from '@chiron/core/camera'
import { sha256, toHex } from '@chiron/core/kit'
import { type DatasetShape, type EpisodeColumnValue, openDatasetWriter } from '@chiron/formats/lerobot'
import { recordingPath, writeRecording } from '@chiron/formats/mcap'
import {
  openWriteFolder,
  type PreparedVideo,
  prepareNativeVideo,
  prepareVideo,
  zstd,
} from '@chiron/formats/node'
import { CAMERA, makeStory } from '@chiron/formats/node/testing'
import {
  EPISODE_COLUMNS,
  episodeColumns,
  provenanceText,
  type SealOrder,
  sealRelease,
} from '@chiron/formats/proof'
import { makeClips } from './make-clips.ts'

const TARGET = { fps: 30, width: 640, height: 360 }

/** What went in, for the loader to be compared with. */
export type Expected = {
  episodes: {
    tasks: string[]
    taskOfFrame: number[]
    frameCount: number
    frames: Record<string, number[][]>
    columns: Record<string, EpisodeColumnValue>
    clip: string
    kind: string
    reason: string
  }[]
}

const SHAPE: DatasetShape = {
  fps: TARGET.fps,
  robotType: 'human',
  cameras: { [CAMERA]: { width: TARGET.width, height: TARGET.height } },
  features: {
    'annotation.outcome_index': { dtype: 'int64', names: ['outcome_index'] },
    'quality.sharpness': { dtype: 'float32', names: ['sharpness'] },
    'quality.hand_xy': { dtype: 'float32', names: ['x', 'y'] },
    'capture.native_seconds': { dtype: 'float64', names: ['seconds'] },
  },
  columns: {
    ...EPISODE_COLUMNS,
    'label.disputed': 'bool',
    'label.note': 'string',
  },
}
const TASKS = [['fold the towel'], ['pick up the cup', 'put down the cup'], ['fold the towel']]

/** Makes a release of three episodes, copied and encoded anew, two cameras' worth of trouble in one. */
export async function makeRelease(folder: string, workFolder: string): Promise<Expected> {
  const clips = await makeClips(workFolder)
  const write = await openWriteFolder(folder)
  const writer = openDatasetWriter(write, SHAPE)
  const expected: Expected = { episodes: [] }
  const story = makeStory(clips.length)
  const sealed: SealOrder['episodes'][number][] = []
  for (const [index, clip] of clips.entries()) {
    const path = join(workFolder, clip)
    const prepared = await prepareVideo(path, { target: TARGET, workFolder })
    const told = story.episode(index, toHex(sha256(await readFile(path))), prepared.plan)
    const extra = { 'label.disputed': index === 1, 'label.note': index === 0 ? null : 'ünïcode ✓' }
    const episode = {
      ...describe(index, prepared),
      columns: { ...episodeColumns(told.provenance), ...extra },
    }
    sealed.push(told)
    const recording = await recordingOf(path, index, { episode, told })
    await write.write(recordingPath(index), recording)
    await writer.addEpisode({ ...episode, videos: { [CAMERA]: prepared.video } })
    expected.episodes.push({ ...episode, clip, kind: prepared.plan.kind, reason: prepared.plan.reason })
  }
  await writer.finish()
  await sealRelease(write, { ...story.order, episodes: sealed })
  await write.commit()
  return expected
}

async function recordingOf(
  path: string,
  index: number,
  { episode, told }: { episode: ReturnType<typeof describe>; told: SealOrder['episodes'][number] },
): Promise<Uint8Array> {
  const { camera } = told.provenance
  const sample = { brightness: 0.5, clippedRatio: 0.01, sharpness: 120, motion: 0.1 }
  return writeRecording(
    {
      episodeIndex: index,
      episodeId: told.provenance.episodeId,
      tasks: episode.tasks,
      video: await prepareNativeVideo(path),
      ...(camera ? { calibration: intrinsicsAt(camera, camera) } : {}),
      signals: [0, 333.3, 666.7].map((timeMs) => ({ timeMs, ...sample })),
      notes: index === 1 ? [{ timeMs: 400, text: 'the cup ☕ stands' }] : [],
      facts: episodeColumns(told.provenance),
      provenance: provenanceText(told.provenance),
      logProof: told.logProof,
    },
    zstd,
  )
}

function describe(index: number, { video, nativeTimesMs }: PreparedVideo) {
  const { frameCount } = video.probe
  const each = <T>(of: (frame: number) => T) => Array.from({ length: frameCount }, (_, frame) => of(frame))
  const tasks = TASKS[index] as string[]
  return {
    tasks,
    taskOfFrame: each((frame) => (tasks.length > 1 && frame >= frameCount / 2 ? 1 : 0)),
    frameCount,
    frames: {
      'annotation.outcome_index': each(() => [index % 2]),
      'quality.sharpness': each((frame) => [100 * Math.sin(frame / 7) + index]),
      'quality.hand_xy': each((frame) => [frame / frameCount, Math.cos(frame)]),
      'capture.native_seconds': each((frame) => [(nativeTimesMs[frame] as number) / 1000]),
    },
  }
}
