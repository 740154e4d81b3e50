import { POINT_STATES, type Side } from '@chiron/core/kinds'
import { HAND_JOINTS } from '@chiron/core/sight'
import type { FrameFeature } from '@chiron/formats/lerobot'
import type { CorrectedHandsRecord } from '@chiron/formats/mcap'
import type { PreparedVideo } from '@chiron/formats/node'
import type { EpisodeCorrection } from '@chiron/formats/proof'
import { fitPicture, placeInFit } from '@chiron/formats/video'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { type CorrectedHands, correctedHandsOf } from '../consensus/index.ts'
import type { Candidate } from './choose-episodes.ts'

const SIDES: readonly Side[] = ['left', 'right']
/** Of a joint that is not in the picture: statistics need a frame that is known to be known throughout. */
const NOWHERE = -1
const PLACES = HAND_JOINTS.flatMap((joint) => [`${joint}.x`, `${joint}.y`])

/** Every moment at which people corrected the hands of a recording, in the film's order. */
export async function correctedOf(
  tx: Tx,
  about: { workspaceId: string; episodeId: string },
): Promise<CorrectedHandsRecord[]> {
  const all: readonly CorrectedHands[] = await correctedHandsOf(tx, about)
  return all
    .flatMap(({ moments, answerCount, by }) => moments.map((moment) => ({ ...moment, answerCount, by })))
    .sort((a, b) => a.timeMs - b.timeMs)
}

/** Whether people corrected hands in some recording: features that no episode has would be all NaN. */
export async function haveCorrections(ctx: Ctx, chosen: readonly Candidate[]): Promise<boolean> {
  const workspaceId = workspaceOf(ctx)
  for (const { episode } of chosen) {
    const corrected = await read(ctx, (tx) => correctedHandsOf(tx, { workspaceId, episodeId: episode.id }))
    if (corrected.length > 0) return true
  }
  return false
}

/**
 * Beside the detector's own, at the frame of each corrected moment alone and NaN elsewhere. `answers` above 0 with NaN points:
 * people say that there is no such hand. `error`: one standard deviation along each axis, in shares of the picture's width;
 * `state`: 0 seen, 1 hidden (guessed), 2 not in the picture, whose place and error are -1.
 */
export const CORRECTED_FEATURES: Record<string, FrameFeature> = Object.fromEntries(
  SIDES.flatMap((side): [string, FrameFeature][] => {
    const feature = (name: string, names: string[]): [string, FrameFeature] => [
      `annotation.hands_corrected.${side}.${name}`,
      { dtype: 'float32', names, hasGaps: true },
    ]
    return [
      feature('points', PLACES),
      feature('error', [...HAND_JOINTS]),
      feature('state', [...HAND_JOINTS]),
      feature('agreement', [...HAND_JOINTS]),
      feature('answers', ['people']),
    ]
  }),
)

/** Those features of one episode, in shares of the picture as the dataset has it. */
export function correctedFrames(
  corrected: readonly CorrectedHandsRecord[],
  prepared: PreparedVideo,
): Record<string, number[] | number[][]> {
  const { nativeTimesMs: timesMs, source, video } = prepared
  const fit = fitPicture(source, video.probe)
  const gaps = (count: number): number[] => new Array<number>(count).fill(Number.NaN)
  const frames = Object.fromEntries(
    Object.entries(CORRECTED_FEATURES).map(([name, { names }]) => [
      name,
      Array.from(timesMs, () => gaps(names.length)),
    ]),
  )
  for (const { timeMs, hands, answerCount } of corrected) {
    const frame = nearest(timesMs, timeMs)
    for (const { side, points } of hands) {
      const put = (name: string, values: number[]) => {
        const rows = frames[`annotation.hands_corrected.${side}.${name}`]
        if (rows) rows[frame] = values
      }
      put('answers', [answerCount])
      if (!points) continue
      const placed = points.map(({ x, y }) =>
        x === null || y === null ? [NOWHERE, NOWHERE] : placeInFit(fit, x, y),
      )
      put(
        'points',
        placed.flatMap((place) => [...place]),
      )
      put(
        'error',
        points.map(({ errorPx }) => (errorPx === null ? NOWHERE : (errorPx / source.width) * fit.share.x)),
      )
      put(
        'state',
        points.map(({ state }) => POINT_STATES.indexOf(state)),
      )
      put(
        'agreement',
        points.map(({ agreement }) => agreement),
      )
    }
  }
  // A feature of one number a frame is told as that number.
  return Object.fromEntries(
    Object.entries(frames).map(([name, rows]) => [
      name,
      CORRECTED_FEATURES[name]?.names.length === 1 ? rows.map(([value = Number.NaN]) => value) : rows,
    ]),
  )
}

/** By how many people how many moments were corrected, for the provenance: nobody by name. */
export function correctionTold(corrected: readonly CorrectedHandsRecord[]): {
  correctedHands?: EpisodeCorrection
} {
  if (corrected.length === 0) return {}
  return {
    correctedHands: {
      momentCount: corrected.length,
      answerCount: Math.max(...corrected.map(({ answerCount }) => answerCount)),
      byMember: corrected.some(({ by }) => by === 'member'),
    },
  }
}

function nearest(timesMs: ArrayLike<number>, timeMs: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY]
  for (let at = 0; at < timesMs.length; at++) {
    const away = Math.abs((timesMs[at] as number) - timeMs)
    if (away < least) [best, least] = [at, away]
  }
  return best
}
