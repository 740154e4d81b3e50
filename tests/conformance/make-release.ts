import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { intrinsicsAt } from '@chiron/core/camera'
import { seededRandom, sha256, toHex } from '@chiron/core/kit'
import {
  BODY_LANDMARKS,
  type Body,
  type BodyNote,
  bodyBetween,
  HAND_JOINTS,
  type Hand,
  type HandStream,
  handsBetween,
  type Redaction,
} from '@chiron/core/sight'
import { type DatasetShape, type EpisodeColumnValue, openDatasetWriter } from '@chiron/formats/lerobot'
import {
  type CorrectedHandsRecord,
  type MotionRecord,
  recordingPath,
  writeRecording,
} from '@chiron/formats/mcap'
import {
  openWriteFolder,
  type PreparedVideo,
  prepareNativeVideo,
  prepareVideo,
  zstd,
} from '@chiron/formats/node'
import { CAMERA, KNOWN_CAMERA, makeStory } from '@chiron/formats/node/testing'
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
    hands: HandStream | undefined
    body: BodyNote | undefined
    corrected: CorrectedHandsRecord[]
    redaction: Redaction | undefined
    motion: MotionRecord | undefined
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
    'annotation.hands.right.points': { dtype: 'float32', names: placeNames(HAND_JOINTS), hasGaps: true },
    'annotation.hands.right.confidence': { dtype: 'float32', names: ['share'], hasGaps: true },
    'annotation.body.points': { dtype: 'float32', names: placeNames(BODY_LANDMARKS), hasGaps: true },
    'annotation.body.visibility': { dtype: 'float32', names: [...BODY_LANDMARKS], hasGaps: true },
    'annotation.hands_corrected.right.points': { dtype: 'float32', names: flatNames(), hasGaps: true },
  },
  columns: {
    ...EPISODE_COLUMNS,
    'label.disputed': 'bool',
    'label.note': 'string',
  },
}
function placeNames(points: readonly string[]): string[] {
  return points.flatMap((joint) => ['x', 'y', 'z'].map((axis) => `${joint}.${axis}`))
}
/** As `placeNames`, without depth: nobody can point at it. */
function flatNames(): string[] {
  return HAND_JOINTS.flatMap((joint) => [`${joint}.x`, `${joint}.y`])
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
    expected.episodes.push({
      ...episode,
      hands: handsOf(index),
      body: bodyOf(index),
      corrected: correctedOf(index),
      redaction: redactionOf(index),
      motion: motionOf(index),
      clip,
      kind: prepared.plan.kind,
      reason: prepared.plan.reason,
    })
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
      hands: handsOf(index),
      body: bodyOf(index),
      corrected: correctedOf(index),
      redaction: redactionOf(index),
      motion: motionOf(index),
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
  const stream = handsOf(index)
  const hands = stream ? handsBetween(stream, 'right', nativeTimesMs) : each(() => undefined)
  const note = bodyOf(index)
  const bodies = note && 'tool' in note ? bodyBetween(note, nativeTimesMs) : each(() => undefined)
  return {
    tasks,
    taskOfFrame: each((frame) => (tasks.length > 1 && frame >= frameCount / 2 ? 1 : 0)),
    frameCount,
    frames: {
      'annotation.outcome_index': each(() => [index % 2]),
      'quality.sharpness': each((frame) => [100 * Math.sin(frame / 7) + index]),
      'quality.hand_xy': each((frame) => [frame / frameCount, Math.cos(frame)]),
      'capture.native_seconds': each((frame) => [(nativeTimesMs[frame] as number) / 1000]),
      'annotation.hands.right.points': hands.map(
        (hand) => hand?.points.flat() ?? placeNames(HAND_JOINTS).map(() => Number.NaN),
      ),
      'annotation.hands_corrected.right.points': each((frame) => {
        const at = correctedOf(index).find(({ timeMs }) => timeMs === nativeTimesMs[frame])
        const placed = at?.hands.flatMap(({ points }) => points ?? [])
        return placed?.flatMap(({ x, y }) => [x ?? -1, y ?? -1]) ?? flatNames().map(() => Number.NaN)
      }),
      'annotation.hands.right.confidence': hands.map((hand) => [hand?.confidence ?? Number.NaN]),
      'annotation.body.points': bodies.map(
        (at) =>
          at?.body.flatMap((landmark) => landmark.slice(0, 3)) ??
          placeNames(BODY_LANDMARKS).map(() => Number.NaN),
      ),
      'annotation.body.visibility': bodies.map(
        (at) => at?.body.map((landmark) => landmark[3]) ?? BODY_LANDMARKS.map(() => Number.NaN),
      ),
    },
  }
}

/**
 * Five looks a second on a clock of their own; the second episode's hand is gone for a while, the third has none. The first
 * one's camera is known: its hand moves away before it, its shape told.
 */
function handsOf(index: number): HandStream | undefined {
  if (index === 2) return undefined
  const dice = seededRandom(`hands ${index}`)
  const scattered = (): Hand['points'] => HAND_JOINTS.map(() => [dice.next(), dice.next(), dice.next() / 10])
  return {
    tool: { name: '@mediapipe/tasks-vision', version: '0.10.35', model: 'hand_landmarker lite' },
    clock: 'camera',
    filmStartMs: 81_234.5,
    frames: Array.from({ length: 12 }, (_, look) => {
      const own = index === 0 ? handAt(0.4 + look / 50) : { points: scattered() }
      const hand = { side: 'right' as const, confidence: dice.next(), ...own }
      return { timeMs: 81_234.5 + look * 200, hands: index === 1 && look > 3 && look < 7 ? [] : [hand] }
    }),
  }
}

/** Looks for the first episode's body, two and a half a second, of which one found nobody; the second phone was too slow. */
function bodyOf(index: number): BodyNote | undefined {
  if (index > 0) return index === 1 ? { absent: 'device' } : undefined
  const dice = seededRandom('body')
  const scattered = (): Body =>
    BODY_LANDMARKS.map(() => [dice.next(), dice.next(), -dice.next(), dice.next()])
  return {
    tool: {
      name: '@mediapipe/tasks-vision',
      version: '0.10.35',
      model: 'pose_landmark_lite',
      sha256: toHex(sha256(new Uint8Array([1]))),
    },
    clock: 'film',
    filmStartMs: 1500.5,
    frames: Array.from({ length: 6 }, (_, look) => ({
      timeMs: 1500.5 + look * 400,
      count: look === 3 ? 0 : 1 + (look % 2),
      body: look === 3 ? null : scattered(),
    })),
  }
}

/** People corrected the first episode's hand in its first picture: one joint is hidden, one is not in the picture, none is left. */
function correctedOf(index: number): CorrectedHandsRecord[] {
  if (index !== 0) return []
  const points = HAND_JOINTS.map((_, joint) => {
    const judged = { agreement: 1, stateShare: 2 / 3 }
    if (joint === 20) return { state: 'outside' as const, x: null, y: null, errorPx: null, ...judged }
    const state = joint === 4 ? ('hidden' as const) : ('seen' as const)
    return { state, x: 0.25 + joint / 64, y: 0.5, errorPx: 1.5, ...judged }
  })
  const hands = [
    { side: 'left' as const, points: null, agreement: 1 },
    { side: 'right' as const, points, agreement: 1 },
  ]
  return [{ timeMs: 0, answerCount: 3, by: 'consensus', hands }]
}

/** A hand so many metres before the first episode's camera, whose lens is left out: a pixel or two of it remain. */
function handAt(away: number): Pick<Hand, 'points' | 'world'> {
  const { width, height, fx, fy, cx, cy } = KNOWN_CAMERA
  const world = HAND_JOINTS.map((_, at): [number, number, number] => {
    const [finger, joint] = [Math.floor((at - 1) / 4), (at - 1) % 4]
    return at === 0 ? [0, 0.09, 0] : [(finger - 2) * 0.022, 0.02 - joint * 0.027, -0.004 * joint * finger]
  })
  const points = world.map(([x, y, z]): [number, number, number] => [
    ((fx * (x + 0.02)) / (z + away) + cx + 0.5) / width,
    ((fy * y) / (z + away) + cy + 0.5) / height,
    z,
  ])
  return { points, world }
}

/** Two stretches of faces and a covered paper in the first episode, none found in the second, no redaction of the third. */
function redactionOf(index: number): Redaction | undefined {
  if (index === 2) return undefined
  const boxes = [{ x: 0.125, y: 0.25, width: 0.25, height: 0.5 }]
  return {
    tool: { name: '@mediapipe/tasks-vision', version: '0.10.35' },
    models: ['face_detector full', 'hand_landmarker lite'],
    looksPerSecond: 5,
    minConfidence: 0.3,
    carryMs: 500,
    covers: index === 1 ? [] : [200, 900.5].map((fromMs) => ({ fromMs, toMs: fromMs + 300, boxes })),
    ...(index === 0 ? { sheets: SHEETS } : {}),
    background: 'kept',
    sound: 'dropped',
    dates: 'stripped',
    approvedAt: '2026-11-20T10:00:00.000Z',
  }
}

const SHEETS: Redaction['sheets'] = {
  tool: { name: 'chiron findSheets', version: '1' },
  looksPerSecond: 2.5,
  carryMs: 1000,
  found: [
    { kind: 'paper', fromMs: 400, toMs: 1200, lookCount: 3, choice: 'covered' },
    { kind: 'screen', fromMs: 0, toMs: 800, lookCount: 3, choice: 'nothing-private' },
  ],
  covers: [{ fromMs: 300, toMs: 1300, boxes: [{ x: 0.5, y: 0.5, width: 0.25, height: 0.25 }] }],
}

/** What the first phone felt: fifty samples a second on a clock of its own, which runs a little fast. */
function motionOf(index: number): MotionRecord | undefined {
  if (index > 0) return undefined
  const dice = seededRandom('motion')
  const sensorMs = Array.from({ length: 100 }, (_, at) => 5_000_000 + at * 20)
  const alignment = { atMs: 5_000_000, offsetMs: -4_999_990, driftPpm: -40, driftErrorPpm: 5, errorMs: 4 }
  const timesMs = sensorMs.map(
    (ms) => ms + alignment.offsetMs + ((ms - alignment.atMs) * alignment.driftPpm) / 1e6,
  )
  const vectors = (size: number) => timesMs.map(() => Array.from({ length: size }, () => dice.next()))
  return {
    motion: { timesMs, sensorMs, acceleration: vectors(3), rotationRate: vectors(3) },
    orientation: { timesMs, sensorMs, quaternion: vectors(4), isAbsolute: false },
    alignment,
  }
}
