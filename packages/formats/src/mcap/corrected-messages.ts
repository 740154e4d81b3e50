import { HAND_BONES, HAND_JOINTS } from '@chiron/core/sight'
import type { CorrectedHandsRecord } from './recording.ts'
import { message, type TimedMessage } from './timed-message.ts'
import { TOPICS } from './topics.ts'

const LINE_LIST = 4
const BONE_WIDTH_RATIO = 1 / 200
const GREEN = { r: 0.27, g: 0.83, b: 0.53, a: 1 }
const CLEAR = { r: 0, g: 0, b: 0, a: 0 }

/** Each moment that people corrected, as they put it and drawn over a picture of `size` pixels. */
export function correctedMessages(
  corrected: readonly CorrectedHandsRecord[],
  size: { width: number; height: number },
): TimedMessage[] {
  return corrected.flatMap(({ timeMs, answerCount, by, hands }) => [
    message(TOPICS.correctedHands, timeMs, () => ({
      answer_count: answerCount,
      by,
      hands: hands.map(({ side, points, agreement }) => ({
        side,
        is_in_picture: points !== null,
        agreement,
        points: (points ?? []).map((point, joint) => ({
          joint: HAND_JOINTS[joint],
          state: point.state,
          ...(point.x === null || point.y === null ? {} : { x: point.x, y: point.y }),
          ...(point.errorPx === null ? {} : { error_px: point.errorPx }),
          agreement: point.agreement,
          state_share: point.stateShare,
        })),
      })),
    })),
    message(TOPICS.drawnCorrectedHands, timeMs, (timestamp) => ({
      timestamp,
      circles: [],
      texts: [],
      points: hands.map(({ points }) => ({
        timestamp,
        type: LINE_LIST,
        points: HAND_BONES.flatMap(([from, to]) => {
          const ends = [points?.[from], points?.[to]]
          return ends.every((end) => end && end.x !== null && end.y !== null)
            ? ends.map((end) => ({ x: (end?.x ?? 0) * size.width, y: (end?.y ?? 0) * size.height }))
            : []
        }),
        outline_color: GREEN,
        outline_colors: [],
        fill_color: CLEAR,
        thickness: size.width * BONE_WIDTH_RATIO,
      })),
    })),
  ])
}
