import { z } from 'zod'
import { homographyOf, type Point2, stretchAt } from './homography.ts'
import { type CameraNow, calibrationSchema, type StaleReason } from './intrinsics.ts'
import { CARD_MM } from './metres.ts'

/** What the standard lets a card be larger or smaller (ISO/IEC 7810, ID-1: 85.47 … 85.72 mm), as a share. */
const CARD_TOLERANCE_RATIO = 0.0015
/** How far off a corner is put by hand under the magnifier, and where lines were fitted to the card's edges, in pixels. */
export const CORNER_ERROR_PX = { hand: 2, fitted: 0.5 } as const
/** A card that is seen more from the side than this tells too little across. */
const MAX_TILT_RATIO = 1.6
export const MAX_SCALE_ERROR_RATIO = 0.03
/** The phone is moved sooner or later: a scale is good for one sitting. */
export const MAX_SCALE_AGE_HOURS = 4
const HOUR_MS = 3_600_000

const pointSchema = z.object({ x: z.number().min(-8192).max(16_384), y: z.number().min(-8192).max(16_384) })

/**
 * Millimetres a pixel in the plane a bank card lay on, for pictures of one size by one camera that stands where it stood:
 * a scale and nothing else, no intrinsics. `corners`: of the card, in pixels, around it, the first two on a long side.
 * `mmPerPx`: at the card's middle, the geometric mean of the directions; `errorRatio`: its standard error as a share of
 * it. `tiltRatio`: how much longer a length looks in one direction than in the other. `isFitted`: lines were fitted to
 * the edges. For `device`, `camera`, `facing`, `zoom` see `calibrationSchema`.
 */
export const cameraScaleSchema = z.object({
  kind: z.literal('bank-card'),
  id: z.uuid(),
  device: z.uuid(),
  camera: z.string().max(200),
  facing: z.enum(['environment', 'user']).nullable(),
  zoom: z.number().positive().nullable(),
  width: z.int().positive().max(8192),
  height: z.int().positive().max(8192),
  corners: z.array(pointSchema).length(4),
  mmPerPx: z.number().positive().max(1000),
  errorRatio: z.number().min(0).max(1),
  tiltRatio: z.number().min(1).max(100),
  isFitted: z.boolean(),
  tool: z.object({ name: z.string().max(60), version: z.string().max(40) }),
  madeAt: z.iso.datetime(),
})
export type CameraScale = z.infer<typeof cameraScaleSchema>

/** What a phone may know of a camera, one after the other: how it sees, or how large things are in one plane. */
export const cameraMeasureSchema = z.union([cameraScaleSchema, calibrationSchema])
export type CameraMeasure = z.infer<typeof cameraMeasureSchema>

/** The picture size for which it counts. */
export const measuredSize = (measure: CameraMeasure): { width: number; height: number } =>
  'kind' in measure ? measure : measure.intrinsics

/** What four corners say; `fault`: why they say too little to be kept. */
export type MeasuredCard = Pick<
  CameraScale,
  'corners' | 'mmPerPx' | 'errorRatio' | 'tiltRatio' | 'isFitted'
> & {
  fault?: 'no-card' | 'tilted' | 'unsure'
}

const CARD: readonly Point2[] = [
  { x: 0, y: 0 },
  { x: CARD_MM.width, y: 0 },
  { x: CARD_MM.width, y: CARD_MM.height },
  { x: 0, y: CARD_MM.height },
]
const MIDDLE = { x: CARD_MM.width / 2, y: CARD_MM.height / 2 }

/** The scale at a card whose corners (pixels) are given around it in any order; undefined where they make no card. */
export function measureCard(points: readonly Point2[], isFitted: boolean): MeasuredCard | undefined {
  const around = clockwise(points)
  if (!isConvex(around)) return undefined
  // A card has two ways to lie; the one that needs less tilt is it.
  const [first, ...rest] = around
  const ways = [around, [...rest, first as Point2]].flatMap((corners) => {
    const scale = scaleOf(corners)
    return scale ? [{ corners, ...scale }] : []
  })
  const measured = ways.sort((a, b) => a.tiltRatio - b.tiltRatio)[0]
  if (measured === undefined) return undefined
  const errorRatio = errorOf(measured, isFitted ? CORNER_ERROR_PX.fitted : CORNER_ERROR_PX.hand)
  const fault =
    measured.tiltRatio > MAX_TILT_RATIO ? 'tilted' : errorRatio > MAX_SCALE_ERROR_RATIO ? 'unsure' : undefined
  return { ...measured, errorRatio, isFitted, ...(fault ? { fault } : {}) }
}

function scaleOf(corners: readonly Point2[]): { mmPerPx: number; tiltRatio: number } | undefined {
  const plane = homographyOf(CARD, corners)
  if (plane === undefined) return undefined
  const { most, least } = stretchAt(plane, MIDDLE)
  return least > 0 ? { mmPerPx: 1 / Math.sqrt(most * least), tiltRatio: most / least } : undefined
}

/** Each corner is off by as much along each axis and by itself; to first order, with what the standard leaves open. */
function errorOf(
  { corners, mmPerPx }: { corners: readonly Point2[]; mmPerPx: number },
  cornerPx: number,
): number {
  let variance = CARD_TOLERANCE_RATIO ** 2
  for (const [at, { x, y }] of corners.entries()) {
    for (const moved of [
      { x: x + cornerPx, y },
      { x, y: y + cornerPx },
    ]) {
      const scale = scaleOf(corners.map((corner, other) => (other === at ? moved : corner)))
      variance += scale ? Math.log(scale.mmPerPx / mmPerPx) ** 2 : 1
    }
  }
  return Math.min(1, Math.sqrt(variance))
}

/** Clockwise in the picture, from the one nearest its top left. */
export function clockwise(points: readonly Point2[]): Point2[] {
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))]
  const around = [...points].sort((a, b) => Math.atan2(a.y - y, a.x - x) - Math.atan2(b.y - y, b.x - x))
  const least = Math.min(...around.map((point) => point.x + point.y))
  const start = around.findIndex((point) => point.x + point.y === least)
  return [...around.slice(start), ...around.slice(0, start)]
}

function isConvex(points: readonly Point2[]): boolean {
  const turns = points.map((b, at) => {
    const [a, c] = [points.at(at - 1) as Point2, points[(at + 1) % points.length] as Point2]
    return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)
  })
  return points.length === 4 && turns.every((turn) => turn > 0)
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Why a scale no longer counts, the weightiest first; none when it does. That the phone was moved nobody can see. */
export function staleScale(scale: CameraScale, now: CameraNow): StaleReason[] {
  const { camera, width, height, zoom, errorRatio, madeAt } = scale
  const holds: [StaleReason, boolean][] = [
    ['other-camera', now.camera !== null && now.camera !== camera],
    ['other-size', now.width !== width || now.height !== height],
    ['other-zoom', zoom !== null && now.zoom !== null && Math.abs(zoom - now.zoom) > 0.01],
    ['inexact', errorRatio > MAX_SCALE_ERROR_RATIO],
    ['old', now.nowMs - Date.parse(madeAt) > MAX_SCALE_AGE_HOURS * HOUR_MS],
  ]
  return holds.filter(([, is]) => is).map(([reason]) => reason)
}

/** The same scale for the picture at another size; undefined where its shape differs. */
export function scaleAt(
  scale: CameraScale,
  size: { width: number; height: number },
): CameraScale | undefined {
  const [x, y] = [size.width / scale.width, size.height / scale.height]
  if (Math.abs(x / y - 1) > 0.005) return undefined
  const corners = scale.corners.map((corner) => ({ x: corner.x * x, y: corner.y * y }))
  return { ...scale, ...size, corners, mmPerPx: scale.mmPerPx / x }
}
