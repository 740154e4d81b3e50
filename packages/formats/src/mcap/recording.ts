import type { PlacedMoment } from '@chiron/core/kinds'
import type { BodyNote, HandStream, Redaction } from '@chiron/core/sight'
import type { AvcFrame } from '../video/index.ts'

/** Where the recordings of a release lie. */
export const MCAP_FOLDER = 'mcap'
export const EPISODE_METADATA = 'chiron.episode'
/** How the clocks of the streams stand to the film's, one entry a stream. */
export const CLOCK_METADATA = 'chiron.clocks'
/** What looked at the hands and for the body, and what redacted the film. */
export const HANDS_METADATA = 'chiron.hands'
export const BODY_METADATA = 'chiron.body'
export const REDACTION_METADATA = 'chiron.redaction'
export const PROVENANCE_ATTACHMENT = 'provenance.json'
export const PROOF_ATTACHMENT = 'log.tlog-proof'

/** The intrinsics of a camera at one picture size: OpenCV's pinhole model, in pixels. */
export type CameraModel = {
  width: number
  height: number
  fx: number
  fy: number
  cx: number
  cy: number
  /** k1, k2, p1, p2, k3. */
  distortion: readonly number[]
}

export type SignalSample = {
  timeMs: number
  brightness: number
  clippedRatio: number
  sharpness: number
  motion: number
}

/** What the phone felt, on the film's clock; `sensorMs` are the sensor's own times. */
export type MotionRecord = {
  motion: {
    timesMs: readonly number[]
    sensorMs: readonly number[]
    acceleration: readonly number[][]
    rotationRate: readonly number[][]
  }
  orientation: {
    timesMs: readonly number[]
    sensorMs: readonly number[]
    quaternion: readonly number[][]
    isAbsolute: boolean
  }
  /** How the sensors' clock stands to the film's: told in the file's metadata. */
  alignment: Readonly<Record<string, number>>
}

/** What somebody said about a moment of the recording; shown in the picture's corner. */
export type MomentNote = { timeMs: number; text: string }

/** What people together say of the hands at a moment: how many answered, and whether they or a member settled it. */
export type CorrectedHandsRecord = PlacedMoment & { answerCount: number; by: 'consensus' | 'member' }

/**
 * One episode. All times are milliseconds from its first frame, by the recording's clock. `facts` are the columns a
 * LeRobot release keeps in `meta/episodes`; null ones are left out.
 */
export type RecordingInput = {
  episodeIndex: number
  episodeId: string
  tasks: readonly string[]
  video: { width: number; height: number; frames: readonly AvcFrame[] }
  calibration?: CameraModel
  signals: readonly SignalSample[]
  notes: readonly MomentNote[]
  motion?: MotionRecord | undefined
  hands?: HandStream | undefined
  body?: BodyNote | undefined
  /** Beside `hands`, never in its place. */
  corrected?: readonly CorrectedHandsRecord[] | undefined
  redaction?: Redaction | undefined
  facts: Readonly<Record<string, string | number | bigint | boolean | null>>
  /** As JSON, and the receipt from the log: what a single file needs to say where it comes from. */
  provenance: string
  logProof: string
}

export type RecordingTopic = { topic: string; schema: string; messageCount: number }

/** What a recording says of itself, without its messages. */
export type Recording = {
  path: string
  episodeIndex: number
  episodeId: string
  tasks: string[]
  frameCount: number
  durationMs: number
  width: number
  height: number
  topics: RecordingTopic[]
  facts: Record<string, string>
  /** By topic, as JSON: how its stream's clock stands to the film's, and the error of that. */
  clocks: Record<string, string>
  /** By what its hands and body were seen, and by what it was redacted; undefined where it was not. */
  hands: Record<string, string> | undefined
  body: Record<string, string> | undefined
  redaction: Record<string, string> | undefined
}

/** `mcap/chunk-000/episode-012.mcap` for episode 12: numbers as in a LeRobot release. */
export function recordingPath(episodeIndex: number): string {
  const digits = (value: number) => String(value).padStart(3, '0')
  return `${MCAP_FOLDER}/chunk-${digits(Math.floor(episodeIndex / 1000))}/episode-${digits(episodeIndex % 1000)}.mcap`
}
