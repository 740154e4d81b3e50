import { expect, test } from 'vitest'
import {
  coveredRatio,
  HAND_BONES,
  HAND_JOINTS,
  type Hand,
  type HandFrame,
  type HandStream,
  handsBetween,
  looksOnFilm,
} from './index.ts'

const hand = (at: number, confidence = 0.9, side: Hand['side'] = 'left'): Hand => ({
  side,
  confidence,
  points: HAND_JOINTS.map((_, joint): [number, number, number] => [at, joint / 100, -at]),
})
/** Looks on a clock on which the film begins at 1000. */
const streamOf = (looks: [number, Hand[]][]): HandStream => ({
  tool: { name: 'a detector', version: '1', model: 'lite' },
  clock: 'camera',
  filmStartMs: 1000,
  frames: looks.map(([filmMs, hands]): HandFrame => ({ timeMs: filmMs + 1000, hands })),
})

test('SEE-7 between two looks a hand is on the straight line, as sure as the less sure of them', () => {
  const stream = streamOf([
    [0, [hand(0.2, 0.9)]],
    [400, [hand(0.6, 0.8)]],
  ])
  const [first, quarter, last, late] = handsBetween(stream, 'left', [0, 100, 400, 450])
  expect(first).toMatchObject({ confidence: 0.9, awayMs: 0 })
  expect(first?.points[20]).toEqual([0.2, 0.2, -0.2])
  expect(quarter).toMatchObject({ confidence: 0.8, awayMs: 100 })
  expect(quarter?.points[20]?.map((value) => Number(value.toFixed(9)))).toEqual([0.3, 0.2, -0.3])
  expect(last?.points[0]?.[0]).toBe(0.6)
  expect(late).toBeUndefined()
  expect(handsBetween(stream, 'right', [0, 100])).toEqual([undefined, undefined])
})

test('SEE-7 a look that saw none, or looks too far apart, leave the time between unknown', () => {
  const stream = streamOf([
    [0, [hand(0.1)]],
    [200, []],
    [400, [hand(0.3)]],
    [1000, [hand(0.5, 0.6), hand(0.7, 0.95)]],
  ])
  const timesMs = [0, 10, 100, 195, 205, 300, 395, 400, 700, 990]
  const seen = handsBetween(stream, 'left', timesMs).map((at) => at?.points[0]?.[0])
  expect(seen).toEqual([0.1, 0.1, undefined, undefined, undefined, undefined, 0.3, 0.3, undefined, 0.7])
  expect(handsBetween(streamOf([]), 'left', [0])).toEqual([undefined])
})

test('SEE-1 looks are told on the film’s clock, in its order, with their own time kept', () => {
  const looks = looksOnFilm(
    streamOf([
      [40, []],
      [-20, [hand(0.1)]],
    ]),
  )
  expect(looks.map(({ filmMs, timeMs }) => [filmMs, timeMs])).toEqual([
    [-20, 980],
    [40, 1040],
  ])
  expect(HAND_JOINTS).toHaveLength(21)
  expect([HAND_JOINTS[4], HAND_JOINTS[5], HAND_JOINTS[20]]).toEqual(['thumb_tip', 'index_mcp', 'little_tip'])
  expect(HAND_BONES.slice(3, 6)).toEqual([
    [3, 4],
    [0, 5],
    [5, 6],
  ])
})

test('SEE-8 what lies under several covers counts once, what reaches over the edge not at all', () => {
  const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })
  expect(coveredRatio([])).toBe(0)
  expect(coveredRatio([box(0.2, 0.2, 0.5, 0.4)])).toBeCloseTo(0.2, 12)
  expect(coveredRatio([box(0, 0, 0.5, 0.5), box(0, 0, 0.5, 0.5)])).toBeCloseTo(0.25, 12)
  expect(coveredRatio([box(0, 0, 0.5, 0.5), box(0.25, 0.25, 0.5, 0.5)])).toBeCloseTo(0.4375, 12)
  expect(coveredRatio([box(0.1, 0, 0.2, 0.1), box(0.1, 0.5, 0.2, 0.1)])).toBeCloseTo(0.04, 12)
  expect(coveredRatio([box(-0.5, -0.5, 1, 1), box(2, 2, 1, 1)])).toBeCloseTo(0.25, 12)
  expect(coveredRatio([box(-1, -1, 3, 3)])).toBe(1)
})
