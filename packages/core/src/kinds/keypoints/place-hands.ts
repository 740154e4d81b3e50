import { aggregateKeypoints, type PlacedKeypoint } from '../../keypoints/index.ts'
import { assert } from '../../kit/index.ts'
import { HAND_JOINTS } from '../../sight/index.ts'
import {
  type CorrectedPoint,
  type KeypointsAnswer,
  POINT_STATES,
  type PointState,
  SIDES,
  type Side,
} from './answer.ts'

/** Answers this close to the place agree with it, in shares of the longer side of the hand (PCK: Yang and Ramanan 2013). */
export const AGREED_RATIO = 0.1
/** Nobody points finer than this. */
const LEAST_ERROR_PX = 0.5
const LEAST_TOLERANCE_PX = 2

/**
 * Where people together put one joint. `x`, `y`: shares of the picture; null with `outside`. `errorPx`: one standard deviation
 * along each axis, in pixels of the picture; null with one answer. `agreement`: the share of all answers about the hand that have
 * the joint there, or outside with the others. `stateShare`: of the answers with this hand, those that say this state.
 */
export type PlacedPoint = {
  readonly state: PointState
  readonly x: number | null
  readonly y: number | null
  readonly errorPx: number | null
  readonly agreement: number
  readonly stateShare: number
}

/** `points`: in the order of `HAND_JOINTS`; null where most say that there is no such hand. `agreement`: of its points, in the mean. */
export type PlacedHand = {
  readonly side: Side
  readonly points: PlacedPoint[] | null
  readonly agreement: number
}
export type PlacedMoment = { readonly timeMs: number; readonly hands: PlacedHand[] }

/** `agreement`: of the hand that people agree on least, 0 to 1. */
export type PlacedHands = {
  readonly moments: PlacedMoment[]
  readonly agreement: number
  readonly answerCount: number
}

export type HandsAnswer = { readonly worker: string; readonly answer: KeypointsAnswer }
type Picture = { readonly width: number; readonly height: number }

/**
 * One place for each joint out of several people's answers about the same moments: by `aggregateKeypoints` over the answers of
 * this task alone, whose many joints tell how steady each hand is. Whether a hand is there, and the state of a joint, is what most
 * say; of a tie the more careful word holds (no hand; `outside` before `hidden` before `seen`). The order of answers changes nothing.
 */
export function placeHands(answers: readonly HandsAnswer[], picture: Picture): PlacedHands {
  assert(answers.length > 0, 'somebody has answered')
  const places = placesOf(answers, picture)
  const times = answers[0]?.answer.moments.map(({ timeMs }) => timeMs) ?? []
  const moments = times.map((timeMs, at) => ({
    timeMs,
    hands: SIDES.map((side) => {
      const given = answers.map(({ answer }) => answer.moments[at]?.[side] ?? null)
      return placeHand(given, { side, picture, placeOf: (joint) => places.get(spotOf(at, side, joint)) })
    }),
  }))
  const agreement = Math.min(...moments.flatMap(({ hands }) => hands.map((hand) => hand.agreement)))
  return { moments, agreement, answerCount: new Set(answers.map(({ worker }) => worker)).size }
}

const spotOf = (moment: number, side: Side, joint: number): string =>
  `${moment} ${side}.${HAND_JOINTS[joint] ?? joint}`

/** In pixels, so that both axes have one unit. */
function placesOf(
  answers: readonly HandsAnswer[],
  { width, height }: Picture,
): ReadonlyMap<string, PlacedKeypoint> {
  const rows = answers.flatMap(({ worker, answer }) =>
    answer.moments.flatMap((moment, at) =>
      SIDES.flatMap((side) =>
        (moment[side] ?? []).flatMap(({ x, y }, joint) => {
          if (x === undefined || y === undefined) return []
          const task = spotOf(at, side, joint)
          // One scale a person for all joints: of a single joint there are too few answers to tell its own.
          return [{ task, keypoint: 'joint', worker, x: x * width, y: y * height }]
        }),
      ),
    ),
  )
  return new Map(aggregateKeypoints(rows).points.map((place) => [place.task, place] as const))
}

type Given = readonly (readonly CorrectedPoint[] | null)[]
type Placing = { side: Side; picture: Picture; placeOf: (joint: number) => PlacedKeypoint | undefined }

function placeHand(given: Given, { side, picture, placeOf }: Placing): PlacedHand {
  const there = given.filter((points) => points !== null)
  if (there.length * 2 <= given.length)
    return { side, points: null, agreement: (given.length - there.length) / given.length }
  const voted = HAND_JOINTS.map((_, joint) => votedState(there.map((points) => points[joint]?.state)))
  const places = voted.map(({ state }, joint) => (state === 'outside' ? undefined : placeOf(joint)))
  const tolerancePx = Math.max(LEAST_TOLERANCE_PX, AGREED_RATIO * longerSide(places))
  const points = voted.map(({ state, share }, joint): PlacedPoint => {
    const place = places[joint]
    const offsPx = there.flatMap((hand) => {
      const { x, y } = hand[joint] ?? {}
      if (!place || x === undefined || y === undefined) return []
      return [Math.hypot(x * picture.width - place.x, y * picture.height - place.y)]
    })
    const agreeingPx = offsPx.filter((off) => off <= tolerancePx)
    const agreeingCount = place
      ? agreeingPx.length
      : there.filter((hand) => hand[joint]?.state === 'outside').length
    return {
      state,
      x: place ? clampShare(place.x / picture.width) : null,
      y: place ? clampShare(place.y / picture.height) : null,
      errorPx: place ? errorOf(place, agreeingPx) : null,
      agreement: agreeingCount / given.length,
      stateShare: share,
    }
  })
  return { side, points, agreement: points.reduce((sum, each) => sum + each.agreement, 0) / points.length }
}

/** Of states said equally often the more careful one: they are listed from the boldest. */
function votedState(said: readonly (PointState | undefined)[]): { state: PointState; share: number } {
  let best: { state: PointState; count: number } = { state: 'seen', count: 0 }
  for (const state of POINT_STATES) {
    const count = said.filter((each) => each === state).length
    if (count >= best.count && count > 0) best = { state, count }
  }
  return { state: best.state, share: best.count / said.length }
}

function longerSide(places: readonly (PlacedKeypoint | undefined)[]): number {
  const held = places.filter((place) => place !== undefined)
  const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
  return held.length === 0 ? 0 : Math.max(spread(held.map(({ x }) => x)), spread(held.map(({ y }) => y)))
}

/**
 * The model's error, or the spread of the answers that agree where that is more: where most left the machine's points as they
 * were, the model takes a person's small correction for a gross error. Never finer than people can point.
 */
function errorOf({ standardError }: PlacedKeypoint, agreeingPx: readonly number[]): number | null {
  if (standardError === null) return null
  const n = agreeingPx.length
  const squares = agreeingPx.reduce((sum, off) => sum + off ** 2, 0)
  const spread = n > 1 ? Math.sqrt(squares / (2 * (n - 1) * n)) : 0
  return Math.max(LEAST_ERROR_PX, standardError, spread)
}

const clampShare = (value: number): number => Math.min(1, Math.max(0, value))
