import { toBase64 } from '@chiron/core/kit'
import { bodyMessages } from './body-messages.ts'
import { correctedMessages } from './corrected-messages.ts'
import type { CameraModel, MomentNote, MotionRecord, RecordingInput, SignalSample } from './recording.ts'
import { coverMessages, handMessages, metricHandMessages } from './sight-messages.ts'
import { message, type TimedMessage } from './timed-message.ts'
import { TOPICS } from './topics.ts'

const FRAME = 'phone'
const WHITE = { r: 1, g: 1, b: 1, a: 1 }
const SHADE = { r: 0, g: 0, b: 0, a: 0.6 }
/** How large a note is written, as a share of the picture's height. */
const NOTE_HEIGHT_RATIO = 1 / 24

/** Everything that happens in a recording, in the order of its time. */
export function messagesOf(input: RecordingInput): TimedMessage[] {
  const { video, calibration, signals, notes, motion, hands, body, corrected, redaction } = input
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
    ...(hands === undefined ? [] : handMessages(hands, video)),
    ...(hands === undefined || calibration === undefined ? [] : metricHandMessages(hands, calibration)),
    ...(body === undefined || 'absent' in body ? [] : bodyMessages(body, video)),
    ...correctedMessages(corrected ?? [], video),
    ...(redaction === undefined ? [] : coverMessages(redaction)),
  ]
  return all.sort((a, b) => (a.timeNs < b.timeNs ? -1 : a.timeNs > b.timeNs ? 1 : 0))
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
