import { assert, compareStrings } from '../kit/index.ts'

/** One rating: what a worker said about a task. Text for names, a finite number for measures. */
export type Rating<Value = string | number> = {
  readonly task: string
  readonly worker: string
  readonly value: Value
}

/**
 * Ratings by position, task by task: those of task t are `taskStart[t]` up to `taskStart[t + 1]`. `value` is a
 * position in `values`, which come sorted; so do tasks and workers.
 */
export type RatingTable = {
  readonly values: readonly (string | number)[]
  readonly taskNames: readonly string[]
  readonly workerNames: readonly string[]
  readonly taskStart: Int32Array
  readonly worker: Int32Array
  readonly value: Int32Array
}

/**
 * Indexes ratings; the order of rows leaves no trace. Numbers that are not finite, and texts beside numbers,
 * are our mistake (asserted).
 */
export function ratingTable(ratings: Iterable<Rating>): RatingTable {
  const rows = [...ratings]
  for (const { value } of rows) {
    assert(typeof value === typeof rows[0]?.value, 'ratings are all texts or all numbers')
    assert(typeof value === 'string' || Number.isFinite(value), 'a rating is a finite number')
  }
  const values = [...new Set(rows.map(({ value }) => value))].sort(compareValues)
  const taskNames = [...new Set(rows.map(({ task }) => task))].sort(compareStrings)
  const workerNames = [...new Set(rows.map(({ worker }) => worker))].sort(compareStrings)
  const [valueAt, taskAt, workerAt] = [placesOf(values), placesOf(taskNames), placesOf(workerNames)]
  const placed = rows.map(({ task, worker, value }) => ({
    task: taskAt.get(task)!,
    worker: workerAt.get(worker)!,
    value: valueAt.get(value)!,
  }))
  placed.sort((a, b) => a.task - b.task || a.worker - b.worker || a.value - b.value)
  const taskStart = new Int32Array(taskNames.length + 1)
  for (const { task } of placed) taskStart[task + 1]!++
  for (let at = 0; at < taskNames.length; at++) taskStart[at + 1]! += taskStart[at]!
  const worker = Int32Array.from(placed, (row) => row.worker)
  const value = Int32Array.from(placed, (row) => row.value)
  return { values, taskNames, workerNames, taskStart, worker, value }
}

const compareValues = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareStrings(String(a), String(b))

const placesOf = <T>(names: readonly T[]): Map<T, number> => new Map(names.map((name, at) => [name, at]))
