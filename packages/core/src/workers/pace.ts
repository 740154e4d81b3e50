import { assert } from '../kit/index.ts'
import { normalTail } from './normal.ts'

export type PaceOptions = {
  /** The chance of naming a worker who rushes no more often than the crowd. */
  readonly falseAlarmRatio?: number
  /** An answer is rushed when it took less than this share of the task's median duration. */
  readonly rushedRatio?: number
}

/** By position: rushed answers, and whether the worker rushes beyond doubt. */
export type WorkerPace = {
  readonly answerCount: number
  readonly rushedCount: number
  readonly isRusher: boolean
}

/**
 * Who rushes: answers far quicker than the task's median, more often than the crowd does, by a one-sided
 * binomial test with continuity correction, Bonferroni over the workers. Columns are parallel: task, worker
 * (positions) and duration of each answer in milliseconds.
 */
export function findRushers(
  answers: { readonly task: Int32Array; readonly worker: Int32Array; readonly durationMs: Float64Array },
  options: PaceOptions = {},
): WorkerPace[] {
  const { falseAlarmRatio = 0.01, rushedRatio = 0.25 } = options
  const { task, worker, durationMs } = answers
  assert(task.length === worker.length && task.length === durationMs.length, 'columns are parallel')
  const medians = mediansByTask(task, durationMs)
  const workerCount = worker.reduce((most, at) => Math.max(most, at + 1), 0)
  const [count, rushed] = [new Int32Array(workerCount), new Int32Array(workerCount)]
  for (let row = 0; row < task.length; row++) {
    count[worker[row]!]!++
    if (durationMs[row]! < rushedRatio * medians.get(task[row]!)!) rushed[worker[row]!]!++
  }
  const total = rushed.reduce((sum, each) => sum + each, 0)
  return Array.from(count, (answerCount, at) => {
    const rushedCount = rushed[at]!
    // The crowd without this worker: one who rushes must not set the measure.
    const usual = (total - rushedCount + 1) / (task.length - answerCount + 20)
    const error = Math.sqrt(answerCount * usual * (1 - usual)) || 1
    const chance = normalTail((rushedCount - 0.5 - answerCount * usual) / error)
    const isRusher = rushedCount >= MIN_RUSHED && chance < falseAlarmRatio / workerCount
    return { answerCount, rushedCount, isRusher }
  })
}

const MIN_RUSHED = 5

function mediansByTask(task: Int32Array, durationMs: Float64Array): ReadonlyMap<number, number> {
  const durations = new Map<number, number[]>()
  for (let row = 0; row < task.length; row++) {
    const list = durations.get(task[row]!) ?? []
    list.push(durationMs[row]!)
    durations.set(task[row]!, list)
  }
  return new Map([...durations].map(([at, list]) => [at, list.sort((a, b) => a - b)[list.length >> 1]!]))
}

/** Where a worker's quality changed, and how sure that is. `at`: the first answer after the change. */
export type Drift = {
  readonly at: number
  readonly before: number
  readonly after: number
  readonly isDrift: boolean
}

/**
 * Whether one worker's quality drifted. `scores`: agreement of each answer with the verdict, 0 to 1, in order
 * of time. The largest deviation of the cumulative sum, against the Kolmogorov distribution of a Brownian
 * bridge (Brown, Durbin and Evans 1975): a steady worker is named with chance `falseAlarmRatio`.
 */
export function findDrift(scores: Float64Array, { falseAlarmRatio = 0.01 } = {}): Drift {
  const count = scores.length
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, count)
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / Math.max(1, count - 1)
  let [sum, largest, at] = [0, 0, 0]
  for (let each = 0; each < count; each++) {
    sum += scores[each]! - mean
    if (Math.abs(sum) > largest) [largest, at] = [Math.abs(sum), each + 1]
  }
  const statistic = variance > 0 ? largest / Math.sqrt(variance * count) : 0
  const meanOf = (part: Float64Array) =>
    part.reduce((total, score) => total + score, 0) / Math.max(1, part.length)
  const isDrift = count >= MIN_DRIFT_ANSWERS && kolmogorovTail(statistic) < falseAlarmRatio
  return { at, before: meanOf(scores.subarray(0, at)), after: meanOf(scores.subarray(at)), isDrift }
}

const MIN_DRIFT_ANSWERS = 20

function kolmogorovTail(statistic: number): number {
  if (statistic < 0.2) return 1
  let tail = 0
  for (let term = 1; term <= 100; term++) tail += (term % 2 ? 2 : -2) * Math.exp(-2 * (term * statistic) ** 2)
  return Math.min(1, Math.max(0, tail))
}
