import type { CorrectedMoment } from '@chiron/core/kinds'
import { useRef, useState } from 'preact/hooks'
import { type PointAt, pointNear } from './edit-points.ts'
import { fitOf, heldIn, type Size, type View, zoomedAt } from './view.ts'

/** A finger takes the nearest point within this many CSS pixels: a target of 48. */
const REACH_PX = 24
/** A finger that moved less has tapped. */
const TAP_PX = 6
const WHEEL_ZOOM = 1.0015

type Place = { x: number; y: number }
type Held =
  | { kind: 'point'; at: PointAt; offset: Place; hasMoved: boolean }
  | { kind: 'view'; from: Place; view: View; hasMoved: boolean }
  | { kind: 'pinch'; apart: number; middle: Place }

type Stage = {
  moment: CorrectedMoment
  picture: Size
  stage: Size
  view: View
  selected: PointAt | undefined
  onView: (view: View) => void
  onSelect: (at: PointAt) => void
  /** `isGoingOn`: part of the same drag. */
  onMove: (at: PointAt, place: Place, isGoingOn: boolean) => void
}

/**
 * Fingers and mouse on the picture: a point that is held is dragged with the distance it was taken at, so that it never jumps under the
 * finger; beside the points one moves the picture, two make it larger; a tap puts the chosen point there. `dragged`: the point in hand.
 */
export function useGestures(stage: Stage) {
  const now = useRef(stage)
  now.current = stage
  const fingers = useRef(new Map<number, Place>())
  const held = useRef<Held | null>(null)
  const [dragged, setDragged] = useState<PointAt | null>(null)

  const onPointerDown = (event: PointerEvent) => {
    const { moment, picture, view } = now.current
    const surface = event.currentTarget as HTMLElement
    surface.setPointerCapture(event.pointerId)
    const place = placeIn(surface, event)
    fingers.current.set(event.pointerId, place)
    if (fingers.current.size > 1) {
      held.current = { kind: 'pinch', ...pinchOf([...fingers.current.values()]) }
      setDragged(null)
      return
    }
    const { scale } = fitOf(now.current.stage, picture)
    const pixel = toPicture(place, now.current)
    const at = pointNear(moment, pixel, { ...picture, reach: REACH_PX / (scale * view.zoom) })
    if (!at) {
      held.current = { kind: 'view', from: place, view, hasMoved: false }
      return
    }
    const { x = 0, y = 0 } = moment[at.side]?.[at.joint] ?? {}
    const offset = { x: x * picture.width - pixel.x, y: y * picture.height - pixel.y }
    held.current = { kind: 'point', at, offset, hasMoved: false }
    now.current.onSelect(at)
    setDragged(at)
  }

  const onPointerMove = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId)
    if (!before) return
    const place = placeIn(event.currentTarget as HTMLElement, event)
    const hand = held.current
    if (hand?.kind !== 'pinch' && !hasLeft(before, place, hand)) return
    fingers.current.set(event.pointerId, place)
    if (hand?.kind === 'point') {
      now.current.onMove(hand.at, shareOf(place, hand.offset, now.current), hand.hasMoved)
      hand.hasMoved = true
    } else if (hand?.kind === 'view') {
      hand.hasMoved = true
      const moved = { x: hand.view.x + place.x - hand.from.x, y: hand.view.y + place.y - hand.from.y }
      now.current.onView(heldIn({ zoom: hand.view.zoom, ...moved }, now.current.stage))
    } else if (hand?.kind === 'pinch') pinch(hand)
  }

  const pinch = (hand: Extract<Held, { kind: 'pinch' }>) => {
    const next = pinchOf([...fingers.current.values()])
    const { view, stage: size } = now.current
    const zoomed = zoomedAt(view, next.apart / Math.max(1, hand.apart), hand.middle)
    const x = zoomed.x + next.middle.x - hand.middle.x
    const y = zoomed.y + next.middle.y - hand.middle.y
    held.current = { kind: 'pinch', ...next }
    now.current.onView(heldIn({ zoom: zoomed.zoom, x, y }, size))
  }

  const onPointerUp = (event: PointerEvent) => {
    const place = fingers.current.get(event.pointerId)
    fingers.current.delete(event.pointerId)
    const hand = held.current
    const { selected } = now.current
    const isTap = hand?.kind === 'view' && !hand.hasMoved && event.type === 'pointerup'
    if (isTap && place && selected)
      now.current.onMove(selected, shareOf(place, { x: 0, y: 0 }, now.current), false)
    // The finger that stays after a pinch holds nothing.
    held.current = null
    setDragged(null)
  }

  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    const { view, stage: size, onView } = now.current
    const at = placeIn(event.currentTarget as HTMLElement, event)
    onView(heldIn(zoomedAt(view, WHEEL_ZOOM ** -event.deltaY, at), size))
  }
  const handlers = { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onWheel }
  return { dragged, handlers }
}

/** Trembling is no movement, until there was one. */
const hasLeft = (before: Place, place: Place, hand: Held | null): boolean =>
  (hand !== null && hand.kind !== 'pinch' && hand.hasMoved) ||
  Math.hypot(place.x - before.x, place.y - before.y) > TAP_PX

function placeIn(surface: HTMLElement, event: MouseEvent): Place {
  const { left, top } = surface.getBoundingClientRect()
  return { x: event.clientX - left, y: event.clientY - top }
}

/** A place of the stage in pixels of the picture. */
function toPicture(place: Place, { stage, picture, view }: Pick<Stage, 'stage' | 'picture' | 'view'>): Place {
  const fit = fitOf(stage, picture)
  return {
    x: ((place.x - view.x) / view.zoom - fit.x) / fit.scale,
    y: ((place.y - view.y) / view.zoom - fit.y) / fit.scale,
  }
}

function shareOf(place: Place, offset: Place, of: Pick<Stage, 'stage' | 'picture' | 'view'>): Place {
  const pixel = toPicture(place, of)
  return {
    x: (pixel.x + offset.x) / of.picture.width,
    y: (pixel.y + offset.y) / of.picture.height,
  }
}

function pinchOf([one, other]: readonly Place[]): { apart: number; middle: Place } {
  if (!one || !other) return { apart: 1, middle: one ?? { x: 0, y: 0 } }
  return {
    apart: Math.hypot(one.x - other.x, one.y - other.y),
    middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 },
  }
}
