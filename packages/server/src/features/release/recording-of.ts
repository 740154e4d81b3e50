import type { EpisodeDetail } from '@chiron/contract'
import { intrinsicsAt } from '@chiron/core/camera'
import type { MotionStream } from '@chiron/core/motion'
import type { BodyNote, HandStream, Redaction } from '@chiron/core/sight'
import { type CorrectedHandsRecord, type MomentNote, writeRecording } from '@chiron/formats/mcap'
import { type NativeVideo, zstd } from '@chiron/formats/node'
import { type EpisodeProvenance, episodeColumns, provenanceText } from '@chiron/formats/proof'
import { motionRecord } from './motion-of.ts'

interface Known {
  episodeIndex: number
  tasks: string[]
  video: NativeVideo
  motion: MotionStream | undefined
  hands: HandStream | undefined
  body: BodyNote | undefined
  corrected: readonly CorrectedHandsRecord[]
  redaction: Redaction | undefined
  signals: EpisodeDetail['signals']
  labels: EpisodeDetail['labels']
  provenance: EpisodeProvenance
  logProof: string
}

/**
 * One recording as an MCAP file: every stream at its own times.
 * @throws Refusal `episode-invalid`
 */
export function recordingOf({ video, labels, provenance, motion, ...known }: Known): Promise<Uint8Array> {
  const { episodeId } = provenance
  const { width, height, frames } = video
  const calibration = provenance.camera && intrinsicsAt(provenance.camera, { width, height })
  return writeRecording(
    {
      ...known,
      episodeId,
      video: { width, height, frames },
      motion: motion && motionRecord(motion),
      ...(calibration ? { calibration } : {}),
      notes: labels.flatMap(noteOf),
      facts: episodeColumns(provenance),
      provenance: provenanceText(provenance),
    },
    zstd,
  )
}

/** The terms somebody chose for a moment; their free words stay at home. */
function noteOf({ momentMs, choices }: EpisodeDetail['labels'][number]): MomentNote[] {
  if (momentMs === null || momentMs < 0) return []
  return [{ timeMs: momentMs, text: Object.values(choices).join(', ') }]
}
