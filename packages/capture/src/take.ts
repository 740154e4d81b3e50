import type { TakeVerdict, TimedSight, TimedSignals } from '@chiron/core/episode'
import type { MotionStream } from '@chiron/core/motion'
import type { HandFrame } from '@chiron/core/sight'

/**
 * What is known about a take while it is filmed, kept beside it. `context` is the app's own: which lease it
 * belongs to, for example. `signals`, `sights` and `hands` grow as it is filmed; their times count from its first
 * picture, which lies at `cameraStartMs` of the camera's own clock. Takes of before had no `sights` and `hands`.
 */
export type TakeNotes = {
  takeId: string
  recordedAt: string
  width: number
  height: number
  fps: number
  recording: 'avc' | 'media-recorder'
  context: Record<string, string>
  signals: TimedSignals[]
  sights?: TimedSight[]
  hands?: HandFrame[]
  cameraStartMs?: number
  sourceTimesMs: number[]
  /** What the phone felt, once the take has ended and where that was wanted; not in takes that were cut off. */
  motion?: MotionStream | undefined
}

/**
 * A finished recording. `name` is where `openTakes` finds it again. `fps` is the grid's (or, without
 * `constantRate`, the recorder's own); `repeatedFrames` places the camera had no new picture for.
 * `verdict` is the phone's, by the limits it filmed with.
 */
export type Take = {
  takeId: string
  name: string
  file: Blob
  bytes: number
  sha256: string
  mimeType: 'video/mp4' | 'video/webm'
  recording: 'avc' | 'media-recorder'
  constantRate: boolean
  durationMs: number
  frameCount: number
  repeatedFrames: number
  width: number
  height: number
  fps: number
  recordedAt: string
  context: Record<string, string>
  signals: TimedSignals[]
  sights: TimedSight[]
  hands: HandFrame[]
  cameraStartMs: number
  sourceTimesMs: number[]
  verdict: TakeVerdict
  /** Also behind the pictures of `file`, and sent with them. */
  motion?: MotionStream | undefined
  /** What was kept of the take as filmed. */
  trim: { fromMs: number; toMs: number }
}
