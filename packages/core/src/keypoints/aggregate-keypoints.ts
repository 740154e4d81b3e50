import { assert, compareStrings } from '../kit/index.ts'
import { PointModel } from './point-model.ts'

/** Where a worker put a keypoint of a task. Any unit, the same for all. */
export type PointAnswer = {
  readonly task: string
  readonly keypoint: string
  readonly worker: string
  readonly x: number
  readonly y: number
}

export type PlacedKeypoint = {
  readonly task: string
  readonly keypoint: string
  readonly x: number
  readonly y: number
  /** How far off it is expected to be along each axis (one standard deviation); null with a single answer. */
  readonly standardError: number | null
  readonly answerCount: number
}

/** `deviation`: one standard deviation of the bulk of a worker's points along each axis, over all keypoints. */
export type PointWorker = {
  readonly worker: string
  readonly deviation: number
  readonly answerCount: number
}

export type KeypointAggregate = {
  /** Sorted by task, then keypoint. */
  readonly points: readonly PlacedKeypoint[]
  readonly workers: readonly PointWorker[]
  /** Degrees of freedom of the errors: few where gross errors are common, many where they are not. */
  readonly freedom: number
}

/**
 * One place per keypoint: errors are Student-t with a scale per worker and keypoint, drawn towards worker × keypoint,
 * and a habit per worker and keypoint, drawn towards none (EM for the t distribution: Lange, Little and Taylor 1989); some
 * answers are gross, with a width of their own and no say (Tukey's contaminated normal, 1960).
 * The tails' weight, the spread of habits and the share of gross answers are learned from the answers. Begins at geometric medians, so that gross
 * errors have no say at the beginning.
 */
export function aggregateKeypoints(answers: Iterable<PointAnswer>): KeypointAggregate {
  const rows = [...answers]
  for (const { x, y } of rows) assert(Number.isFinite(x) && Number.isFinite(y), 'a point has finite places')
  rows.sort(
    (a, b) =>
      compareStrings(a.task, b.task) ||
      compareStrings(a.keypoint, b.keypoint) ||
      compareStrings(a.worker, b.worker) ||
      a.x - b.x ||
      a.y - b.y,
  )
  const model = new PointModel(rows)
  model.fit()
  return model.result()
}
