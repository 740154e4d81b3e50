import { type Box, boxAround, boxOverlap, dilatedBox } from './box.ts'

/** What a detector found at one moment of a film. */
export type FacesAt = { timeMs: number; boxes: Box[] }

/** A stretch of a film and what is covered in it. */
export type CoveredSpan = { fromMs: number; toMs: number; boxes: Box[] }

/** Faces are looked for with this little confidence: a cup covered by mistake costs less than a face shown. */
export const FACE_MIN_CONFIDENCE = 0.3
/** How much larger than the face, on each side, the cover is: hair, ears, and what it moved meanwhile. */
export const COVER_RATIO = 0.35
/** A cover reaches this far before the first and after the last look that saw the face. */
export const CARRY_MS = 500

/**
 * What to cover, and when. Each look's faces are made larger and carried `carryMs` both ways, so that a face is
 * covered between two looks, before the detector first notices it and after it loses it. Between two looks that see
 * the same face the cover spans both places. Spans do not overlap and come in order.
 */
export function coverPlan(
  looks: readonly FacesAt[],
  film: { durationMs: number; carryMs?: number; coverRatio?: number },
): CoveredSpan[] {
  const { durationMs, carryMs = CARRY_MS, coverRatio = COVER_RATIO } = film
  const covers = looks.flatMap((look, at) => coversOf(look, looks[at + 1], { carryMs, coverRatio }))
  const edges = [...new Set(covers.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))]
    .map((ms) => Math.min(durationMs, Math.max(0, ms)))
    .sort((a, b) => a - b)
  const spans: CoveredSpan[] = []
  edges.slice(1).forEach((toMs, at) => {
    const fromMs = edges[at]!
    if (toMs <= fromMs) return
    const boxes = covers.filter((cover) => cover.fromMs < toMs && cover.toMs > fromMs).map(({ box }) => box)
    if (boxes.length > 0) spans.push({ fromMs, toMs, boxes: withoutRepeats(boxes) })
  })
  return spans
}

type Cover = { fromMs: number; toMs: number; box: Box }

function coversOf(
  { timeMs, boxes }: FacesAt,
  next: FacesAt | undefined,
  { carryMs, coverRatio }: { carryMs: number; coverRatio: number },
): Cover[] {
  return boxes.flatMap((box) => {
    const own = { fromMs: timeMs - carryMs, toMs: timeMs + carryMs, box: dilatedBox(box, coverRatio) }
    const after = next && nearest(box, next.boxes)
    if (!next || !after) return [own]
    const between = { fromMs: timeMs, toMs: next.timeMs, box: dilatedBox(boxAround(box, after), coverRatio) }
    return [own, between]
  })
}

/** The box of the next look that is most likely the same face: it overlaps, or lies within one face's width. */
function nearest(box: Box, others: readonly Box[]): Box | undefined {
  const wide = dilatedBox(box, 1)
  return others
    .filter((other) => boxOverlap(wide, other) > 0)
    .sort((a, b) => boxOverlap(wide, b) - boxOverlap(wide, a))[0]
}

const SAME = 0.95
function withoutRepeats(boxes: readonly Box[]): Box[] {
  const kept: Box[] = []
  for (const box of boxes) if (!kept.some((other) => boxOverlap(other, box) > SAME)) kept.push(box)
  return kept
}

/** The boxes to cover in the picture at `timeMs`. */
export function coversAt(spans: readonly CoveredSpan[], timeMs: number): Box[] {
  return spans.filter(({ fromMs, toMs }) => timeMs >= fromMs && timeMs <= toMs).flatMap(({ boxes }) => boxes)
}
