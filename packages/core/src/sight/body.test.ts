import { expect, test } from 'vitest'
import {
  BODY_BONES,
  BODY_LANDMARKS,
  type Body,
  type BodyFrame,
  type BodyStream,
  bodyBetween,
  bodyEvery,
  bodyNotesSchema,
  type Hand,
  largestBody,
  nearestLook,
} from './index.ts'

/** A body upright in a box: each landmark lower than the one before it, at both sides in turn. */
const bodyAt = (x: number, y: number, size: number, visibility = 0.9): Body =>
  BODY_LANDMARKS.map((_, at): Body[number] => [
    x + ((at % 2) * size) / 3,
    y + (at * size) / 32,
    -size,
    visibility,
  ])

const streamOf = (looks: [number, Body | null][]): BodyStream => ({
  tool: { name: 'a detector', version: '1', model: 'lite', sha256: 'ab'.repeat(32) },
  clock: 'film',
  filmStartMs: 2000,
  frames: looks.map(([filmMs, body]): BodyFrame => ({ timeMs: filmMs + 2000, count: body ? 1 : 0, body })),
})

test('SEE-17 the landmarks have names, one each, and bones join those of one body below the face', () => {
  expect(BODY_LANDMARKS).toHaveLength(33)
  expect(new Set(BODY_LANDMARKS).size).toBe(33)
  expect([0, 7, 9, 11, 16, 23, 32].map((at) => BODY_LANDMARKS[at])).toEqual([
    'nose',
    'left_ear',
    'mouth_left',
    'left_shoulder',
    'right_wrist',
    'left_hip',
    'right_foot_index',
  ])
  const named = BODY_BONES.map(([from, to]) => [BODY_LANDMARKS[from], BODY_LANDMARKS[to]])
  expect(named).toContainEqual(['right_hip', 'right_knee'])
  expect(named.flat()).not.toContain(undefined)
  expect(named.flat().filter((name) => /nose|eye|ear|mouth/.test(name!))).toEqual([])
})

test('SEE-17 a stream of the body says when, how visible and by which model, or why there is none', () => {
  const stream = streamOf([
    [0, bodyAt(0.1, 0.1, 0.5)],
    [200, null],
  ])
  const notes = { version: 1 as const, body: stream }
  expect(bodyNotesSchema.parse(notes)).toEqual(notes)
  expect(bodyNotesSchema.parse({ version: 1, body: { absent: 'device' } }).body).toEqual({ absent: 'device' })
  // What else lies behind the film is nothing to it.
  expect(bodyNotesSchema.parse({ version: 1, hands: 'broken' }).body).toBeUndefined()
  const bad = (change: object) =>
    bodyNotesSchema.safeParse({ version: 1, body: { ...stream, ...change } }).success
  expect(bad({ tool: { ...stream.tool, sha256: 'unknown' } })).toBe(false)
  expect(bad({ frames: [{ timeMs: 1, count: 1, body: bodyAt(0, 0, 1).slice(1) }] })).toBe(false)
  expect(bad({ frames: [{ timeMs: 1, count: 1, body: bodyAt(0, 0, 1, 1.5) }] })).toBe(false)
  expect(bodyNotesSchema.safeParse({ version: 1, body: { absent: 'who knows' } }).success).toBe(false)
})

test('SEE-18 of several bodies the largest within the picture is kept, with how many there were', () => {
  const [far, near] = [bodyAt(0.7, 0.2, 0.2), bodyAt(0.123456, 0.1, 0.6)]
  const outside = bodyAt(0.9, 0.9, 3)
  expect(largestBody([far, near, outside], [])).toEqual({
    count: 3,
    body: near.map((landmark) => landmark.map((value) => Math.round(value * 10_000) / 10_000)),
  })
  expect(largestBody([far, far, far, near], [])).toMatchObject({ count: 3 })
  expect(largestBody([], [])).toEqual({ count: 0, body: null })
})

test('SEE-18 a body that lies on a certain hand is that hand', () => {
  const hand = (confidence: number): Hand => ({
    side: 'right',
    confidence,
    points: Array.from({ length: 21 }, (_, at) => [0.3 + (at % 5) / 10, 0.3 + at / 50, 0]),
  })
  const onHand = bodyAt(0.4, 0.35, 0.3)
  const beside = bodyAt(0.05, 0.1, 0.2)
  expect(largestBody([onHand], [hand(0.9)])).toEqual({ count: 0, body: null })
  expect(largestBody([onHand, beside], [hand(0.9)])).toMatchObject({
    count: 1,
    body: [[0.05, 0.1, -0.2, 0.9]].concat(largestBody([beside], []).body!.slice(1)),
  })
  expect(largestBody([onHand], [hand(0.6)]).count).toBe(1)
})

test('SEE-19 between two looks the body is on the straight line, as visible as where it is less so', () => {
  const [from, to] = [bodyAt(0.1, 0.1, 0.5, 0.9), bodyAt(0.3, 0.1, 0.5, 0.4)]
  const stream = streamOf([
    [0, from],
    [400, to],
    [800, null],
    [1600, from],
  ])
  const [first, quarter, seen, gone, alone] = bodyBetween(stream, [0, 100, 400, 500, 1600])
  expect(first).toEqual({ body: from, awayMs: 0 })
  expect(quarter?.awayMs).toBe(100)
  expect(quarter?.body[11]?.[0]).toBeCloseTo(from[11]![0] + 0.05)
  expect(quarter?.body[11]?.[3]).toBe(0.4)
  expect(seen?.body).toEqual(to)
  expect(gone).toBeUndefined()
  expect(alone?.body).toEqual(from)
  expect(nearestLook(stream, 790)?.count).toBe(0)
  expect(nearestLook(stream, 1200)).toBeUndefined()
})

test('SEE-6 the body is looked for by devices that are fast enough, and by the others not at all', () => {
  expect((['high', 'middle', 'low', 'basic'] as const).map(bodyEvery)).toEqual([1, 2, 0, 0])
})
