import { assert, sortBy } from '../kit/index.ts'

/** A stretch of time with a label; it ends before `end`. Times in any one unit. */
export type Segment = { readonly start: number; readonly end: number; readonly label: string }

/** How two sets of boundaries fit: precision and recall of the second against the first, and their harmonic mean. */
export type BoundaryFit = {
  readonly f: number
  readonly precision: number
  readonly recall: number
  readonly matchCount: number
}

/**
 * The share of time, of what either labelled, on which both gave the same label: intersection over union summed over
 * labels, 0 … 1. Two empty answers agree: 1. Gaps belong to no label.
 */
export function temporalIou(one: readonly Segment[], other: readonly Segment[]): number {
  for (const segments of [one, other]) assertSegments(segments)
  let intersection = 0
  const lengthOf = (segments: readonly Segment[]) => segments.reduce((sum, s) => sum + s.end - s.start, 0)
  for (const a of one) {
    for (const b of other) {
      if (a.label === b.label)
        intersection += Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
    }
  }
  const union = lengthOf(one) + lengthOf(other) - intersection
  return union > 0 ? intersection / union : 1
}

/**
 * Boundary F: boundaries match one to one within `tolerance` (same unit as the times), as many as can. Where two
 * segments touch there is one boundary. Two answers without boundaries agree: 1.
 */
export function boundaryF(
  reference: readonly Segment[],
  found: readonly Segment[],
  tolerance: number,
): BoundaryFit {
  assert(tolerance >= 0, 'a tolerance is not negative')
  const [truth, guess] = [boundariesOf(reference), boundariesOf(found)]
  let [at, next, matchCount] = [0, 0, 0]
  // In sorted order the earliest fitting partner is always the best: the greedy matching is the largest.
  while (at < truth.length && next < guess.length) {
    const gap = guess[next]! - truth[at]!
    if (Math.abs(gap) <= tolerance) {
      matchCount++
      at++
      next++
    } else if (gap < 0) next++
    else at++
  }
  const precision = guess.length > 0 ? matchCount / guess.length : truth.length === 0 ? 1 : 0
  const recall = truth.length > 0 ? matchCount / truth.length : guess.length === 0 ? 1 : 0
  const f = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
  return { f, precision, recall, matchCount }
}

/**
 * Segmental F1 at an overlap (Lea and others 2017): a found segment is right when its IoU with an unmatched segment
 * of the same label reaches `leastIou`.
 */
export function segmentF(reference: readonly Segment[], found: readonly Segment[], leastIou = 0.5): number {
  for (const segments of [reference, found]) assertSegments(segments)
  if (reference.length + found.length === 0) return 1
  const pairs = reference.flatMap((one, at) =>
    found.flatMap((other, place) =>
      one.label === other.label ? [{ at, place, iou: temporalIou([one], [other]) }] : [],
    ),
  )
  const [matched, taken] = [new Set<number>(), new Set<number>()]
  for (const { at, place } of sortBy(
    pairs.filter((pair) => pair.iou >= leastIou && pair.iou > 0),
    (pair) => -pair.iou,
    (pair) => pair.at,
    (pair) => pair.place,
  )) {
    if (matched.has(at) || taken.has(place)) continue
    matched.add(at)
    taken.add(place)
  }
  return (2 * matched.size) / (reference.length + found.length)
}

function boundariesOf(segments: readonly Segment[]): number[] {
  assertSegments(segments)
  return [...new Set(segments.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b)
}

/** Each segment has finite times and a length; asserted. */
export function assertSegments(segments: readonly Segment[]): void {
  for (const { start, end } of segments)
    assert(
      Number.isFinite(start) && Number.isFinite(end) && start < end,
      'a segment has a length, in finite times',
    )
}
