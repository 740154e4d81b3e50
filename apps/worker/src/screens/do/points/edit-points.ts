import {
  type CorrectedMoment,
  type CorrectedPoint,
  type PointState,
  SIDES,
  type Side,
} from '@chiron/core/kinds'
import { HAND_BONES } from '@chiron/core/sight'

/** One joint of one hand. */
export type PointAt = { side: Side; joint: number }
type Place = { x: number; y: number }

/** An open hand, the back of a right one, in a square: what a hand that the machine did not see begins as. */
const OPEN_HAND: readonly (readonly [number, number])[] = [
  [0.5, 0.95],
  ...([
    [0.36, 0.85],
    [0.25, 0.72],
    [0.17, 0.62],
    [0.1, 0.54],
  ] as const),
  ...([
    [0.36, 0.5],
    [0.33, 0.33],
    [0.31, 0.22],
    [0.3, 0.12],
  ] as const),
  ...([
    [0.49, 0.47],
    [0.49, 0.28],
    [0.49, 0.16],
    [0.49, 0.05],
  ] as const),
  ...([
    [0.61, 0.5],
    [0.64, 0.33],
    [0.66, 0.22],
    [0.67, 0.13],
  ] as const),
  ...([
    [0.71, 0.57],
    [0.77, 0.45],
    [0.81, 0.36],
    [0.84, 0.28],
  ] as const),
]
const OPEN_HAND_RATIO = 0.35
/** As fine as the machine's own points. */
const DECIMALS = 10_000

const share = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * DECIMALS) / DECIMALS

/** Puts a joint somewhere in the picture; one that was not in it is seen from then on. */
export function movePoint(moment: CorrectedMoment, at: PointAt, { x, y }: Place): CorrectedMoment {
  return withPoint(moment, at, (point) => ({
    state: point.state === 'outside' ? 'seen' : point.state,
    x: share(x),
    y: share(y),
  }))
}

/** Says how a joint is seen. One that comes back into the picture lies where the joint before it on its finger does. */
export function markPoint(moment: CorrectedMoment, at: PointAt, state: PointState): CorrectedMoment {
  return withPoint(moment, at, (point) => {
    if (state === 'outside') return { state }
    const { x, y } = placeOf(point) ?? placeNear(moment[at.side] ?? [], at.joint)
    return { state, x, y }
  })
}

/** Takes a hand out of the picture, or puts it in: as `known`, like the other hand mirrored, or as an open hand. */
export function toggleHand(
  moment: CorrectedMoment,
  side: Side,
  { known, aspect }: { known: CorrectedPoint[] | null; aspect: number },
): CorrectedMoment {
  if (moment[side]) return { ...moment, [side]: null }
  const other = moment[side === 'left' ? 'right' : 'left']
  return { ...moment, [side]: known ?? (other && mirrored(other)) ?? openHand(side, aspect) }
}

/** The machine took the left hand for the right one. */
export const swapHands = ({ left, right, timeMs }: CorrectedMoment): CorrectedMoment => ({
  timeMs,
  left: right,
  right: left,
})

/** The joint that comes next, or before, over both hands and around; undefined where there is no hand. */
export function pointAfter(
  moment: CorrectedMoment,
  at: PointAt | undefined,
  step: 1 | -1,
): PointAt | undefined {
  const all = pointsOf(moment)
  const now = all.findIndex(({ side, joint }) => side === at?.side && joint === at.joint)
  if (now < 0) return all.at(step > 0 ? 0 : -1)
  return all.at((now + step) % all.length)
}

/** Every joint of the hands that are there, left first. */
export const pointsOf = (moment: CorrectedMoment): PointAt[] =>
  SIDES.flatMap((side) => (moment[side] ?? []).map((_, joint) => ({ side, joint })))

/** The joint nearest to a place within `reach`, both in pixels of the picture. */
export function pointNear(
  moment: CorrectedMoment,
  place: Place,
  { width, height, reach }: { width: number; height: number; reach: number },
): PointAt | undefined {
  let [nearest, least]: [PointAt | undefined, number] = [undefined, reach]
  for (const at of pointsOf(moment)) {
    const { x, y } = moment[at.side]?.[at.joint] ?? {}
    if (x === undefined || y === undefined) continue
    const away = Math.hypot(x * width - place.x, y * height - place.y)
    if (away <= least) [nearest, least] = [at, away]
  }
  return nearest
}

function withPoint(
  moment: CorrectedMoment,
  { side, joint }: PointAt,
  change: (point: CorrectedPoint) => CorrectedPoint,
): CorrectedMoment {
  const points = moment[side]
  return points
    ? { ...moment, [side]: points.map((point, at) => (at === joint ? change(point) : point)) }
    : moment
}

const placeOf = ({ x, y }: CorrectedPoint): Place | undefined =>
  x === undefined || y === undefined ? undefined : { x, y }

function placeNear(points: readonly CorrectedPoint[], joint: number): Place {
  const [before] = HAND_BONES.find(([, to]) => to === joint) ?? []
  const near = before === undefined ? undefined : points[before]
  const place = near && placeOf(near)
  if (place) return place
  if (before !== undefined) return placeNear(points, before)
  return points.map(placeOf).find((each) => each !== undefined) ?? { x: 0.5, y: 0.5 }
}

const mirrored = (points: readonly CorrectedPoint[]): CorrectedPoint[] =>
  points.map(({ state, x, y }) =>
    x === undefined || y === undefined ? { state } : { state: 'seen', x: share(1 - x), y },
  )

/** `aspect`: width over height of the picture. */
function openHand(side: Side, aspect: number): CorrectedPoint[] {
  const [wide, high] = aspect > 1 ? [1 / aspect, 1] : [1, aspect]
  const middle = side === 'left' ? 0.3 : 0.7
  return OPEN_HAND.map(([x, y]): CorrectedPoint => {
    const across = (side === 'left' ? 1 - x : x) - 0.5
    return {
      state: 'seen',
      x: share(middle + across * OPEN_HAND_RATIO * wide),
      y: share(0.5 + (y - 0.5) * OPEN_HAND_RATIO * high),
    }
  })
}
