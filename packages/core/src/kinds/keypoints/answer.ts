import { z } from 'zod'
import { HAND_JOINTS, HAND_POINT_COUNT, type SeenMoment } from '../../sight/index.ts'
import type { KindFault } from '../kind.ts'
import { type KeypointsConfig, MAX_MOMENTS } from './config.ts'

export const POINT_STATES = ['seen', 'hidden', 'outside'] as const
export type PointState = (typeof POINT_STATES)[number]
export const SIDES = ['left', 'right'] as const
export type Side = (typeof SIDES)[number]

const point = z.object({ state: z.enum(POINT_STATES), x: z.number().optional(), y: z.number().optional() })
const hand = z.array(point).length(HAND_POINT_COUNT).nullable()

/**
 * Where the joints of the hands are at each moment asked about, in the order of `HAND_JOINTS`: x and y in shares of the
 * picture's width and height from its top left. `seen`; `hidden`: behind something, its place is guessed; `outside`: not in
 * the picture, without a place. A side that is null has no hand in the picture.
 */
export const keypointsAnswerSchema = z.object({
  moments: z
    .array(z.object({ timeMs: z.number(), left: hand, right: hand }))
    .min(1)
    .max(MAX_MOMENTS),
})
export type KeypointsAnswer = z.infer<typeof keypointsAnswerSchema>
export type CorrectedMoment = KeypointsAnswer['moments'][number]
export type CorrectedPoint = z.infer<typeof point>

/** Not more moments than are asked about, each once, and each point with a place in the picture or outside of it. */
export function checkKeypointsAnswer({ momentCount }: KeypointsConfig, answer: KeypointsAnswer): KindFault[] {
  const { moments } = answer
  const faults = moments.flatMap((moment, at) => SIDES.flatMap((side) => handFaults(moment, side, at)))
  if (moments.length > momentCount || moments.some(({ timeMs }, at) => timeMs <= before(moments, at)))
    faults.push({ code: 'moment-unknown', field: 'moments', why: 'these moments were not asked about' })
  return faults
}

const before = (moments: readonly CorrectedMoment[], at: number): number =>
  moments[at - 1]?.timeMs ?? Number.NEGATIVE_INFINITY

function handFaults(moment: CorrectedMoment, side: Side, at: number): KindFault[] {
  const points = moment[side]
  if (points === null) return []
  const field = `moments.${at}.${side}`
  if (points.every(({ state }) => state === 'outside')) {
    const why = `no point of the ${side} hand is in the picture: say that there is no ${side} hand`
    return [{ code: 'hand-missing', field, why }]
  }
  return points.flatMap((each, joint) => {
    const name = HAND_JOINTS[joint] ?? ''
    const what = `${name.replace('_', ' ')} of the ${side} hand`
    return pointFaults(each, what).map((fault) => ({ ...fault, field: `${field}.${name}` }))
  })
}

function pointFaults({ state, x, y }: CorrectedPoint, what: string): Omit<KindFault, 'field'>[] {
  const hasPlace = x !== undefined && y !== undefined
  if (state === 'outside')
    return x === undefined && y === undefined
      ? []
      : [{ code: 'place-unexpected', why: `the ${what} is not in the picture, so it has no place in it` }]
  if (!hasPlace) return [{ code: 'place-missing', why: `the ${what} is ${state}: say where it is` }]
  return isShare(x) && isShare(y)
    ? []
    : [{ code: 'place-outside', why: `the ${what} lies beyond the picture: say that it is not in it` }]
}

const isShare = (value: number): boolean => value >= 0 && value <= 1

/** What the schema says of a point, with the joint's name in the place of its number. */
export const namingJoints = (faults: readonly KindFault[]): KindFault[] =>
  faults.map(({ field, ...fault }) => ({
    ...fault,
    field: field.replace(/^(moments\.\d+\.(?:left|right)\.)(\d+)/, (_, path: string, joint: string) => {
      return `${path}${HAND_JOINTS[Number(joint)] ?? joint}`
    }),
  }))

/** Why an answer is not about the moments that its task asks about; empty when it is. */
export function askedMomentFaults(
  asked: readonly Pick<SeenMoment, 'timeMs'>[],
  { moments }: KeypointsAnswer,
): KindFault[] {
  const isSame = asked.length === moments.length && asked.every((it, at) => it.timeMs === moments[at]?.timeMs)
  if (isSame) return []
  const times = asked.map(({ timeMs }) => Math.round(timeMs)).join(', ')
  return [
    { code: 'moment-unknown', field: 'moments', why: `it was asked about these moments alone: ${times} ms` },
  ]
}

/** The machine's points as an answer: what people begin with, and what they send when it is right. */
export function machineAnswer(asked: readonly SeenMoment[]): KeypointsAnswer {
  return {
    moments: asked.map(({ timeMs, hands }) => {
      const of = (side: Side): CorrectedPoint[] | null => {
        const seen = hands.find((each) => each.side === side)
        const points = seen?.points.map(([x, y]): CorrectedPoint => {
          return isShare(x) && isShare(y) ? { state: 'seen', x, y } : { state: 'outside' }
        })
        return points?.some(({ state }) => state !== 'outside') ? points : null
      }
      return { timeMs, left: of('left'), right: of('right') }
    }),
  }
}
