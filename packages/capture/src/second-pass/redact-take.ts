import type { TakeLimits } from '@chiron/core/episode'
import { Refusal } from '@chiron/core/kit'
import {
  CARRY_MS,
  CLEAR_FACE,
  type CoveredSpan,
  coverPlan,
  FACE_MIN_CONFIDENCE,
  type HandFrame,
  type Redaction,
} from '@chiron/core/sight'
import { DETECTOR_TOOL, type Detector, FACE_MODEL, HANDS_MODEL, PERSON_MODEL } from '../detect/detector.ts'
import type { Take } from '../take.ts'
import { trimTake } from '../trim-take.ts'
import { type Examined, examineTake, type FacesSeen, LOOKS_PER_SECOND } from './examine-take.ts'
import { signalMeter } from './measure-painted.ts'
import { coverPainter } from './paint-covers.ts'

export type RedactOrder = {
  take: Take
  /** What was seen in it. */
  examined: Examined
  cut: { fromMs: number; toMs: number }
  removeBackground: boolean
  detector: Detector
  limits: TakeLimits
  onProgress?: (share: number) => void
}

/** `redaction` lacks only the moment at which the person approved it. */
export type Redacted = { take: Take; hands: HandFrame[]; redaction: Omit<Redaction, 'approvedAt'> }

/** What was painted is looked at again, and painted once more where something is left; not for ever. */
const MAX_ROUNDS = 3
/** Of the time a round takes, the painting's part; the rest is looking again. */
const PAINT_SHARE = 0.7

/**
 * The film that is sent: cut, with faces filled and, if asked for, the background too. Where there is nothing to fill
 * its pictures stay untouched. The take as filmed stays where it is.
 * @throws Refusal('cannot-cover') where this browser cannot encode, Refusal('face-left') when a face keeps showing
 */
export async function redactTake(order: RedactOrder): Promise<Redacted> {
  const { take, examined, removeBackground, cut, limits } = order
  let seen = examined.faces
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const covers = coverPlan(
      seen.map(({ timeMs, faces }) => ({ timeMs, boxes: faces })),
      take,
    ).filter(({ fromMs, toMs }) => fromMs < cut.toMs && toMs > cut.fromMs)
    if (covers.length === 0 && !removeBackground) {
      return redacted(
        order,
        await trimTake(take, { ...cut, start: 'exact', context: contextOf(take) }, limits),
        covers,
      )
    }
    const film = await painted(order, covers)
    const left = await facesLeft(order, film)
    if (left.length === 0) return redacted(order, film, covers)
    seen = [...seen, ...left].sort((a, b) => a.timeMs - b.timeMs)
  }
  throw new Refusal('face-left')
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

/** Clear faces that still show, at their times in the take as filmed. */
async function facesLeft(
  { take, examined, detector, onProgress }: RedactOrder,
  film: Take,
): Promise<FacesSeen[]> {
  const offsetMs = film.trim.fromMs - take.trim.fromMs
  const known = examined.hands.map((frame) => ({ ...frame, timeMs: frame.timeMs - offsetMs }))
  const { faces } = await examineTake(film, {
    detector,
    known: [...film.hands, ...known],
    onProgress: (share) => onProgress?.(PAINT_SHARE + share * (1 - PAINT_SHARE)),
  })
  return faces
    .map((look) => ({
      timeMs: look.timeMs + offsetMs,
      faces: look.faces.filter(({ score }) => score >= CLEAR_FACE),
    }))
    .filter((look) => look.faces.length > 0)
}

function redacted(order: RedactOrder, film: Take, covers: readonly CoveredSpan[]): Redacted {
  const { take, examined, removeBackground } = order
  const offsetMs = film.trim.fromMs - take.trim.fromMs
  const within = (timeMs: number): number => Math.min(film.durationMs, Math.max(0, timeMs - offsetMs))
  return {
    take: film,
    hands: examined.hands
      .map((frame) => ({ ...frame, timeMs: frame.timeMs - offsetMs }))
      .filter(({ timeMs }) => timeMs >= 0 && timeMs <= film.durationMs),
    redaction: {
      tool: { ...DETECTOR_TOOL },
      models: [FACE_MODEL, HANDS_MODEL, ...(removeBackground ? [PERSON_MODEL] : [])],
      looksPerSecond: LOOKS_PER_SECOND,
      minConfidence: FACE_MIN_CONFIDENCE,
      carryMs: CARRY_MS,
      covers: covers.map(({ fromMs, toMs, boxes }) => ({
        fromMs: within(fromMs),
        toMs: within(toMs),
        boxes,
      })),
      background: removeBackground ? 'removed' : 'kept',
      sound: 'dropped',
      dates: 'stripped',
    },
  }
}
