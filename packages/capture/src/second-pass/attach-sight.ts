import { type BodyNote, type HandFrame, type HandStream, roundedHand } from '@chiron/core/sight'
import { placeOfNotes } from '@chiron/formats/notes'
import { DETECTOR_TOOL, HANDS_MODEL } from '../detect/detector.ts'
import { withNotes } from '../film-notes.ts'
import { hashBlob } from '../hash-blob.ts'
import type { Take } from '../take.ts'
import { keepTake } from '../take-notes.ts'
import { takeCupboard } from '../takes.ts'

/** What a second pass saw: hands on the film's clock, and the body where it was asked for. */
type Seen = { hands: readonly HandFrame[]; body?: BodyNote | undefined }

/**
 * The take with what a detector saw behind its pictures, kept in place of it. Hands seen while filming, on the camera's
 * clock, go before those of `seen` when there are any. WebM has no place for notes: such a take stays as it is.
 */
export async function attachSight(take: Take, seen: Seen): Promise<Take> {
  const hands = handStream(take, seen.hands)
  const { motion } = take
  const { body } = seen
  if ((hands === undefined && body === undefined) || take.mimeType !== 'video/mp4') return take
  const notes = {
    version: 1,
    ...(motion ? { motion } : {}),
    ...(hands ? { hands } : {}),
    ...(body ? { body } : {}),
  }
  const file = await withNotes(await withoutNotes(take.file), notes)
  const noted = { ...take, file, bytes: file.size, sha256: await hashBlob(file) }
  await keepTake(await takeCupboard(), noted).catch(() => undefined)
  return noted
}

function handStream(take: Take, seen: readonly HandFrame[]): HandStream | undefined {
  const isLive = take.hands.length > 0
  const frames = isLive ? take.hands : seen
  if (frames.length === 0) return undefined
  const filmStartMs = isLive ? take.cameraStartMs : 0
  return {
    tool: { ...DETECTOR_TOOL, model: HANDS_MODEL },
    clock: isLive ? 'camera' : 'film',
    filmStartMs,
    frames: frames.map((frame) => ({
      timeMs: frame.timeMs + filmStartMs,
      hands: frame.hands.map(roundedHand),
    })),
  }
}

/** The film alone: what was behind it is written anew, with what was seen. */
async function withoutNotes(film: Blob): Promise<Blob> {
  const place = await placeOfNotes({
    sizeBytes: film.size,
    read: async (from, to) => new Uint8Array(await film.slice(from, to).arrayBuffer()),
  })
  return place === undefined ? film : film.slice(0, place.atBytes, film.type)
}
