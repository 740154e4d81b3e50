import { assert, compareStrings, groupBy, seededRandom, sortBy } from '../kit/index.ts'
import { type Interval, percentileInterval } from './interval.ts'
import { MAX_BOOTSTRAPS } from './krippendorff-alpha.ts'
import { boundaryF, type Segment, segmentF, temporalIou } from './segment-agreement.ts'

/** The mean over all pairs of workers that share a task, each pair counting once a task; null without such a pair. */
export type PairMean = { readonly mean: number | null; readonly interval: Interval | null }

/** `measures` by name. `pairCount`: pairs of workers, over all tasks; `taskCount`: tasks with two workers or more. */
export type PairwiseAgreement<Measure extends string> = {
  readonly measures: Readonly<Record<Measure, PairMean>>
  readonly pairCount: number
  readonly taskCount: number
}

type BootstrapOptions = {
  /** How often tasks are drawn again for the intervals; 0, the default, gives none. */
  readonly bootstrapCount?: number
  readonly seed?: string | number
}

export type LabelledSegment = Segment & { readonly task: string; readonly worker: string }

/**
 * How far workers agree on segments: the share of labelled time on which two say the same (`iou`), their boundaries
 * within `tolerance` (`boundary`, F), and segments that overlap by half (`segment`, F1). All 0 … 1.
 */
export function segmentAgreement(
  answers: Iterable<LabelledSegment>,
  options: BootstrapOptions & { readonly tolerance: number },
): PairwiseAgreement<'iou' | 'boundary' | 'segment'> {
  const { tolerance } = options
  return pairwiseAgreement(answers, options, {
    iou: (one, other) => [temporalIou(one, other)],
    boundary: (one, other) => [boundaryF(one, other, tolerance).f],
    segment: (one, other) => [segmentF(one, other)],
  })
}

export type WorkerPoint = {
  readonly task: string
  readonly keypoint: string
  readonly worker: string
  readonly x: number
  readonly y: number
}

/**
 * How far apart workers put the same keypoints, in the unit of the points: `distance` over all of them. Pairs count by
 * the keypoints they share.
 */
export function pointAgreement(
  answers: Iterable<WorkerPoint>,
  options: BootstrapOptions = {},
): PairwiseAgreement<'distance'> {
  return pairwiseAgreement(answers, options, {
    distance: (one, other) =>
      one.flatMap((point) =>
        other
          .filter(({ keypoint }) => keypoint === point.keypoint)
          .map(({ x, y }) => Math.hypot(x - point.x, y - point.y)),
      ),
  })
}

type Compare<Row> = (one: readonly Row[], other: readonly Row[]) => readonly number[]
type Sum = { readonly sum: number; readonly count: number }

function pairwiseAgreement<
  Row extends { readonly task: string; readonly worker: string },
  Name extends string,
>(
  answers: Iterable<Row>,
  { bootstrapCount = 0, seed = 0 }: BootstrapOptions,
  comparisons: Readonly<Record<Name, Compare<Row>>>,
): PairwiseAgreement<Name> {
  assert(bootstrapCount >= 0 && bootstrapCount <= MAX_BOOTSTRAPS, 'between 0 and 100,000 bootstraps')
  const names = Object.keys(comparisons) as Name[]
  const tasks = [...groupBy(answers, ({ task }) => task).values()]
    .map(pairsOf)
    .filter((pairs) => pairs.length > 0)
    .map((pairs) => names.map((name) => sumOf(pairs.flatMap(([a, b]) => comparisons[name](a, b)))))
  // Ordered by what they hold: so names leave no trace in what is drawn.
  const units = sortBy(tasks, (sums) => JSON.stringify(sums))
  const drawn: number[][] = names.map(() => [])
  const dice = seededRandom(seed)
  for (let round = 0; round < bootstrapCount && units.length > 0; round++) {
    const sample = units.map(() => units[dice.int(units.length)]!)
    for (const at of names.keys()) {
      const mean = meanOf(sample, at)
      if (mean !== null) drawn[at]!.push(mean)
    }
  }
  const measures = names.map((name, at): [Name, PairMean] => [
    name,
    { mean: meanOf(units, at), interval: percentileInterval(drawn[at]!, 0.95) },
  ])
  return {
    measures: Object.fromEntries(measures) as Record<Name, PairMean>,
    pairCount: units.reduce((sum, [first]) => sum + (first?.count ?? 0), 0),
    taskCount: units.length,
  }
}

function pairsOf<Row extends { readonly worker: string }>(rows: readonly Row[]): [Row[], Row[]][] {
  const byWorker = [...groupBy(rows, ({ worker }) => worker)]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([, own]) => own)
  return byWorker.flatMap((one, at) => byWorker.slice(at + 1).map((other): [Row[], Row[]] => [one, other]))
}

/** Sorted before adding, so that the order of workers leaves no trace in the last bit. */
const sumOf = (values: readonly number[]): Sum => ({
  sum: values.toSorted((a, b) => a - b).reduce((total, value) => total + value, 0),
  count: values.length,
})

function meanOf(units: readonly (readonly Sum[])[], at: number): number | null {
  const count = units.reduce((total, sums) => total + sums[at]!.count, 0)
  return count > 0 ? units.reduce((total, sums) => total + sums[at]!.sum, 0) / count : null
}
