import { assert } from '../kit/index.ts'
import { boxOverlap } from './box.ts'
import type { Face } from './likely-faces.ts'

/** Side of the square picture that MediaPipe's full-range face model looks at. */
export const FACE_INPUT_PX = 192
const GRID = 48
const ANCHOR_COUNT = GRID * GRID
/** Four for the box, two for each of six points of the face. */
const VALUES_AN_ANCHOR = 16
/** Two boxes that share more than this are one face. */
const SAME_FACE = 0.3

/**
 * Faces in the raw output of that model: `boxes` 2304 × 16 (centre, size and six points, in pixels from an anchor in
 * the middle of each of 48 × 48 cells), `scores` 2304 logits. Shares of the square, best first; of overlapping ones
 * the best stays (BlazeFace, Bazarevsky et al. 2019).
 */
export function decodeFaces(output: { boxes: Float32Array; scores: Float32Array; minScore: number }): Face[] {
  const { boxes, scores, minScore } = output
  assert(scores.length === ANCHOR_COUNT, `${scores.length} scores`)
  assert(boxes.length === ANCHOR_COUNT * VALUES_AN_ANCHOR, `${boxes.length} values of boxes`)
  const found: Face[] = []
  scores.forEach((logit, anchor) => {
    const score = 1 / (1 + Math.exp(-logit))
    if (score < minScore) return
    const at = anchor * VALUES_AN_ANCHOR
    const [x, y, width, height] = [0, 1, 2, 3].map((value) => boxes[at + value]! / FACE_INPUT_PX)
    const centreX = x! + ((anchor % GRID) + 0.5) / GRID
    const centreY = y! + (Math.floor(anchor / GRID) + 0.5) / GRID
    found.push({ x: centreX - width! / 2, y: centreY - height! / 2, width: width!, height: height!, score })
  })
  const kept: Face[] = []
  for (const face of found.sort((a, b) => b.score - a.score)) {
    if (!kept.some((other) => boxOverlap(face, other) > SAME_FACE)) kept.push(face)
  }
  return kept
}
