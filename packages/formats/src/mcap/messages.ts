import { toBase64, utf8 } from '@chiron/core/kit'
import {
  ImageAnnotations as annotationsSchema,
  CameraCalibration as calibrationSchema,
  CompressedVideo as videoSchema,
} from '@foxglove/schemas/jsonschema.js'
import type { CameraModel, MomentNote, MotionRecord, RecordingInput, SignalSample } from './recording.ts'

const FRAME = 'phone'
const WHITE = { r: 1, g: 1, b: 1, a: 1 }
const SHADE = { r: 0, g: 0, b: 0, a: 0.6 }
/** How large a note is written, as a share of the picture's height. */
const NOTE_HEIGHT_RATIO = 1 / 24

export type Topic = { topic: string; schema: string; jsonSchema: object }
export type TimedMessage = { topic: Topic; timeNs: bigint; data: Uint8Array }

const number = { type: 'number' }
const vector = (description: string, axes: readonly string[]) => ({
  type: 'object',
  description,
  properties: Object.fromEntries(axes.map((axis) => [axis, number])),
})
const sensorTime = { ...number, description: 'milliseconds on the sensor’s own clock' }
export const TOPICS = {
  video: topic('/phone/video', 'foxglove.CompressedVideo', videoSchema),
  calibration: topic('/phone/calibration', 'foxglove.CameraCalibration', calibrationSchema),
  annotations: topic('/phone/annotations', 'foxglove.ImageAnnotations', annotationsSchema),
  motion: topic('/phone/motion', 'chiron.DeviceMotion', {
    title: 'chiron.DeviceMotion',
    description:
      'What the phone felt, along its own axes: x to the right of the screen, y to its top, z out of it.',
    type: 'object',
    properties: {
      sensor_ms: sensorTime,
      acceleration: vector('m/s², gravity included', ['x', 'y', 'z']),
      rotation_rate: vector('rad/s', ['x', 'y', 'z']),
    },
  }),
  orientation: topic('/phone/orientation', 'chiron.DeviceOrientation', {
    title: 'chiron.DeviceOrientation',
    description: 'How the phone was held: a unit quaternion from its axes to the earth’s (y north, z up).',
    type: 'object',
    properties: {
      sensor_ms: sensorTime,
      orientation: vector('unit quaternion', ['x', 'y', 'z', 'w']),
      is_absolute: { type: 'boolean', description: 'whether north is north, or wherever it began' },
    },
  }),
  signals: topic('/quality', 'chiron.FrameSignals', {
    title: 'chiron.FrameSignals',
    description: 'What the checks measured on the picture at this time.',
    type: 'object',
    properties: {
      brightness: { ...number, description: 'mean luma, 0..1' },
      clipped_ratio: { ...number, description: 'share of pixels that are black or white' },
      sharpness: { ...number, description: 'variance of the Laplacian' },
      motion: { ...number, description: 'share of luma that changed since the last sample' },
    },
  }),
} as const

function topic(name: string, schema: string, jsonSchema: object): Topic {
  return { topic: name, schema, jsonSchema }
}

/** Everything that happens in a recording, in the order of its time. */
export function messagesOf(input: RecordingInput): TimedMessage[] {
  const { video, calibration, signals, notes, motion } = input
  const all: TimedMessage[] = [
    ...(calibration === undefined ? [] : [calibrationMessage(calibration)]),
    ...video.frames.map(({ timeMs, bytes }) =>
      message(TOPICS.video, timeMs, (timestamp) => ({
        timestamp,
        frame_id: FRAME,
        format: 'h264',
        data: toBase64(bytes),
      })),
    ),
    ...signals.map(signalMessage),
    ...(motion === undefined ? [] : motionMessages(motion)),
    ...notes.map((note) => noteMessage(note, video.height)),
  ]
  return all.sort((a, b) => (a.timeNs < b.timeNs ? -1 : a.timeNs > b.timeNs ? 1 : 0))
}

/** Nanoseconds of a time in milliseconds, from the nearest microsecond: clips are timed no finer. */
export function timeNs(timeMs: number): bigint {
  return BigInt(Math.round(timeMs * 1000)) * 1000n
}

function message(of: Topic, timeMs: number, body: (timestamp: object) => object): TimedMessage {
  const at = timeNs(timeMs)
  const timestamp = { sec: Number(at / 1_000_000_000n), nsec: Number(at % 1_000_000_000n) }
  return { topic: of, timeNs: at, data: utf8(JSON.stringify(body(timestamp))) }
}

function calibrationMessage({ width, height, fx, fy, cx, cy, distortion }: CameraModel): TimedMessage {
  return message(TOPICS.calibration, 0, (timestamp) => ({
    timestamp,
    frame_id: FRAME,
    width,
    height,
    distortion_model: 'plumb_bob',
    D: [...distortion],
    K: [fx, 0, cx, 0, fy, cy, 0, 0, 1],
    R: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    P: [fx, 0, cx, 0, 0, fy, cy, 0, 0, 0, 1, 0],
  }))
}

function signalMessage({ timeMs, brightness, clippedRatio, sharpness, motion }: SignalSample): TimedMessage {
  return message(TOPICS.signals, timeMs, () => ({
    brightness,
    clipped_ratio: clippedRatio,
    sharpness,
    motion,
  }))
}

/** What was felt before the first picture is left out: no message stands before 0. */
function motionMessages({ motion, orientation }: MotionRecord): TimedMessage[] {
  const vectorOf = (values: readonly number[] | undefined) => {
    const [x, y, z, w] = values ?? []
    return w === undefined ? { x, y, z } : { x, y, z, w }
  }
  const moved = motion.timesMs.map((timeMs, at) =>
    message(TOPICS.motion, timeMs, () => ({
      sensor_ms: motion.sensorMs[at],
      acceleration: vectorOf(motion.acceleration[at]),
      rotation_rate: vectorOf(motion.rotationRate[at]),
    })),
  )
  const held = orientation.timesMs.map((timeMs, at) =>
    message(TOPICS.orientation, timeMs, () => ({
      sensor_ms: orientation.sensorMs[at],
      orientation: vectorOf(orientation.quaternion[at]),
      is_absolute: orientation.isAbsolute,
    })),
  )
  return [...moved, ...held].filter(({ timeNs: at }) => at >= 0n)
}

function noteMessage({ timeMs, text }: MomentNote, heightPx: number): TimedMessage {
  const size = heightPx * NOTE_HEIGHT_RATIO
  return message(TOPICS.annotations, timeMs, (timestamp) => ({
    timestamp,
    circles: [],
    points: [],
    texts: [
      {
        timestamp,
        position: { x: size, y: size * 2 },
        text,
        font_size: size,
        text_color: WHITE,
        background_color: SHADE,
      },
    ],
  }))
}
