import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../kit/index.ts'
import { HAND_JOINTS, type SeenMoment } from '../../sight/index.ts'
import {
  askedMomentFaults,
  type CorrectedPoint,
  type HandsAnswer,
  type KeypointsAnswer,
  kinds,
  machineAnswer,
  placeHands,
} from '../index.ts'

const PICTURE = { width: 640, height: 480 }
const config = { momentCount: 2 }
/** A hand of 21 joints on a grid, its longer side 0.4 of the picture's height. */
const hand = (shift = 0): CorrectedPoint[] =>
  HAND_JOINTS.map((_, at) => ({
    state: 'seen',
    x: 0.3 + (at % 5) * 0.05 + shift,
    y: 0.3 + Math.floor(at / 5) * 0.1,
  }))
const answer = (
  right: CorrectedPoint[] | null = hand(),
  left: CorrectedPoint[] | null = null,
): KeypointsAnswer => ({
  moments: [{ timeMs: 100, left, right }],
})
const changed = (joint: number, point: CorrectedPoint): CorrectedPoint[] =>
  hand().map((each, at) => (at === joint ? point : each))
const faultsOf = (given: unknown) =>
  kinds.keypoints.answerFaults(config, given).map(({ code, field, why }) => [code, field, why])
const by = (...answers: KeypointsAnswer[]): HandsAnswer[] =>
  answers.map((each, at) => ({ worker: `w${at}`, answer: each }))
const rightOf = (answers: HandsAnswer[]) => placeHands(answers, PICTURE).moments[0]!.hands[1]!

test('KND-13 a place in the picture, or none outside of it; the fault names the joint and why', () => {
  expect(faultsOf(answer())).toEqual([])
  expect(faultsOf(answer(changed(8, { state: 'outside' })))).toEqual([])
  expect(faultsOf(answer(changed(8, { state: 'seen', x: 1.2, y: 0.5 })))).toEqual([
    [
      'place-outside',
      'moments.0.right.index_tip',
      'the index tip of the right hand lies beyond the picture: say that it is not in it',
    ],
  ])
  expect(faultsOf(answer(changed(4, { state: 'hidden', x: 0.1 })))).toEqual([
    [
      'place-missing',
      'moments.0.right.thumb_tip',
      'the thumb tip of the right hand is hidden: say where it is',
    ],
  ])
  expect(faultsOf(answer(null, changed(0, { state: 'outside', x: 0, y: 0 })))).toEqual([
    [
      'place-unexpected',
      'moments.0.left.wrist',
      'the wrist of the left hand is not in the picture, so it has no place in it',
    ],
  ])
  const gone = hand().map((): CorrectedPoint => ({ state: 'outside' }))
  expect(faultsOf(answer(gone))[0]?.slice(0, 2)).toEqual(['hand-missing', 'moments.0.right'])
  expect(faultsOf(answer(hand().slice(1)))[0]?.slice(0, 2)).toEqual(['answer-malformed', 'moments.0.right'])
  const odd = changed(20, { state: 'guessed' as never, x: 0, y: 0 })
  expect(faultsOf(answer(odd))[0]?.slice(0, 2)).toEqual([
    'answer-malformed',
    'moments.0.right.little_tip.state',
  ])
  expect(kinds.keypoints.configFaults({ momentCount: 0 })[0]?.field).toBe('momentCount')
})

test('KND-13 an answer is about the moments that were asked about, all of them, in order', () => {
  const three = { moments: [100, 200, 300].map((timeMs) => ({ timeMs, left: null, right: null })) }
  expect(faultsOf(three).map(([code]) => code)).toEqual(['moment-unknown'])
  const twice = { moments: [100, 100].map((timeMs) => ({ timeMs, left: null, right: null })) }
  expect(faultsOf(twice).map(([code]) => code)).toEqual(['moment-unknown'])
  expect(askedMomentFaults([{ timeMs: 100 }], answer())).toEqual([])
  expect(askedMomentFaults([{ timeMs: 100 }, { timeMs: 900.4 }], answer())).toEqual([
    { code: 'moment-unknown', field: 'moments', why: 'it was asked about these moments alone: 100, 900 ms' },
  ])
})

test('KND-14 a place lies between answers that agree, far ones hardly move it, and its error says how far apart they are', () => {
  const near = rightOf(by(answer(hand(0)), answer(hand(0.004)), answer(hand(0.008))))
  expect(near.points?.[8]?.x).toBeCloseTo(0.45 + 0.004, 3)
  expect(near.points?.[8]?.errorPx).toBeGreaterThan(0.5)
  expect(near.points?.[8]?.errorPx).toBeLessThan(4)
  expect(near.agreement).toBe(1)
  const gross = changed(8, { state: 'seen', x: 0.9, y: 0.9 })
  const held = rightOf(by(answer(hand(0)), answer(hand(0.002)), answer(gross)))
  expect(held.points?.[8]?.x).toBeCloseTo(0.451, 2)
  expect(held.points?.[8]).toMatchObject({ state: 'seen', agreement: 2 / 3 })
  expect(held.points?.[7]?.agreement).toBe(1)
  // Two left the point where the machine had it: the place is theirs, and the error still tells of the third.
  const moved = changed(8, { state: 'seen', x: 0.47, y: 0.4 })
  const alike = rightOf(by(answer(), answer(), answer(moved)))
  expect(alike.points?.[8]?.x).toBeCloseTo(0.45, 6)
  expect(alike.points?.[8]?.errorPx).toBeCloseTo((0.02 * 640) / Math.sqrt(12), 6)
  expect(alike.points?.[7]?.errorPx).toBe(0.5)
  expect(rightOf(by(answer())).points?.[8]?.errorPx).toBeNull()
})

test('KND-14 whether a hand is there and how a joint is seen is what most say, the more careful word of a tie', () => {
  const hidden = changed(3, { state: 'hidden', x: 0.45, y: 0.3 })
  expect(rightOf(by(answer(), answer(hidden), answer(hidden))).points?.[3]).toMatchObject({
    state: 'hidden',
    stateShare: 2 / 3,
    agreement: 1,
  })
  expect(rightOf(by(answer(), answer(hidden))).points?.[3]?.state).toBe('hidden')
  const outside = changed(3, { state: 'outside' })
  expect(rightOf(by(answer(outside), answer(outside), answer())).points?.[3]).toEqual({
    state: 'outside',
    x: null,
    y: null,
    errorPx: null,
    agreement: 2 / 3,
    stateShare: 2 / 3,
  })
  expect(rightOf(by(answer(null), answer(), answer(null)))).toMatchObject({ points: null, agreement: 2 / 3 })
  expect(rightOf(by(answer(null), answer()))).toMatchObject({ points: null, agreement: 0.5 })
  const both = placeHands(by(answer(hand(), hand(0.1)), answer(hand(), null), answer(hand(), null)), PICTURE)
  expect(both.agreement).toBeCloseTo(2 / 3)
  expect(both.answerCount).toBe(3)
})

test('KND-14 the order of answers and the names of people change nothing', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const dice = seededRandom(String(seed))
      const shaken = () =>
        answer(
          hand().map((each) => ({ ...each, x: each.x! + dice.next() / 50, y: each.y! + dice.next() / 50 })),
        )
      const answers = [shaken(), shaken(), shaken(), shaken()]
      expect(placeHands(by(...answers.toReversed()), PICTURE).agreement).toBe(
        placeHands(by(...answers), PICTURE).agreement,
      )
      const [one, other] = [rightOf(by(...answers)), rightOf(by(...answers.toReversed()))]
      for (const [at, point] of one.points!.entries()) expect(other.points![at]!.x).toBeCloseTo(point.x!, 6)
    }),
    { numRuns: 20 },
  )
})

test('KND-15 what the machine saw is an answer without faults, its points beyond the picture as not in it', () => {
  const points = HAND_JOINTS.map((_, at): [number, number] => [at / 19, 0.5])
  const asked: SeenMoment[] = [{ timeMs: 5, hands: [{ side: 'left', confidence: 0.6, points }] }]
  const own = machineAnswer(asked)
  expect(faultsOf(own)).toEqual([])
  expect(own.moments[0]?.right).toBeNull()
  expect(own.moments[0]?.left?.[0]).toEqual({ state: 'seen', x: 0, y: 0.5 })
  expect(own.moments[0]?.left?.[20]).toEqual({ state: 'outside' })
  const beyond = [
    { side: 'left' as const, confidence: 1, points: points.map((): [number, number] => [2, 2]) },
  ]
  expect(machineAnswer([{ timeMs: 5, hands: beyond }]).moments[0]).toEqual({
    timeMs: 5,
    left: null,
    right: null,
  })
})
