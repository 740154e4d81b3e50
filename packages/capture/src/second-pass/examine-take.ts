import { Refusal } from '@chiron/core/kit'
import {
  type BodyNote,
  CERTAIN_FACE,
  type Face,
  findSheets,
  type Hand,
  type HandFrame,
  likelyFaces,
  type SheetLook,
} from '@chiron/core/sight'
import type { Detector } from '../detect/detector.ts'
import { type BodyOrder, bodySeeker } from './look-for-body.ts'
import { LOOKS_PER_SECOND } from './looks-per-second.ts'
import { sheetPictures } from './sheet-pictures.ts'

/** Hands that were seen while filming count for a picture this close to them. */
const SAME_MOMENT_MS = 120

/** Likely faces at one moment of a film. */
export type FacesSeen = { timeMs: number; faces: Face[] }
/**
 * What was seen in a film, look by look; `hands` empty where they were known already, `sheets` of fewer looks, `body` where it
 * was asked for.
 */
export type Examined = {
  faces: FacesSeen[]
  hands: HandFrame[]
  sheets: SheetLook[]
  body?: BodyNote | undefined
}

/**
 * Looks through a film for faces, for screens and papers, and for hands unless `known` holds those seen while filming. Faces that are hands are
 * told apart on the very same picture. `onProgress` is told the share done.
 * @throws Refusal('take-unreadable'), whatever the detector throws, AbortError
 */
export async function examineTake(
  film: { file: Blob; durationMs: number },
  order: {
    detector: Detector
    known: readonly HandFrame[]
    body?: BodyOrder | undefined
    onProgress?: (share: number) => void
    signal?: AbortSignal
  },
): Promise<Examined> {
  const { reader } = await import('../film-reader.ts')
  const { detector, known, onProgress, signal } = order
  const input = new reader.Input({ source: new reader.BlobSource(film.file), formats: reader.formats })
  const examined: Examined = { faces: [], hands: [], sheets: [] }
  const pictureOf = sheetPictures()
  const bodies = bodySeeker(detector, order.body)
  try {
    const track = await input.getPrimaryVideoTrack().catch(() => null)
    if (track === null) throw new Refusal('take-unreadable')
    const startSeconds = await track.getFirstTimestamp()
    const times = lookTimes(film.durationMs).map((timeMs) => startSeconds + timeMs / 1000)
    for await (const sample of new reader.VideoSampleSink(track).samplesAtTimestamps(times)) {
      if (sample === null) continue
      const timeMs = (sample.timestamp - startSeconds) * 1000
      const frame = signal?.aborted ? undefined : sample.toVideoFrame()
      sample.close()
      if (frame === undefined) throw signal?.reason
      const picture = pictureOf(frame)
      const again = bodies.copyOf(frame)
      const nearby = known.length > 0 ? near(known, timeMs) : undefined
      try {
        const seeing = lookAt(detector, frame, nearby)
        // While the detector looks in its worker, this thread is free.
        if (picture !== undefined) examined.sheets.push({ timeMs, sheets: findSheets(picture) })
        const seen = await seeing
        if (seen.hands !== undefined && known.length === 0) examined.hands.push({ timeMs, hands: seen.hands })
        examined.faces.push({ timeMs, faces: seen.faces })
        if (again) await bodies.lookAt(again, timeMs, seen.hands ?? (nearby?.length ? nearby : undefined))
      } finally {
        again?.close()
      }
      onProgress?.(Math.min(1, timeMs / film.durationMs))
    }
    if (examined.faces.length === 0) throw new Refusal('take-unreadable')
    return { ...examined, body: bodies.note() }
  } finally {
    input.dispose()
  }
}

/** In the middle of each stretch, and once more at the end: no frame is farther from a look than half a stretch. */
function lookTimes(durationMs: number): number[] {
  const stepMs = 1000 / LOOKS_PER_SECOND
  const count = Math.max(1, Math.ceil(durationMs / stepMs))
  return Array.from({ length: count }, (_, at) => Math.min(durationMs - 1, (at + 0.5) * stepMs))
}

/** With hands already known a second look at the picture is taken only where a face may be one of them. */
async function lookAt(
  detector: Detector,
  frame: VideoFrame,
  known: readonly Hand[] | undefined,
): Promise<{ faces: Face[]; hands?: Hand[] | undefined }> {
  if (known === undefined) {
    const { faces = [], hands = [] } = await detector.look(frame, { faces: true, hands: true })
    return { faces: likelyFaces(faces, hands), hands }
  }
  const again = frame.clone()
  try {
    const { faces = [] } = await detector.look(frame, { faces: true })
    const likely = likelyFaces(faces, known)
    if (likely.every(({ score }) => score >= CERTAIN_FACE)) return { faces: likely }
    const { hands = [] } = await detector.look(again.clone(), { hands: true })
    return { faces: likelyFaces(likely, hands) }
  } finally {
    again.close()
  }
}

const near = (frames: readonly HandFrame[], timeMs: number): Hand[] =>
  frames.filter((frame) => Math.abs(frame.timeMs - timeMs) <= SAME_MOMENT_MS).flatMap(({ hands }) => hands)
