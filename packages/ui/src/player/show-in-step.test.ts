import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apartSec, chooseShown, type PairSec, type Reach } from './show-in-step.ts'

const FRAME_SEC = 1 / 30
const WITHIN_SEC = FRAME_SEC + 1e-3
const reach = (firstSec = 0, lastSec = 10): Reach => ({ firstSec, lastSec })
const reaches = [reach(), reach()] as const
const at = (first?: number, second?: number): PairSec => [
  first === undefined ? undefined : first * FRAME_SEC,
  second === undefined ? undefined : second * FRAME_SEC,
]
const choose = (shown: PairSec, ready: PairSec, where = reaches) =>
  chooseShown(shown, ready, { reaches: where, withinSec: WITHIN_SEC })

test('UI-12 of two clips that play, both go on, or the one that fits, or both wait for the one that is late', () => {
  expect(choose(at(10, 10), at(11, 11))).toEqual([true, true])
  expect(choose(at(10, 10), at(11, 10))).toEqual([true, false])
  expect(choose(at(10, 10), at(13, 11))).toEqual([false, true])
  expect(choose(at(11, 10), at(15, 10))).toEqual([false, false])
  expect(choose(at(11, 10), at(15, 14))).toEqual([true, true])
  expect(choose(at(10, 10), at(10, 10))).toEqual([false, false])
})

test('UI-12 nothing is shown of one clip alone before both have a picture', () => {
  expect(choose(at(), at(5))).toEqual([false, false])
  expect(choose(at(), at(5, 9))).toEqual([false, false])
  expect(choose(at(), at(5, 6))).toEqual([true, true])
})

test('UI-12 a clip that has not begun, or is over, holds nobody up', () => {
  const late = [reach(), reach(1, 8)] as const
  expect(apartSec([0.2, 1], late)).toBe(0)
  expect(apartSec([9.5, 8], late)).toBe(0)
  expect(choose([0.2, 1], [0.5, 1], late)).toEqual([true, false])
  expect(choose([0.9, 1], [1.2, 1], late)).toEqual([false, false])
})

test('UI-12 whatever comes in whichever order, what is shown is never further apart than a frame', () => {
  const frame = fc.integer({ min: 0, max: 40 })
  const starts = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }))
  fc.assert(
    fc.property(fc.array(fc.tuple(frame, frame), { maxLength: 60 }), starts, (steps, [one, other]) => {
      const where = [
        reach(one * FRAME_SEC, (one + 40) * FRAME_SEC),
        reach(other * FRAME_SEC, (other + 40) * FRAME_SEC),
      ] as const
      let shown: PairSec = at()
      for (const [first, second] of steps) {
        const ready = at(first + one, second + other)
        const chosen = choose(shown, ready, where)
        shown = [chosen[0] ? ready[0] : shown[0], chosen[1] ? ready[1] : shown[1]]
        const [left, right] = shown
        if (left === undefined || right === undefined) expect([left, right]).toEqual([undefined, undefined])
        else expect(apartSec([left, right], where)).toBeLessThanOrEqual(WITHIN_SEC)
      }
    }),
  )
})
