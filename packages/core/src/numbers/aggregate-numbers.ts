import type { Rating } from '../agreement/index.ts'
import { assert, compareStrings } from '../kit/index.ts'

export type NumberAggregate = {
  /** Sorted by task. `standardError`: of the value, from how far the workers who answered usually lie. */
  readonly tasks: readonly {
    readonly task: string
    readonly value: number
    readonly standardError: number | null
    readonly answerCount: number
  }[]
  /** Sorted by worker. `deviation`: how far an answer usually lies from the others, the same unit as the answers. */
  readonly workers: readonly {
    readonly worker: string
    readonly deviation: number
    readonly answerCount: number
  }[]
  /** How many answers' worth of the crowd stand behind each worker's deviation. */
  readonly shrinkage: number
}

/** An answer further out than three of its worker's deviations counts as if it lay at three (Huber 1964). */
const OUTLIER_AT = 3
/** Candidates for the shrinkage, from every worker for themselves to everybody alike. */
const SHRINKAGES = [1, 3, 10, 30, 100, 300, 1000, 1e9]
const ROUNDS = 40
/** Nobody counts more than this many times the crowd's average. */
const MOST_WEIGHT = 20

type Rows = {
  readonly taskNames: readonly string[]
  readonly workerNames: readonly string[]
  readonly task: Int32Array
  readonly worker: Int32Array
  readonly value: Float64Array
}

type Fit = {
  readonly values: Float64Array
  readonly variances: Float64Array
  readonly precisions: Float64Array
  readonly loss: number
}

/**
 * One number per task: a mean weighted by how far each worker usually lies from the others, with far answers drawn in.
 * Workers' variances are shrunk towards the crowd's; by how much is chosen by what foretells left-out answers best
 * (squared error), never by a truth. Not a median: where answers are lopsided on purpose (many zeros) the few count.
 */
export function aggregateNumbers(ratings: Iterable<Rating<number>>): NumberAggregate {
  const rows = rowsOf(ratings)
  let [best, shrinkage] = [fit(rows, SHRINKAGES.at(-1)!), SHRINKAGES.at(-1)!]
  for (const candidate of SHRINKAGES.slice(0, -1)) {
    const found = fit(rows, candidate)
    if (found.loss < best.loss) [best, shrinkage] = [found, candidate]
  }
  const perTask = countsOf(rows.task, rows.taskNames.length)
  const perWorker = countsOf(rows.worker, rows.workerNames.length)
  const isLone = perTask.every((count) => count < 2)
  return {
    tasks: rows.taskNames.map((task, at) => ({
      task,
      value: best.values[at]!,
      standardError: isLone ? null : 1 / Math.sqrt(best.precisions[at]!),
      answerCount: perTask[at]!,
    })),
    workers: rows.workerNames.map((worker, at) => ({
      worker,
      deviation: Math.sqrt(best.variances[at]!),
      answerCount: perWorker[at]!,
    })),
    shrinkage,
  }
}

function rowsOf(ratings: Iterable<Rating<number>>): Rows {
  const all = [...ratings]
  for (const { value } of all) assert(Number.isFinite(value), 'a rating is a finite number')
  const taskNames = [...new Set(all.map(({ task }) => task))].sort(compareStrings)
  const workerNames = [...new Set(all.map(({ worker }) => worker))].sort(compareStrings)
  const taskAt = new Map(taskNames.map((name, at) => [name, at]))
  const workerAt = new Map(workerNames.map((name, at) => [name, at]))
  const placed = all.map(({ task, worker, value }) => {
    return { task: taskAt.get(task)!, worker: workerAt.get(worker)!, value }
  })
  placed.sort((a, b) => a.task - b.task || a.worker - b.worker || a.value - b.value)
  return {
    taskNames,
    workerNames,
    task: Int32Array.from(placed, ({ task }) => task),
    worker: Int32Array.from(placed, ({ worker }) => worker),
    value: Float64Array.from(placed, ({ value }) => value),
  }
}

function countsOf(places: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size)
  for (const place of places) counts[place]!++
  return counts
}

function fit(rows: Rows, shrinkage: number): Fit {
  const { task, worker, value } = rows
  const perWorker = countsOf(worker, rows.workerNames.length)
  const start = varianceOf(value) || 1
  const variances = new Float64Array(rows.workerNames.length).fill(start)
  const drawnIn = new Float64Array(value.length).fill(1)
  const precisions = new Float64Array(rows.taskNames.length)
  const values = new Float64Array(rows.taskNames.length)
  let loss = 0
  for (let round = 0; round < ROUNDS; round++) {
    weigh(rows, variances, drawnIn, { values, precisions })
    const [sums, counts] = [new Float64Array(variances.length), new Float64Array(variances.length)]
    let [total, tested] = [0, 0]
    loss = 0
    for (let row = 0; row < value.length; row++) {
      const [what, who] = [task[row]!, worker[row]!]
      const own = drawnIn[row]! / variances[who]!
      const others = precisions[what]! - own
      if (others <= 1e-12 * precisions[what]!) continue
      const without = (precisions[what]! * values[what]! - own * value[row]!) / others
      const gap = value[row]! - without
      const reach = OUTLIER_AT * Math.sqrt(variances[who]! + 1 / others)
      drawnIn[row] = Math.min(1, reach / (Math.abs(gap) || 1e-300))
      const drawn = drawnIn[row]! * gap
      sums[who]! += drawn * drawn - 1 / others
      counts[who]!++
      total += drawn * drawn
      tested++
      loss += gap * gap
    }
    if (tested === 0 || total === 0) break
    const crowd = total / tested
    for (let who = 0; who < variances.length; who++) {
      const own = (sums[who]! + shrinkage * crowd) / (counts[who]! + shrinkage)
      variances[who] = perWorker[who]! > 0 ? Math.max(crowd / MOST_WEIGHT, own) : crowd
    }
  }
  weigh(rows, variances, drawnIn, { values, precisions })
  return { values, variances, precisions, loss }
}

/** The weighted mean of each task and its precision, in place. */
function weigh(
  { task, worker, value }: Rows,
  variances: Float64Array,
  drawnIn: Float64Array,
  { values, precisions }: { readonly values: Float64Array; readonly precisions: Float64Array },
): void {
  precisions.fill(0)
  values.fill(0)
  for (let row = 0; row < value.length; row++) {
    const weight = drawnIn[row]! / variances[worker[row]!]!
    precisions[task[row]!]! += weight
    values[task[row]!]! += weight * value[row]!
  }
  for (let at = 0; at < values.length; at++) values[at]! /= precisions[at]!
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
}
