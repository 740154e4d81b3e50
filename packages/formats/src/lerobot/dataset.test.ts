import { expect, test } from 'vitest'
import { bytesSource, type WriteFolder } from '../io.ts'
import type { VideoProbe } from '../video/index.ts'
import { memoryFolder } from '../web/index.ts'
import {
  addPicture,
  type DatasetShape,
  type EpisodeInput,
  emptyHistogram,
  openDatasetWriter,
  readParquet,
  readRelease,
} from './index.ts'

const CAMERA = 'observation.images.phone'
const SHAPE: DatasetShape = {
  fps: 10,
  robotType: 'human',
  cameras: { [CAMERA]: { width: 4, height: 2 } },
  features: {
    'annotation.outcome_index': { dtype: 'int64', names: ['outcome_index'] },
    'quality.hand_xy': { dtype: 'float32', names: ['x', 'y'] },
  },
  columns: { 'provenance.episode_id': 'string', 'label.probability': 'float64', 'label.disputed': 'bool' },
}

/** What a finished video measures; the writer never looks into the bytes. */
function video(frameCount: number): EpisodeInput['videos'][string] {
  const probe: VideoProbe = {
    container: 'mp4',
    codec: 'avc',
    pixelFormat: 'yuv420p',
    width: 4,
    height: 2,
    hasSquarePixels: true,
    rotationDeg: 0,
    durationMs: frameCount * 100,
    frameCount,
    packetTimesMs: Float64Array.from({ length: frameCount }, (_, at) => at * 100),
    startMs: 0,
    fps: 10,
    constantRate: true,
    keyFrameIntervalMax: 2,
    hasBFrames: false,
    hasAudio: false,
  }
  const colours = emptyHistogram()
  for (let frame = 0; frame < frameCount; frame++) addPicture(colours, new Uint8Array(24).fill(frame))
  return { bytes: new Uint8Array([1, 2, 3, frameCount]), probe, colours }
}

function episode(frameCount: number, change: Partial<EpisodeInput> = {}): EpisodeInput {
  const each = <T>(of: (frame: number) => T) => Array.from({ length: frameCount }, (_, frame) => of(frame))
  return {
    tasks: ['fold'],
    frameCount,
    videos: { [CAMERA]: video(frameCount) },
    frames: {
      'annotation.outcome_index': each(() => 1),
      'quality.hand_xy': each((frame) => [frame, frame / 3]),
    },
    columns: { 'provenance.episode_id': 'e', 'label.probability': 0.5, 'label.disputed': null },
    ...change,
  }
}

async function write(folder: WriteFolder, episodes: EpisodeInput[]) {
  const writer = openDatasetWriter(folder, SHAPE)
  for (const one of episodes) await writer.addEpisode(one)
  return writer.finish()
}

test('LER-1 what is written is read back', async () => {
  const folder = memoryFolder()
  const two = episode(5, {
    tasks: ['open', 'fold'],
    taskOfFrame: [0, 0, 1, 1, 1],
    columns: { 'provenance.episode_id': 'ü', 'label.probability': null, 'label.disputed': true },
  })
  expect(await write(folder, [episode(3), two])).toEqual({
    episodeCount: 2,
    frameCount: 8,
    tasks: ['fold', 'open'],
  })
  const { info, tasks, episodes } = await readRelease(folder)
  expect(info).toMatchObject({ fps: 10, episodeCount: 2, frameCount: 8, taskCount: 2, robotType: 'human' })
  expect(tasks).toEqual(['fold', 'open'])
  expect(episodes[1]).toEqual({
    episodeIndex: 1,
    tasks: ['open', 'fold'],
    frameCount: 5,
    firstFrameIndex: 3,
    dataPath: 'data/chunk-000/file-001.parquet',
    videos: { [CAMERA]: { path: `videos/${CAMERA}/chunk-000/file-001.mp4`, fromSeconds: 0, toSeconds: 0.5 } },
    columns: { 'provenance.episode_id': 'ü', 'label.probability': null, 'label.disputed': true },
  })
  const { rows } = await readParquet((await folder.open('data/chunk-000/file-001.parquet'))!)
  expect(rows[2]).toEqual({
    timestamp: Math.fround(0.2),
    frame_index: 2,
    episode_index: 1,
    index: 5,
    task_index: 0,
    'annotation.outcome_index': 1,
    'quality.hand_xy': [2, Math.fround(2 / 3)],
  })
  expect(rows.map(({ task_index }) => task_index)).toEqual([1, 1, 0, 0, 0])
})

test('LER-3 one snappy row group per episode; the task is the pandas index', async () => {
  const folder = memoryFolder()
  await write(folder, [episode(1200)])
  const data = await readParquet((await folder.open('data/chunk-000/file-000.parquet'))!)
  expect(data.rowGroupCount).toBe(1)
  const [group] = data.metadata.row_groups
  expect(group?.columns.every(({ meta_data }) => meta_data?.codec === 'SNAPPY')).toBe(true)
  expect(data.metadata.schema.find(({ name }) => name === 'timestamp')).toMatchObject({ type: 'FLOAT' })
  const vector = data.metadata.schema.findIndex(({ name }) => name === 'quality.hand_xy')
  expect(data.metadata.schema[vector]).toMatchObject({ converted_type: 'LIST' })
  expect(data.metadata.schema[vector + 2]).toMatchObject({ name: 'element', type: 'FLOAT' })
  const tasks = await readParquet((await folder.open('meta/tasks.parquet'))!)
  const pandas = tasks.metadata.key_value_metadata?.find(({ key }) => key === 'pandas')?.value
  expect(JSON.parse(pandas ?? '')).toMatchObject({ index_columns: ['task'] })
})

test('LER-2 statistics stand per episode and for the set, those of pictures nested (3, 1, 1)', async () => {
  const folder = memoryFolder()
  await write(folder, [episode(3), episode(5)])
  const { rows } = await readParquet((await folder.open('meta/episodes/chunk-000/file-000.parquet'))!)
  expect(rows[1]).toMatchObject({
    'stats/index/min': [3],
    'stats/index/max': [7],
    'stats/index/count': [5],
    'stats/quality.hand_xy/max': [4, Math.fround(4 / 3)],
    [`stats/${CAMERA}/max`]: [[[4 / 255]], [[4 / 255]], [[4 / 255]]],
    [`stats/${CAMERA}/count`]: [5],
  })
  const stats = JSON.parse(await textOf(folder, 'meta/stats.json'))
  expect(stats.index).toMatchObject({ min: [0], max: [7], mean: [3.5], count: [8] })
  expect(stats[CAMERA].mean).toEqual(
    [[[13 / 8 / 255]], [[13 / 8 / 255]], [[13 / 8 / 255]]].map((nested) => [
      [expect.closeTo(nested[0]![0]!, 10)],
    ]),
  )
})

test('LER-7 gaps are NaN, do not count in statistics, and are let through only where a feature says so', async () => {
  const folder = memoryFolder()
  const name = 'annotation.hands.left.points'
  const gapped = { dtype: 'float32' as const, names: ['x', 'y'], hasGaps: true as const }
  const writer = openDatasetWriter(folder, { ...SHAPE, features: { ...SHAPE.features, [name]: gapped } })
  const none = [Number.NaN, Number.NaN]
  const withPoints = (points: number[][]) => {
    const one = episode(points.length)
    return { ...one, frames: { ...one.frames, [name]: points } }
  }
  await writer.addEpisode(withPoints([none, none]))
  await writer.addEpisode(withPoints([[0.25, 0.5], none, [0.75, 0.5]]))
  for (const bad of [[0.5, Number.NaN], [0.5]])
    await expect(writer.addEpisode(withPoints([bad]))).rejects.toMatchObject({ code: 'episode-invalid' })
  const half = episode(2)
  half.frames = { ...half.frames, [name]: [none, none], 'quality.hand_xy': [none, none] }
  await expect(writer.addEpisode(half)).rejects.toMatchObject({ code: 'episode-invalid' })
  await writer.finish()
  const stats = JSON.parse(await textOf(folder, 'meta/stats.json'))
  expect(stats[name]).toMatchObject({
    min: [0.25, 0.5],
    max: [0.75, 0.5],
    mean: [0.5, 0.5],
    std: [0.25, 0],
    count: [2],
  })
  const release = await readRelease(folder)
  const { rows } = await readParquet((await folder.open(release.episodes[1]!.dataPath))!)
  expect(rows.map((row) => row[name])).toEqual([[0.25, 0.5], none, [0.75, 0.5]])

  const unseen = memoryFolder()
  const blind = openDatasetWriter(unseen, { ...SHAPE, features: { ...SHAPE.features, [name]: gapped } })
  await blind.addEpisode(withPoints([none]))
  await blind.finish()
  const told = JSON.parse(await textOf(unseen, 'meta/stats.json'))
  expect(Object.keys(told)).not.toContain(name)
})

test('LER-4 an episode that does not fit is refused and leaves nothing behind', async () => {
  const folder = memoryFolder()
  const writer = openDatasetWriter(folder, SHAPE)
  await writer.addEpisode(episode(3))
  const before = (await folder.list()).length
  const good = episode(4)
  const other = (change: Partial<VideoProbe>) => {
    const it = video(4)
    return { videos: { [CAMERA]: { ...it, probe: { ...it.probe, ...change } } } }
  }
  const bad: Partial<EpisodeInput>[] = [
    { frameCount: 0 },
    { frameCount: 5 },
    { tasks: [] },
    { tasks: [' '] },
    { videos: {} },
    other({ fps: 11 }),
    other({ startMs: 5 }),
    other({ constantRate: false }),
    other({ width: 6 }),
    other({ codec: 'vp9' }),
    other({ pixelFormat: 'yuvj420p' }),
    other({ rotationDeg: 90 }),
    { tasks: ['never seen'], frames: { ...good.frames, 'annotation.outcome_index': [1, 2, 3] } },
    { tasks: ['never seen'], frames: { ...good.frames, 'quality.hand_xy': [[1], [1], [1], [1]] } },
    { tasks: ['never seen'], frames: { ...good.frames, 'annotation.outcome_index': [1, 1, Number.NaN, 1] } },
    { tasks: ['never seen'], frames: { ...good.frames, 'annotation.outcome_index': [1, 1, 0.5, 1] } },
    { tasks: ['never seen'], taskOfFrame: [0, 0, 1, 0] },
    { columns: { ...good.columns, 'label.probability': 'high' } },
    { columns: { ...good.columns, 'provenance.episode_id': 7 } },
  ]
  for (const change of bad) {
    await expect(writer.addEpisode({ ...good, ...change }), JSON.stringify(change)).rejects.toMatchObject({
      code: 'episode-invalid',
    })
  }
  expect((await folder.list()).length).toBe(before)
  await writer.addEpisode(good)
  expect(await writer.finish()).toEqual({ episodeCount: 2, frameCount: 7, tasks: ['fold'] })
})

test('LER-5 names the loader would stumble over are refused at once', () => {
  const one = { dtype: 'float32' as const, names: ['x'] }
  const bad: Partial<DatasetShape>[] = [
    { fps: 29.97 },
    { features: { 'quality/x': one } },
    { features: { 'quality.image_noise': one } },
    { features: { timestamp: one } },
    { features: { 'quality.nothing': { dtype: 'float32', names: [] } } },
    { cameras: { phone: { width: 4, height: 2 } } },
    { columns: { 'stats/x/min': 'float64' } },
    { columns: { length: 'int64' } },
  ]
  for (const change of bad) {
    const open = () => openDatasetWriter(memoryFolder(), { ...SHAPE, ...change })
    expect(open, JSON.stringify(change)).toThrow(expect.objectContaining({ code: 'dataset-shape-invalid' }))
  }
})

test('LER-1 more than a thousand episodes go on in the next folder', async () => {
  const folder = memoryFolder()
  await write(
    folder,
    Array.from({ length: 1002 }, () => episode(1)),
  )
  const { episodes } = await readRelease(folder)
  expect(episodes).toHaveLength(1002)
  expect(episodes[1001]).toMatchObject({ episodeIndex: 1001, dataPath: 'data/chunk-001/file-001.parquet' })
  expect(await folder.open('meta/episodes/chunk-000/file-001.parquet')).toBeDefined()
})

test('LER-1 a damaged dataset is refused with the file that is damaged', async () => {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  await write(memoryFolder(files), [episode(3)])
  for (const path of ['meta/info.json', 'meta/tasks.parquet', 'meta/episodes/chunk-000/file-000.parquet']) {
    const whole = files.get(path)!
    for (const bytes of [new Uint8Array(0), whole.slice(0, whole.length / 2)]) {
      const folder = memoryFolder(new Map([...files, [path, bytes]]))
      await expect(readRelease(folder)).rejects.toMatchObject({ code: 'release-unreadable', facts: { path } })
    }
  }
  await expect(readParquet(bytesSource(new Uint8Array(40)))).rejects.toThrow()
})

async function textOf(folder: ReturnType<typeof memoryFolder>, path: string): Promise<string> {
  const source = await folder.open(path)
  return new TextDecoder().decode(await source?.read(0, source.sizeBytes))
}
