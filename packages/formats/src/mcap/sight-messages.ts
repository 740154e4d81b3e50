import { placeHand } from '@chiron/core/camera'
import { HAND_BONES, type HandStream, looksOnFilm, type Redaction } from '@chiron/core/sight'
import type { CameraModel } from './recording.ts'
import { message, type TimedMessage } from './timed-message.ts'
import { TOPICS } from './topics.ts'

const LINE_LIST = 4
/** How thick bones are drawn, as a share of the picture's width. */
const BONE_WIDTH_RATIO = 1 / 240
const COLOURS = { left: { r: 0.2, g: 0.8, b: 0.9, a: 1 }, right: { r: 1, g: 0.7, b: 0.1, a: 1 } }
const CLEAR = { r: 0, g: 0, b: 0, a: 0 }

/**
 * Each look at the hands twice: as it was kept, and drawn over a picture of `size` pixels. Looks of before the first
 * picture are left out.
 */
export function handMessages(stream: HandStream, size: { width: number; height: number }): TimedMessage[] {
  return looksOnFilm(stream)
    .filter(({ filmMs }) => filmMs >= 0)
    .flatMap(({ filmMs, timeMs, hands }) => [
      message(TOPICS.hands, filmMs, () => ({
        native_ms: timeMs,
        hands: hands.map(({ side, confidence, points }) => ({
          side,
          confidence,
          points: points.map(([x, y, z]) => ({ x, y, z })),
        })),
      })),
      message(TOPICS.drawnHands, filmMs, (timestamp) => ({
        timestamp,
        circles: [],
        texts: [],
        points: hands.map(({ side, points }) => ({
          timestamp,
          type: LINE_LIST,
          points: HAND_BONES.flat().map((joint) => {
            const [x = 0, y = 0] = points[joint] ?? []
            return { x: x * size.width, y: y * size.height }
          }),
          outline_color: COLOURS[side],
          outline_colors: [],
          fill_color: CLEAR,
          thickness: size.width * BONE_WIDTH_RATIO,
        })),
      })),
    ])
}

/** Each look of which a hand could be lifted into the room of a calibrated camera. */
export function metricHandMessages(stream: HandStream, camera: CameraModel): TimedMessage[] {
  const intrinsics = { ...camera, distortion: [...camera.distortion] }
  return looksOnFilm(stream).flatMap(({ filmMs, timeMs, hands }) => {
    const placed = hands.flatMap(({ side, points, world }) => {
      const hand = world && placeHand(points, world, intrinsics)
      return hand ? [{ side, points: hand.points, error_m: hand.errorM, miss_px: hand.missPx }] : []
    })
    if (placed.length === 0 || filmMs < 0) return []
    return [message(TOPICS.metricHands, filmMs, () => ({ native_ms: timeMs, hands: placed }))]
  })
}

/** What was covered, each stretch at its beginning. */
export function coverMessages(redaction: Pick<Redaction, 'covers' | 'sheets'>): TimedMessage[] {
  return [
    ...redaction.covers.map((cover) => ({ ...cover, of: 'face' })),
    ...(redaction.sheets?.covers ?? []).map((cover) => ({ ...cover, of: 'sheet' })),
  ].map(({ fromMs, toMs, of, boxes }) =>
    message(TOPICS.covers, fromMs, () => ({ from_ms: fromMs, to_ms: toMs, of, boxes })),
  )
}

/** By what the hands were seen, for the file's metadata. */
export function handFacts({ tool, clock }: HandStream): Record<string, string> {
  return { tool: tool.name, version: tool.version, model: tool.model, clock }
}

/** By what the film was redacted and what that took out; when its maker approved it is told no finer than a day. */
export function redactionFacts({ tool, models, covers, sheets, ...rest }: Redaction): Record<string, string> {
  return {
    tool: tool.name,
    version: tool.version,
    models: models.join(', '),
    looks_per_second: String(rest.looksPerSecond),
    min_confidence: String(rest.minConfidence),
    carry_ms: String(rest.carryMs),
    covers: String(covers.length),
    ...(sheets ? sheetFacts(sheets) : {}),
    background: rest.background,
    sound: rest.sound,
    dates: rest.dates,
    approved_day: rest.approvedAt.slice(0, 10),
  }
}

/** What was found of screens and papers, and what the film's maker chose for each. */
function sheetFacts({ tool, found, covers }: NonNullable<Redaction['sheets']>): Record<string, string> {
  return {
    sheets_tool: tool.name,
    sheets_version: tool.version,
    sheets_found: JSON.stringify(
      found.map(({ kind, fromMs, toMs, choice }) => ({ kind, from_ms: fromMs, to_ms: toMs, choice })),
    ),
    sheets_covers: String(covers.length),
  }
}

/** How a detector's clock stands to the film's: its looks bear the times of the pictures it saw, so no error is added. */
export function lookClock({ filmStartMs }: { filmStartMs: number }): Record<string, number> {
  return { atMs: filmStartMs, offsetMs: -filmStartMs, driftPpm: 0, driftErrorPpm: 0, errorMs: 0 }
}
