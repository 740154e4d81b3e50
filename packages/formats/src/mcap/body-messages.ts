import { BODY_BONES, BODY_LANDMARKS, type BodyNote, type BodyStream, looksOnFilm } from '@chiron/core/sight'
import { message, type TimedMessage } from './timed-message.ts'
import { TOPICS } from './topics.ts'

const LINE_LIST = 4
/** How thick bones are drawn, as a share of the picture's width. */
const BONE_WIDTH_RATIO = 1 / 240
const COLOUR = { r: 0.6, g: 1, b: 0.4, a: 1 }
const CLEAR = { r: 0, g: 0, b: 0, a: 0 }
/** Bones with an end that is less likely in sight are not drawn. */
const MIN_DRAWN = 0.5

/** Each look for the body twice: as it was kept, and drawn over a picture of `size` pixels. */
export function bodyMessages(stream: BodyStream, size: { width: number; height: number }): TimedMessage[] {
  return looksOnFilm(stream)
    .filter(({ filmMs }) => filmMs >= 0)
    .flatMap(({ filmMs, timeMs, count, body }) => [
      message(TOPICS.body, filmMs, () => ({
        native_ms: timeMs,
        count,
        landmarks: (body ?? []).map(([x, y, z, visibility], at) => ({
          name: BODY_LANDMARKS[at],
          x,
          y,
          z,
          visibility,
        })),
      })),
      message(TOPICS.drawnBody, filmMs, (timestamp) => ({
        timestamp,
        circles: [],
        texts: [],
        points: body === null ? [] : [drawn(body, size, timestamp)],
      })),
    ])
}

function drawn(
  body: NonNullable<BodyStream['frames'][number]['body']>,
  size: { width: number; height: number },
  timestamp: object,
) {
  const bones = BODY_BONES.filter((ends) => ends.every((end) => (body[end]?.[3] ?? 0) >= MIN_DRAWN))
  return {
    timestamp,
    type: LINE_LIST,
    points: bones.flat().map((end) => {
      const [x = 0, y = 0] = body[end] ?? []
      return { x: x * size.width, y: y * size.height }
    }),
    outline_color: COLOUR,
    outline_colors: [],
    fill_color: CLEAR,
    thickness: size.width * BONE_WIDTH_RATIO,
  }
}

/** By what the body was seen, or why it was not, for the file's metadata. */
export function bodyFacts(note: BodyNote): Record<string, string> {
  if ('absent' in note) return { absent: note.absent }
  const { tool, clock } = note
  return { tool: tool.name, version: tool.version, model: tool.model, model_sha256: tool.sha256, clock }
}
