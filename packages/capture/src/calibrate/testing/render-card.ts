import { CARD_MM } from '@chiron/core/camera'
import type { GreyPicture } from '../board-solver.ts'
import { type Pose, renderPlane, seenAt } from './render-board.ts'

/** Round, as every bank card's corners are (ISO/IEC 7810). */
const CORNER_MM = 3.18
const TABLE = 96
const CARD = 200
const STRIPE = 40

/** What the camera sees of a bank card on a table: light, with a dark stripe along it. */
export const renderCard = (pose: Pose): GreyPicture => renderPlane(pose, levelAt)

function levelAt(right: number, down: number): number {
  const x = Math.abs(right) - CARD_MM.width / 2 + CORNER_MM
  const y = Math.abs(down) - CARD_MM.height / 2 + CORNER_MM
  const isRounded = x > 0 && y > 0 && Math.hypot(x, y) > CORNER_MM
  if (Math.max(x, y) > CORNER_MM || isRounded) return TABLE
  return down > -20 && down < -9 ? STRIPE : CARD
}

const STEP_MM = 0.01

/** The truth of such a picture: where the edges would meet, in pixels, and millimetres a pixel in the card's middle, by area. */
export function cardTruth(pose: Pose): { corners: { x: number; y: number }[]; mmPerPx: number } {
  const [w, h] = [CARD_MM.width / 2, CARD_MM.height / 2]
  const corners = [
    [-w, -h],
    [w, -h],
    [w, h],
    [-w, h],
  ].map(([right = 0, down = 0]) => seenAt(pose, right, down))
  const [o, e, s] = [seenAt(pose, 0, 0), seenAt(pose, STEP_MM, 0), seenAt(pose, 0, STEP_MM)]
  const area = Math.abs((e.x - o.x) * (s.y - o.y) - (e.y - o.y) * (s.x - o.x))
  return { corners, mmPerPx: STEP_MM / Math.sqrt(area) }
}
