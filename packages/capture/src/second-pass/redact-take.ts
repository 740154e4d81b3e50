import type { TakeLimits } from '@chiron/core/episode'
import { Refusal } from '@chiron/core/kit'
import {
  type BodyNote,
  CARRY_MS,
  CLEAR_FACE,
  type CoveredSpan,
  coverPlan,
  FACE_MIN_CONFIDENCE,
  type FlaggedSheet,
  type HandFrame,
  type Redaction,
  type SheetLook,
  sheetCovers,
  sheetsLeft,
} from '@chiron/core/sight'
import { DETECTOR_TOOL, type Detector, FACE_MODEL, HANDS_MODEL, PERSON_MODEL } from '../detect/detector.ts'
import type { Take } from '../take.ts'
import { trimTake } from '../trim-take.ts'
import { type Examined, examineTake, type FacesSeen } from './examine-take.ts'
import { LOOKS_PER_SECOND } from './looks-per-second.ts'
import { signalMeter } from './measure-painted.ts'
import { coverPainter } from './paint-covers.ts'
import { type DecidedSheet, sheetsTold } from './sheets-told.ts'

export type RedactOrder = {
  take: Take
  /** What was seen in it. */
  examined: Examined
  /** What may be read in it, and what its maker chose for each. */
  sheets: readonly DecidedSheet[]
  cut: { fromMs: number; toMs: number }
  removeBackground: boolean
  detector: Detector
  limits: TakeLimits
  onProgress?: (share: number) => void
}

/** `redaction` lacks only the moment at which the person approved it. */
export type Redacted = {
  take: Take
  hands: HandFrame[]
  body?: BodyNote | undefined
  redaction: Omit<Redaction, 'approvedAt'>
}

/** What was painted is looked at again, and painted once more where something is left; not for ever. */
const MAX_ROUNDS = 3
/** Of the time a round takes, the painting's part; the rest is looking again. */
const PAINT_SHARE = 0.7

/**
 * The film that is sent: cut, with faces filled, screens and papers that its maker wants covered, and, if asked for, the
 * background too. Where there is nothing to fill
 * its pictures stay untouched. The take as filmed stays where it is.
 * @throws Refusal('cannot-cover') where this browser cannot encode, Refusal('face-left' | 'sheet-left')
 * when a face, or what was to be covered, keeps showing
 */
export async function redactTake(order: RedactOrder): Promise<Redacted> {
  const { take, examined, removeBackground, cut, limits } = order
  let seen = examined.faces
  const kept = order.sheets.filter(({ choice }) => choice !== 'covered')
  let hidden: Pick<FlaggedSheet, 'seen'>[] = order.sheets.filter(({ choice }) => choice === 'covered')
  let isFaceLeft = false
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const isWithin = ({ fromMs, toMs }: CoveredSpan) => fromMs < cut.toMs && toMs > cut.fromMs
    const covers = coverPlan(
      seen.map(({ timeMs, faces }) => ({ timeMs, boxes: faces })),
      take,
    ).filter(isWithin)
    const sheetSpans = sheetCovers(hidden, take).filter(isWithin)
    if (covers.length === 0 && sheetSpans.length === 0 && !removeBackground) {
      return redacted(
        order,
        await trimTake(take, { ...cut, start: 'exact', context: contextOf(take) }, limits),
        { covers, sheetSpans },
      )
    }
    const film = await painted(order, [...covers, ...sheetSpans])
    const left = await lookAgain(order, film)
    const sheets = sheetsLeft(left.sheets, { covers: sheetSpans, kept })
    if (left.faces.length === 0 && sheets.length === 0) return redacted(order, film, { covers, sheetSpans })
    seen = [...seen, ...left.faces].sort((a, b) => a.timeMs - b.timeMs)
    hidden = [...hidden, ...sheets]
    isFaceLeft = left.faces.length > 0
  }
  throw new Refusal(isFaceLeft ? 'face-left' : 'sheet-left')
}

async function painted(order: RedactOrder, covers: readonly CoveredSpan[]): Promise<Take> {
  const { take, cut, detector, removeBackground, limits, onProgress } = order
  if (!take.constantRate) throw new Refusal('cannot-cover')
  const cover = coverPainter(covers, removeBackground ? detector : undefined)
  const meter = signalMeter(cut.fromMs)
  return trimTake(
    take,
    {
      ...cut,
      start: 'exact',
      context: contextOf(take),
      paint: async (surface, timeMs) => {
        await cover(surface, timeMs)
        await meter.measure(surface.canvas, timeMs)
      },
      signalsAfter: () => meter.signals,
      onProgress: (share) => onProgress?.(share * PAINT_SHARE),
    },
    limits,
  )
}

/** Says of which take a film was made: it is not one that was filmed. */
const contextOf = (take: Take): Take['context'] => ({ ...take.context, resultOf: take.takeId })

/** Clear faces that still show, and all sheets, at their times in the take as filmed. */
async function lookAgain(
  { take, examined, detector, onProgress }: RedactOrder,
  film: Take,
): Promise<{ faces: FacesSeen[]; sheets: SheetLook[] }> {
  const offsetMs = film.trim.fromMs - take.trim.fromMs
  const known = examined.hands.map((frame) => ({ ...frame, timeMs: frame.timeMs - offsetMs }))
  const { faces, sheets } = await examineTake(film, {
    detector,
    known: [...film.hands, ...known],
    onProgress: (share) => onProgress?.(PAINT_SHARE + share * (1 - PAINT_SHARE)),
  })
  const back = <T extends { timeMs: number }>(look: T): T => ({ ...look, timeMs: look.timeMs + offsetMs })
  return {
    faces: faces
      .map((look) => ({ ...back(look), faces: look.faces.filter(({ score }) => score >= CLEAR_FACE) }))
      .filter((look) => look.faces.length > 0),
    sheets: sheets.map(back),
  }
}

type Spans = { covers: readonly CoveredSpan[]; sheetSpans: readonly CoveredSpan[] }

function redacted(order: RedactOrder, film: Take, { covers, sheetSpans }: Spans): Redacted {
  const { take, examined, removeBackground } = order
  const offsetMs = film.trim.fromMs - take.trim.fromMs
  const within = (timeMs: number): number => Math.min(film.durationMs, Math.max(0, timeMs - offsetMs))
  const inFilm = <T extends { fromMs: number; toMs: number }>(span: T): T => ({
    ...span,
    fromMs: within(span.fromMs),
    toMs: within(span.toMs),
  })
  return {
    take: film,
    hands: examined.hands
      .map((frame) => ({ ...frame, timeMs: frame.timeMs - offsetMs }))
      .filter(({ timeMs }) => timeMs >= 0 && timeMs <= film.durationMs),
    body: examined.body && bodyWithin(examined.body, film, offsetMs),
    redaction: {
      tool: { ...DETECTOR_TOOL },
      models: [FACE_MODEL, HANDS_MODEL, ...(removeBackground ? [PERSON_MODEL] : [])],
      looksPerSecond: LOOKS_PER_SECOND,
      minConfidence: FACE_MIN_CONFIDENCE,
      carryMs: CARRY_MS,
      covers: covers.map(inFilm),
      sheets: sheetsTold(order.sheets.map(inFilm), sheetSpans.map(inFilm)),
      background: removeBackground ? 'removed' : 'kept',
      sound: 'dropped',
      dates: 'stripped',
    },
  }
}

/** What was seen during the film; its looks keep the times of the take as filmed, in which the film begins at `startMs`. */
function bodyWithin(note: BodyNote, { durationMs }: Take, startMs: number): BodyNote {
  if ('absent' in note) return note
  const frames = note.frames.filter(({ timeMs }) => timeMs >= startMs && timeMs <= startMs + durationMs)
  return { ...note, filmStartMs: startMs, frames }
}
