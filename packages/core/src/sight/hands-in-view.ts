import type { Hand } from './hand-stream.ts'

/** A detector that is less sure than this has seen something else. */
const MIN_CONFIDENCE = 0.5
/** Joints this near the edge are taken for cut off: a detector pushes what it cannot see against it. */
const EDGE = 0.01
/** So many joints over the edge, and the hand is no longer all there. */
const MIN_CUT_POINTS = 3

/** How many hands the picture shows, and how many of them run over its edge. The wrist may: arms come from outside. */
export function handsInView(hands: readonly Hand[]): { count: number; cutOffCount: number } {
  const sure = hands.filter(({ confidence }) => confidence >= MIN_CONFIDENCE)
  return { count: sure.length, cutOffCount: sure.filter(isCutOff).length }
}

function isCutOff({ points }: Hand): boolean {
  const outside = points.filter(([x, y], at) => at > 0 && (isOver(x) || isOver(y)))
  return outside.length >= MIN_CUT_POINTS
}

const isOver = (share: number): boolean => share < EDGE || share > 1 - EDGE
