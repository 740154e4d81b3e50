import {
  type CorrectedMoment,
  type CorrectedPoint,
  type PointState,
  SIDES,
  type Side,
} from '@chiron/core/kinds'
import { useState } from 'preact/hooks'
import { markPoint, movePoint, type PointAt, pointAfter, swapHands, toggleHand } from './edit-points.ts'
import { changeTo, type History, redo, startHistory, undo } from './history.ts'
import type { Size } from './view.ts'

export type PointsEdit = {
  selected: PointAt | undefined
  point: CorrectedPoint | undefined
  canUndo: boolean
  canRedo: boolean
  select: (at: PointAt) => void
  move: (at: PointAt, place: { x: number; y: number }, isGoingOn: boolean) => void
  /** By pixels of the picture. */
  nudge: (byX: number, byY: number) => void
  mark: (state: PointState) => void
  toggle: (side: Side) => void
  swap: () => void
  step: (by: 1 | -1) => void
  undo: () => void
  redo: () => void
}

type Edited = {
  moment: CorrectedMoment
  onMoment: (moment: CorrectedMoment) => void
  /** What the machine saw at this moment. */
  machine: CorrectedMoment
  picture: Size | null
}

/** What is done to the points of one moment, with every step to take back. */
export function usePoints({ moment, onMoment, machine, picture }: Edited): PointsEdit {
  const [history, setHistory] = useState<History<CorrectedMoment>>(() => startHistory(moment))
  const [chosen, setChosen] = useState<PointAt | undefined>(() => pointAfter(moment, undefined, 1))
  const selected = chosen && moment[chosen.side] ? chosen : pointAfter(moment, undefined, 1)
  const point = selected && moment[selected.side]?.[selected.joint]
  const { width, height } = picture ?? { width: 4, height: 3 }
  const keep = (next: History<CorrectedMoment>) => {
    setHistory(next)
    onMoment(next.now)
  }
  const change = (next: CorrectedMoment, isGoingOn = false) => keep(changeTo(history, next, isGoingOn))
  return {
    selected,
    point,
    canUndo: history.past.length > 0,
    canRedo: history.ahead.length > 0,
    select: setChosen,
    move: (at, place, isGoingOn) => change(movePoint(moment, at, place), isGoingOn),
    nudge: (byX, byY) => {
      if (!selected || point?.x === undefined || point.y === undefined) return
      change(movePoint(moment, selected, { x: point.x + byX / width, y: point.y + byY / height }))
    },
    mark: (state) => {
      if (selected && point?.state !== state) change(withoutEmptyHands(markPoint(moment, selected, state)))
    },
    toggle: (side) => {
      const next = toggleHand(moment, side, { known: machine[side], aspect: width / height })
      setChosen(next[side] ? { side, joint: 0 } : pointAfter(next, undefined, 1))
      change(next)
    },
    swap: () => {
      if (selected) setChosen({ ...selected, side: selected.side === 'left' ? 'right' : 'left' })
      change(swapHands(moment))
    },
    step: (by) => setChosen(pointAfter(moment, selected, by)),
    undo: () => keep(undo(history)),
    redo: () => keep(redo(history)),
  }
}

/** A hand none of whose joints is in the picture is no hand in it. */
function withoutEmptyHands(moment: CorrectedMoment): CorrectedMoment {
  const [left = null, right = null] = SIDES.map((side) =>
    moment[side]?.some(({ state }) => state !== 'outside') ? moment[side] : null,
  )
  return { ...moment, left, right }
}
