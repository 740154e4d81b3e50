import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { toBase64, utf8 } from '@chiron/core/kit'
import { McapWriter } from '@mcap/core'
import { afterAll, expect, test } from 'vitest'
import { bytesSource, type ReadFolder } from '../io.ts'
import { parquetFile } from '../lerobot/parquet.ts'
import { readFolder } from '../node/index.ts'
import { makeClip } from '../node/testing/index.ts'
import { readTrajectory } from '../trajectory/index.ts'
import { probeVideo, readAvcFrames } from '../video/index.ts'
import { lerobotRollouts, manifestRollouts, mcapRollout, type RolloutResult } from './index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chiron-rollouts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '0', '-g', '2']
const clip = await makeClip(path.join(folder, 'clip.mp4'), { seconds: 2, fps: '10', encoder: H264 })
const clipBytes = new Uint8Array(readFileSync(clip))

const all = async (results: AsyncIterable<RolloutResult>) => {
  const list: RolloutResult[] = []
  for await (const result of results) list.push(result)
  return list
}
const good = (result: RolloutResult | undefined) => {
  if (!result?.ok) throw new Error(JSON.stringify(result))
  return result.rollout
}
const numbers = (result: RolloutResult | undefined, name: string) => {
  const stream = good(result).streams.find((each) => each.name === name)
  return readTrajectory(new TextDecoder().decode(stream?.bytes))
}

/** As LeRobot writes it: several episodes in one data file and one video. */
function dataset(change: { state?: (row: number) => number[]; lengths?: number[] } = {}): ReadFolder {
  const state = change.state ?? ((row: number) => [Math.fround(row / 3), -row])
  const lengths = change.lengths ?? [12, 8]
  const rows = [12, 8].flatMap((length, episode) =>
    Array.from({ length }, (_, frame) => ({ episode, frame, length })),
  )
  const int = (name: string) => ({ name, type: { base: 'int64', lists: 0 } }) as const
  const data = parquetFile([
    { name: 'timestamp', type: { base: 'float32', lists: 0 } },
    int('episode_index'),
    { name: 'observation.state', type: { base: 'float32', lists: 1 } },
    { name: 'next.success', type: { base: 'bool', lists: 0 } },
  ])
  data.addRowGroup([
    rows.map(({ frame }) => Math.fround(frame / 10)),
    rows.map(({ episode }) => episode),
    rows.map((_, row) => state(row)),
    rows.map(({ episode, frame }) => episode === 1 && frame === 7),
  ])
  const tasks = parquetFile([
    int('task_index'),
    { name: '__index_level_0__', type: { base: 'string', lists: 0 } },
  ])
  tasks.addRowGroup([[0], ['Pick it up']])
  const CAMERA = 'videos/observation.images.top'
  const double = (name: string) => ({ name, type: { base: 'float64', lists: 0 } }) as const
  const episodes = parquetFile([
    int('episode_index'),
    { name: 'tasks', type: { base: 'string', lists: 1 } },
    ...['length', 'data/chunk_index', 'data/file_index', 'dataset_from_index'].map(int),
    ...[`${CAMERA}/chunk_index`, `${CAMERA}/file_index`].map(int),
    ...[`${CAMERA}/from_timestamp`, `${CAMERA}/to_timestamp`].map(double),
    int('seed'),
  ])
  const two = (a: number, b: number) => [a, b]
  episodes.addRowGroup([
    two(0, 1),
    [['Pick it up'], ['Pick it up']],
    lengths,
    two(0, 0),
    two(0, 0),
    two(0, 12),
    two(0, 0),
    two(0, 0),
    two(0, 1.2),
    two(1.2, 2),
    two(41, 42),
  ])
  const info = {
    codebase_version: 'v3.0',
    fps: 10,
    robot_type: 'so101',
    total_episodes: 2,
    total_frames: 20,
    total_tasks: 1,
    features: {
      'observation.images.top': { dtype: 'video', shape: [240, 320, 3], names: null },
      'observation.state': { dtype: 'float32', shape: [2], names: { motors: ['pan', 'lift'] } },
      'next.success': { dtype: 'bool', shape: [1], names: null },
      language: { dtype: 'string', shape: [1], names: null },
      timestamp: { dtype: 'float32', shape: [1], names: null },
    },
  }
  const files: Record<string, Uint8Array<ArrayBuffer>> = {
    'meta/info.json': utf8(JSON.stringify(info)),
    'meta/tasks.parquet': tasks.finish(),
    'meta/episodes/chunk-000/file-000.parquet': episodes.finish(),
    'data/chunk-000/file-000.parquet': data.finish(),
    'videos/observation.images.top/chunk-000/file-000.mp4': clipBytes,
  }
  return {
    list: async () => Object.entries(files).map(([name, bytes]) => ({ path: name, sizeBytes: bytes.length })),
    open: async (name) => (files[name] ? bytesSource(files[name]) : undefined),
    sha256: async () => undefined,
  }
}

test('RLO-1 episodes of one file come apart, each number and picture its own', async () => {
  const results = await all(lerobotRollouts(dataset()))
  expect(results.map((each) => good(each).facts)).toMatchObject([
    { task: 'Pick it up', success: false, seed: 41 },
    { task: 'Pick it up', success: true, seed: 42 },
  ])
  expect(good(results[0]).leftOut).toEqual(['language (string): only numbers and videos are brought in'])
  const second = numbers(results[1], 'observation.state')
  expect(second.columns).toEqual(['pan', 'lift'])
  expect([...second.timesMs].map((time) => Math.fround(time / 1000))).toEqual(
    Array.from({ length: 8 }, (_, frame) => Math.fround(frame / 10)),
  )
  expect([...(second.values[0] ?? [])]).toEqual(
    Array.from({ length: 8 }, (_, at) => Math.fround((12 + at) / 3)),
  )
  const filmed = await readAvcFrames(bytesSource(clipBytes))
  for (const [at, [from, to]] of [
    [0, 12],
    [12, 20],
  ].entries()) {
    const video = good(results[at]).streams.find(({ kind }) => kind === 'video')
    const frames = await readAvcFrames(bytesSource(video?.bytes as Uint8Array<ArrayBuffer>))
    expect(frames.map(({ bytes }) => bytes)).toEqual(filmed.slice(from, to).map(({ bytes }) => bytes))
    expect(video?.startMs).toBe(0)
  }
})

test('RLO-4 a frame of the wrong size and a count that does not fit keep only their episode out', async () => {
  const wrong = await all(lerobotRollouts(dataset({ state: (row) => (row === 14 ? [1] : [1, 2]) })))
  expect(wrong.map(({ ok }) => ok)).toEqual([true, false])
  expect(wrong[1]).toEqual({
    ok: false,
    fault: {
      file: 'data/chunk-000/file-000.parquet',
      row: 15,
      reason: 'episode 1: row 15: observation.state has 1 values, not 2',
    },
  })
  const short = await all(lerobotRollouts(dataset({ lengths: [13, 8] })))
  expect(short).toMatchObject([
    { ok: false, fault: { reason: expect.stringContaining('12 frames') } },
    { ok: true },
  ])
})

type Message = { topic: string; timeMs: number; body: unknown }

async function mcap(messages: Message[], metadata: Record<string, string> = {}, encoding = 'json') {
  const pieces: Uint8Array[] = []
  let size = 0n
  const writer = new McapWriter({
    writable: {
      position: () => size,
      write: async (bytes) => {
        pieces.push(bytes.slice())
        size += BigInt(bytes.length)
      },
    },
  })
  await writer.start({ profile: '', library: 'test' })
  const channels = new Map<string, number>()
  for (const [at, { topic, timeMs, body }] of messages.entries()) {
    if (!channels.has(topic)) {
      const name = topic === '/camera' ? 'foxglove.CompressedVideo' : 'sensor_msgs/JointState'
      const schemaId = await writer.registerSchema({ name, encoding: 'jsonschema', data: utf8('{}') })
      channels.set(
        topic,
        await writer.registerChannel({ topic, schemaId, messageEncoding: encoding, metadata: new Map() }),
      )
    }
    const time = BigInt(Math.round(timeMs * 1e6)) + 1_700_000_000_000_000_000n
    const data = typeof body === 'string' ? utf8(body) : utf8(JSON.stringify(body))
    await writer.addMessage({
      channelId: channels.get(topic) ?? 0,
      sequence: at,
      logTime: time,
      publishTime: time,
      data,
    })
  }
  await writer.addMetadata({ name: 'chiron.rollout', metadata: new Map(Object.entries(metadata)) })
  await writer.end()
  return bytesSource(new Uint8Array(Buffer.concat(pieces)))
}
const joint = (timeMs: number, elbow: number): Message => ({
  topic: '/joints',
  timeMs,
  body: { header: { stamp: 5 }, name: ['elbow', 'wrist'], position: [elbow, 2], ok: true },
})

test('RLO-2 an MCAP file: joints by name at log times, video at its own, facts from metadata', async () => {
  const frames = await readAvcFrames(bytesSource(clipBytes))
  const pictures = frames.map(({ bytes }, at) => ({
    topic: '/camera',
    timeMs: 20 + at * 33,
    body: { format: 'h264', data: toBase64(bytes) },
  }))
  const source = await mcap([joint(0, 0.1), joint(12.345678, 0.2), ...pictures], {
    success: 'true',
    seed: '3',
  })
  const result = await mcapRollout('run.mcap', source)
  expect(good(result).facts).toMatchObject({ success: true, seed: 3 })
  const joints = numbers(result, 'joints')
  expect(joints).toEqual({
    columns: ['position.elbow', 'position.wrist', 'ok'],
    timesMs: Float64Array.of(0, 12.345678),
    values: [Float64Array.of(0.1, 0.2), Float64Array.of(2, 2), Float64Array.of(1, 1)],
  })
  const video = good(result).streams.find(({ kind }) => kind === 'video')
  expect(video?.startMs).toBe(20)
  const probe = await probeVideo(bytesSource(video?.bytes as Uint8Array<ArrayBuffer>))
  expect(probe.frameCount).toBe(20)
  expect(probe.packetTimesMs[19]).toBeCloseTo(19 * 33, 1)
})

test('RLO-4 an MCAP file that makes no sense is told with the message and the reason', async () => {
  const broken = await mcap([joint(0, 1), { topic: '/joints', timeMs: 1, body: '{"name": [' }])
  expect(await mcapRollout('a.mcap', broken)).toMatchObject({ ok: false, fault: { file: 'a.mcap', row: 2 } })
  const cdr = await mcap([joint(0, 1)], {}, 'cdr')
  expect(await mcapRollout('a.mcap', cdr)).toMatchObject({
    ok: false,
    fault: { reason: expect.stringContaining('/joints (cdr): only JSON messages are read') },
  })
  const facts = await mcap([joint(0, 1)], { progress: '7' })
  expect(await mcapRollout('a.mcap', facts)).toMatchObject({
    ok: false,
    fault: { reason: expect.stringContaining('not between 0 and 1') },
  })
  const noise = bytesSource(Uint8Array.from({ length: 5000 }, (_, at) => (at * 7) % 256))
  expect(await mcapRollout('a.mcap', noise)).toMatchObject({ ok: false, fault: { row: null } })
})

test('RLO-3 RLO-4 a manifest: a rollout a line, and what makes no sense by line', async () => {
  writeFileSync(path.join(folder, 'state.csv'), 'time_ms,a\n0,1\n5,2\n')
  writeFileSync(path.join(folder, 'bad.csv'), 'time_ms,a\n0,1\n5,x\n')
  const text = [
    'video,trajectory,success,scenario,progress',
    'clip.mp4,state.csv,yes,cup-bright,',
    'clip.mp4;clip.mp4,,0,,0.5',
    ',bad.csv,1,,',
    'gone.mp4,,1,,',
    ',,,cup-bright,',
    'clip.mp4,,maybe,,',
    '',
  ].join('\n')
  const results = await all(manifestRollouts('runs.csv', text, readFolder(folder)))
  const faults = results.flatMap((each) => (each.ok ? [] : [[each.fault.row, each.fault.reason]]))
  expect(faults).toEqual([
    [6, expect.stringContaining('neither a video nor a trajectory')],
    [7, expect.stringContaining('“maybe”')],
    [4, expect.stringContaining('bad.csv: Row 3: a is “x”')],
    [5, 'gone.mp4: there is no such file'],
  ])
  const runs = results.flatMap((each) => (each.ok ? [each.rollout] : []))
  expect(runs).toMatchObject([
    {
      row: 2,
      facts: { success: true, scenario: 'cup-bright' },
      streams: [{ name: 'clip' }, { name: 'state' }],
    },
    { row: 3, facts: { success: false, progress: 0.5 }, streams: [{ name: 'clip' }, { name: 'clip.2' }] },
  ])
})
