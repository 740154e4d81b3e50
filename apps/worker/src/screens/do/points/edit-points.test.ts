import { type CorrectedMoment, type CorrectedPoint, kinds } from '@chiron/core/kinds'
import { HAND_JOINTS } from '@chiron/core/sight'
import { expect, test } from 'vitest'
import {
  markPoint,
  movePoint,
  pointAfter,
  pointNear,
  pointsOf,
  swapHands,
  toggleHand,
} from './edit-points.ts'
import { changeTo, redo, startHistory, undo } from './history.ts'
import { fitOf, heldIn, showing, WHOLE, zoomedAt } from './view.ts'

const hand = (): CorrectedPoint[] => HAND_JOINTS.map((_, at) => ({ state: 'seen', x: at / 40, y: 0.5 }))
const moment: CorrectedMoment = { timeMs: 1, left: null, right: hand() }
const tip = { side: 'right', joint: 8 } as const
const isAnswer = (of: CorrectedMoment) => kinds.keypoints.answerFaults({ momentCount: 1 }, { moments: [of] })

test('UI-14 whatever is done to points is an answer that can be sent', () => {
  const far = movePoint(moment, tip, { x: 1.4, y: -0.2 })
  expect(far.right?.[8]).toEqual({ state: 'seen', x: 1, y: 0 })
  const out = markPoint(moment, tip, 'outside')
  expect(out.right?.[8]).toEqual({ state: 'outside' })
  expect(markPoint(out, tip, 'hidden').right?.[8]).toEqual({ state: 'hidden', x: 7 / 40, y: 0.5 })
  expect(movePoint(out, tip, { x: 0.2, y: 0.3 }).right?.[8]).toEqual({ state: 'seen', x: 0.2, y: 0.3 })
  const both = toggleHand(moment, 'left', { known: null, aspect: 4 / 3 })
  expect(both.left?.[4]).toEqual({ state: 'seen', x: 0.9, y: 0.5 })
  const none = toggleHand(moment, 'right', { known: null, aspect: 4 / 3 })
  expect(none.right).toBeNull()
  const open = toggleHand(none, 'right', { known: null, aspect: 4 / 3 })
  expect(toggleHand(none, 'right', { known: hand(), aspect: 1 })).toEqual(moment)
  expect(swapHands(moment)).toEqual({ timeMs: 1, left: moment.right, right: null })
  for (const each of [far, out, both, none, open, swapHands(both)]) expect(isAnswer(each)).toEqual([])
})

test('UI-14 the next point comes after the last of the hand before, around both hands', () => {
  expect(pointAfter(moment, undefined, 1)).toEqual({ side: 'right', joint: 0 })
  expect(pointAfter(moment, { side: 'right', joint: 20 }, 1)).toEqual({ side: 'right', joint: 0 })
  expect(pointAfter(moment, { side: 'right', joint: 0 }, -1)).toEqual({ side: 'right', joint: 20 })
  const both = { ...moment, left: hand() }
  expect(pointAfter(both, { side: 'left', joint: 20 }, 1)).toEqual({ side: 'right', joint: 0 })
  expect(pointsOf(both)).toHaveLength(42)
  expect(pointAfter({ ...moment, right: null }, tip, 1)).toBeUndefined()
  const near = { width: 400, height: 300, reach: 12 }
  expect(pointNear(moment, { x: 82, y: 155 }, near)).toEqual(tip)
  expect(pointNear(moment, { x: 82, y: 175 }, near)).toBeUndefined()
})

test('UI-14 steps are taken back and done again, a drag as one', () => {
  const dragged = changeTo(changeTo(startHistory(1), 2), 3, true)
  expect(undo(dragged).now).toBe(1)
  expect(redo(undo(dragged)).now).toBe(3)
  expect(changeTo(undo(dragged), 4).ahead).toEqual([])
  expect(undo(startHistory(1)).now).toBe(1)
})

test('UI-14 a picture is whole at first, grows about the fingers, and never leaves its frame', () => {
  const stage = { width: 360, height: 400 }
  expect(fitOf(stage, { width: 720, height: 400 })).toEqual({ scale: 0.5, x: 0, y: 100 })
  const closer = zoomedAt(WHOLE, 2, { x: 100, y: 100 })
  expect(closer).toEqual({ zoom: 2, x: -100, y: -100 })
  expect(zoomedAt(closer, 0.1, { x: 0, y: 0 }).zoom).toBe(1)
  expect(heldIn({ zoom: 2, x: 50, y: -900 }, stage)).toEqual({ zoom: 2, x: 0, y: -400 })
  const shown = showing({ zoom: 4, x: 0, y: 0 }, { x: 300, y: 200 }, stage)
  expect(300 * 4 + shown.x).toBeCloseTo(300, 6)
})
