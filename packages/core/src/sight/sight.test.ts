import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Box,
  CARRY_MS,
  coverPlan,
  coversAt,
  deviceTier,
  type Face,
  type FacesAt,
  type Hand,
  handOutline,
  handStreamSchema,
  handsInView,
  likelyFaces,
  lookPlan,
  roundedHand,
} from './index.ts'

/** A hand upright in a square from its left top corner: the wrist below, five fingers above it. */
const handAt = (x: number, y: number, size: number, confidence = 0.95): Hand => ({
  side: 'right',
  confidence,
  points: Array.from({ length: 21 }, (_, at): [number, number, number] => {
    if (at === 0) return [x + size / 2, y + size, 0]
    const finger = Math.floor((at - 1) / 4)
    const joint = (at - 1) % 4
    return [x + (finger * size) / 4, y + (size * (3 - joint)) / 4, 0]
  }),
})
const faceAt = (x: number, y: number, size: number, score = 0.5): Face => ({
  x,
  y,
  width: size,
  height: size,
  score,
})
const holds = (outer: Box, inner: Box): boolean =>
  outer.x <= inner.x + 1e-9 &&
  outer.y <= inner.y + 1e-9 &&
  outer.x + outer.width >= inner.x + inner.width - 1e-9 &&
  outer.y + outer.height >= inner.y + inner.height - 1e-9

test('SEE-1 a stream of hands says when, how sure and by what', () => {
  const tool = { name: 'a detector', version: '1', model: 'lite' }
  const frames = [{ timeMs: 12.5, hands: [roundedHand(handAt(0.123456, 0.2, 0.3))] }]
  const stream = { tool, clock: 'camera' as const, filmStartMs: 4, frames }
  expect(handStreamSchema.parse(stream)).toEqual(stream)
  expect(frames[0]!.hands[0]!.points[0]![0]).toBe(0.2735)
  const shaped = roundedHand({ ...handAt(0, 0, 1), world: handAt(0, 0, 0.12345).points })
  expect(
    handStreamSchema.parse({ ...stream, frames: [{ timeMs: 1, hands: [shaped] }] }).frames[0]?.hands[0]
      ?.world?.[1],
  ).toEqual([0, 0.0926, 0])
  const short = { ...frames[0]!, hands: [{ ...handAt(0, 0, 1), points: [[0, 0, 0]] }] }
  expect(handStreamSchema.safeParse({ ...stream, frames: [short] }).success).toBe(false)
})

test('SEE-2 a hand at the edge is cut off, one whose wrist alone leaves is not', () => {
  expect(handsInView([handAt(0.3, 0.3, 0.3)])).toEqual({ count: 1, cutOffCount: 0 })
  expect(handsInView([handAt(-0.1, 0.3, 0.3)])).toEqual({ count: 1, cutOffCount: 1 })
  expect(handsInView([handAt(0.3, 0.75, 0.3)])).toEqual({ count: 1, cutOffCount: 0 })
  expect(handsInView([handAt(-0.1, 0.3, 0.3, 0.4)])).toEqual({ count: 0, cutOffCount: 0 })
})

test('SEE-3 a palm that looks like a face is a palm; a certain face stays one, and so does a face beside the hand', () => {
  const hand = handAt(0.4, 0.3, 0.2)
  const palm = faceAt(0.45, 0.36, 0.08, 0.65)
  expect(likelyFaces([palm], [hand])).toEqual([])
  expect(likelyFaces([palm], [])).toEqual([palm])
  expect(likelyFaces([{ ...palm, score: 0.85 }], [hand])).toHaveLength(1)
  expect(likelyFaces([palm], [{ ...hand, confidence: 0.6 }])).toHaveLength(1)
  const beside = faceAt(0.05, 0.1, 0.2, 0.3)
  // A face that is half behind a hand is still a face.
  const behind = faceAt(0.26, 0.3, 0.22, 0.5)
  expect(likelyFaces([beside, behind], [hand])).toEqual([beside, behind])
})

const looks = fc.array(
  fc.record({
    x: fc.double({ min: 0, max: 0.8, noNaN: true }),
    y: fc.double({ min: 0, max: 0.8, noNaN: true }),
    size: fc.double({ min: 0.02, max: 0.2, noNaN: true }),
    seen: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
)

test('SEE-4 every face is covered at its look and for half a second around it, whatever else is seen', () => {
  fc.assert(
    fc.property(looks, (all) => {
      const film: FacesAt[] = all.map(({ x, y, size, seen }, at) => ({
        timeMs: at * 200,
        boxes: seen ? [faceAt(x, y, size)] : [],
      }))
      const durationMs = all.length * 200
      const spans = coverPlan(film, { durationMs })
      spans.slice(1).forEach((span, at) => {
        expect(span.fromMs).toBeGreaterThanOrEqual(spans[at]!.toMs)
      })
      for (const { timeMs, boxes } of film) {
        for (const box of boxes) {
          for (const shift of [-CARRY_MS + 1, -100, 0, 100, CARRY_MS - 1]) {
            const momentMs = timeMs + shift
            if (momentMs < 0 || momentMs > durationMs) continue
            expect(coversAt(spans, momentMs).some((cover) => holds(cover, box))).toBe(true)
          }
        }
      }
    }),
  )
})

test('SEE-4 between two looks the whole way of a face is covered', () => {
  const film = [
    { timeMs: 0, boxes: [faceAt(0.1, 0.2, 0.1)] },
    { timeMs: 1_400, boxes: [faceAt(0.17, 0.2, 0.1)] },
  ]
  const spans = coverPlan(film, { durationMs: 2_000 })
  expect(coversAt(spans, 700).some((cover) => holds(cover, faceAt(0.1, 0.2, 0.17)))).toBe(false)
  expect(
    coversAt(spans, 700).some((cover) => holds(cover, { x: 0.1, y: 0.2, width: 0.17, height: 0.1 })),
  ).toBe(true)
  expect(coversAt(coverPlan([], { durationMs: 2_000 }), 700)).toEqual([])
})

test('SEE-5 the outline of a hand holds its joints', () => {
  const hand = handAt(0.3, 0.3, 0.2)
  const outline = handOutline(hand)
  const xs = outline.map(([x]) => x)
  const ys = outline.map(([, y]) => y)
  expect(Math.min(...xs)).toBeLessThan(0.27)
  expect(Math.max(...xs)).toBeGreaterThan(0.53)
  expect(Math.min(...ys)).toBeLessThan(0.27)
  expect(Math.max(...ys)).toBeGreaterThan(0.53)
  // A box over every joint alone lies on the hand: the outline holds them all.
  for (const [x, y] of hand.points)
    expect(likelyFaces([faceAt(x - 0.005, y - 0.005, 0.01)], [hand])).toEqual([])
})

test('SEE-6 a tier is what the device was measured to do', () => {
  const fast = { encodesAvc: true, lookMs: 2, handsMs: 25, faceMs: 10 }
  expect(deviceTier(fast)).toBe('high')
  expect(deviceTier({ ...fast, handsMs: 150, faceMs: 60 })).toBe('middle')
  expect(deviceTier({ ...fast, handsMs: 400, faceMs: 100 })).toBe('low')
  expect(deviceTier({ ...fast, encodesAvc: false })).toBe('low')
  expect(deviceTier({ ...fast, handsMs: null })).toBe('basic')
  expect(lookPlan('high').hands).toBeGreaterThan(lookPlan('middle').hands)
  expect(lookPlan('low')).toMatchObject({ hands: 0, faces: 0 })
})
