import { placeHand } from '@chiron/core/camera'
import {
  type CoveredSpan,
  coveredRatio,
  coversAt,
  HAND_JOINTS,
  type Hand,
  type HandStream,
  handsBetween,
  type Redaction,
} from '@chiron/core/sight'
import type { FrameFeature } from '@chiron/formats/lerobot'
import type { PreparedVideo } from '@chiron/formats/node'
import type { EpisodeCamera, EpisodeHands } from '@chiron/formats/proof'
import { type Fit, fitPicture, placeInFit } from '@chiron/formats/video'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { blobSource, handsIn, readableBlob, storedBlob } from '../media/index.ts'
import type { Candidate } from './choose-episodes.ts'
import { cameraOf } from './episode-provenance.ts'
import { redactionOf } from './redactions-of.ts'

type Side = Hand['side']
const SIDES: readonly Side[] = ['left', 'right']
const AXES = ['x', 'y', 'z']

/**
 * What a LeRobot dataset tells of what was seen: sides that some episode shows (`metric`: in metres, too, because its camera is
 * known), and covers where some phone covered.
 */
export interface SightShape {
  sides: Side[]
  metric: Side[]
  hasCovers: boolean
  hasSheetCovers: boolean
}

/** Looks through the chosen recordings for what there is to tell: a feature that no episode has would be all NaN. */
export async function sightShape(ctx: Ctx, chosen: readonly Candidate[]): Promise<SightShape> {
  const [seen, metric] = [new Set<Side>(), new Set<Side>()]
  for (const candidate of chosen) {
    const key = { workspaceId: workspaceOf(ctx), id: candidate.episode.id }
    const { blob, camera } = await read(ctx, async (tx) => ({
      blob: await readableBlob(tx, ctx, key, 'video'),
      camera: await cameraOf(tx, candidate),
    }))
    const stream = await handsIn(blobSource(ctx.deps.blobs, storedBlob(blob)))
    for (const { side, world } of stream?.frames.flatMap(({ hands }) => hands) ?? []) {
      seen.add(side)
      if (camera && world) metric.add(side)
    }
  }
  return {
    sides: SIDES.filter((side) => seen.has(side)),
    metric: SIDES.filter((side) => metric.has(side)),
    hasCovers: chosen.some(({ episode }) => redactionOf(episode) !== undefined),
    hasSheetCovers: chosen.some(({ episode }) => redactionOf(episode)?.sheets !== undefined),
  }
}

/** NaN wherever nothing was seen. `look_seconds`: how far the nearest look is that a frame's hand rests on. */
export function sightFeatures({
  sides,
  metric,
  hasCovers,
  hasSheetCovers,
}: SightShape): Record<string, FrameFeature> {
  const places = HAND_JOINTS.flatMap((joint) => AXES.map((axis) => `${joint}.${axis}`))
  const hands = sides.flatMap((side): [string, FrameFeature][] => [
    [`annotation.hands.${side}.points`, { dtype: 'float32', names: places, hasGaps: true }],
    [`annotation.hands.${side}.confidence`, { dtype: 'float32', names: ['share'], hasGaps: true }],
    [`annotation.hands.${side}.look_seconds`, { dtype: 'float32', names: ['seconds'], hasGaps: true }],
  ])
  const lifted = metric.flatMap((side): [string, FrameFeature][] => [
    [`annotation.hands.${side}.metres`, { dtype: 'float32', names: places, hasGaps: true }],
    [`annotation.hands.${side}.metres_error`, { dtype: 'float32', names: ['metres'], hasGaps: true }],
  ])
  const covers = [
    ...(hasCovers ? ['capture.faces_covered_ratio'] : []),
    ...(hasSheetCovers ? ['capture.sheets_covered_ratio'] : []),
  ].map((name): [string, FrameFeature] => [name, { dtype: 'float32', names: ['share'], hasGaps: true }])
  return Object.fromEntries([...hands, ...lifted, ...covers])
}

interface Seen {
  shape: SightShape
  hands: HandStream | undefined
  redaction: Redaction | undefined
  camera: EpisodeCamera | undefined
  prepared: PreparedVideo
}

/** Those features of one episode, at the times its frames were filmed and in shares of the picture as the dataset has it. */
export function sightFrames({
  shape,
  hands,
  redaction,
  camera,
  prepared,
}: Seen): Record<string, number[] | number[][]> {
  const { nativeTimesMs: timesMs, source, video } = prepared
  const fit = fitPicture(source, video.probe)
  const none = new Array<number>(HAND_JOINTS.length * AXES.length).fill(Number.NaN)
  const frames: Record<string, number[] | number[][]> = {}
  for (const side of shape.sides) {
    const seen = hands ? handsBetween(hands, side, timesMs) : Array.from(timesMs, () => undefined)
    const of = (name: string) => `annotation.hands.${side}.${name}`
    frames[of('points')] = seen.map((hand) => hand?.points.flatMap((point) => fitted(fit, point)) ?? none)
    frames[of('confidence')] = seen.map((hand) => hand?.confidence ?? Number.NaN)
    frames[of('look_seconds')] = seen.map((hand) => (hand ? hand.awayMs / 1000 : Number.NaN))
    if (!shape.metric.includes(side)) continue
    const placed = seen.map((hand) => hand?.world && camera && placeHand(hand.points, hand.world, camera))
    frames[of('metres')] = placed.map((hand) => hand?.points.flatMap(({ x, y, z }) => [x, y, z]) ?? none)
    frames[of('metres_error')] = placed.map((hand) => hand?.errorM ?? Number.NaN)
  }
  const shareUnder = (covers: readonly CoveredSpan[] | undefined) =>
    Array.from(timesMs, (timeMs) =>
      covers ? coveredRatio(coversAt(covers, timeMs)) * fit.share.x * fit.share.y : Number.NaN,
    )
  if (shape.hasCovers) frames['capture.faces_covered_ratio'] = shareUnder(redaction?.covers)
  if (shape.hasSheetCovers) frames['capture.sheets_covered_ratio'] = shareUnder(redaction?.sheets?.covers)
  return frames
}

/** z is in shares of the picture's width, as x is. */
function fitted(fit: Fit, [x = 0, y = 0, z = 0]: readonly number[]): number[] {
  return [...placeInFit(fit, x, y), z * fit.share.x]
}

/** What saw the hands, for the provenance. */
export function handsTold(stream: HandStream | undefined): { hands?: EpisodeHands } {
  if (stream === undefined) return {}
  const { tool, frames } = stream
  return {
    hands: { tool: tool.name, version: tool.version, model: tool.model, lookCount: frames.length },
  }
}
