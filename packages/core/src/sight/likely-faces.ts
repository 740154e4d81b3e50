import type { Box } from './box.ts'
import type { Hand } from './hand-stream.ts'
import { handOutline, isInside, type Point, SKIN_REACH } from './person-mask.ts'

/** A place where a detector thinks a face may be; `score` 0 … 1 is how much it thinks so. */
export type Face = Box & { score: number }

/** This sure, it is a face whatever else is there. Bare hands reach 0.65 on real footage, clear faces 0.8 and more. */
export const CERTAIN_FACE = 0.8
/** This sure, it is worth telling a person, or sending a film back. */
export const CLEAR_FACE = 0.6
/** Only a hand that is this certain speaks against a face, or a body. */
export const CERTAIN_HAND = 0.8
/** Share of the candidate that has to lie on the hand. */
const ON_HAND_SHARE = 0.6
const SAMPLES_A_SIDE = 8

/**
 * Candidates without those that are hands: to a face detector as watchful as ours a bare palm looks like a face. One that
 * lies on a certain hand, and is no certain face, is dropped; all others stay.
 */
export function likelyFaces(candidates: readonly Face[], hands: readonly Hand[]): Face[] {
  const outlines = hands
    .filter(({ confidence }) => confidence >= CERTAIN_HAND)
    .map((hand) => handOutline(hand, SKIN_REACH))
  return candidates.filter(
    (face) =>
      face.score >= CERTAIN_FACE || !outlines.some((outline) => shareInside(face, outline) >= ON_HAND_SHARE),
  )
}

function shareInside({ x, y, width, height }: Box, outline: readonly Point[]): number {
  let inside = 0
  for (let row = 0; row < SAMPLES_A_SIDE; row++) {
    for (let column = 0; column < SAMPLES_A_SIDE; column++) {
      const point: Point = [
        x + ((column + 0.5) * width) / SAMPLES_A_SIDE,
        y + ((row + 0.5) * height) / SAMPLES_A_SIDE,
      ]
      if (isInside(point, outline)) inside++
    }
  }
  return inside / SAMPLES_A_SIDE ** 2
}
