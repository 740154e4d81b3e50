import { assert, compareStrings } from '../kit/index.ts'
import { onGrid } from './grid.ts'

export const MAX_CONSENSUS_ANSWERS = 2 ** 24
export const MAX_CONSENSUS_LABELS = 64

/** One worker's answer about one task. */
export type Answer = { readonly task: string; readonly worker: string; readonly label: string }

/**
 * Answers by position, built once and read by every method. Rows lie task by task: those of task t are
 * `taskStart[t]` up to `taskStart[t + 1]`, each with the positions of its worker and its label.
 * `weight`: the share of the worker's vote, or null where every vote is whole. `taskNames` and `workerNames`
 * come in order of first appearance: no result depends on it.
 */
export type AnswerSet = {
  readonly labels: readonly string[]
  readonly taskNames: readonly string[]
  readonly workerNames: readonly string[]
  readonly taskStart: Int32Array
  readonly worker: Int32Array
  readonly label: Uint8Array
  readonly weight: Float64Array | null
}

/** How a worker's repeated answers about a task count: they share one vote, or each counts as in the paper. */
export type Repeats = 'share' | 'count'

export type AnswerSetOptions = {
  /** The possible labels; when left out, those that occur, sorted by code units. */
  readonly labels?: readonly string[]
  readonly repeats?: Repeats
}

/** Answers as parallel columns of positions: cheaper than rows when there are millions. */
export type AnswerColumns = {
  readonly labels: readonly string[]
  readonly taskNames: readonly string[]
  readonly workerNames: readonly string[]
  readonly task: Int32Array
  readonly worker: Int32Array
  readonly label: Uint8Array
}

/**
 * Indexes answers for every method of consensus. Reads the rows once and keeps none of them.
 * Labels outside `labels`, more than 64 labels or 2^24 answers are our mistake (asserted).
 */
export function answerSet(answers: Iterable<Answer>, options: AnswerSetOptions = {}): AnswerSet {
  return answerSetOfColumns(columnsOf(answers, options.labels), options)
}

function columnsOf(answers: Iterable<Answer>, known: readonly string[] | undefined): AnswerColumns {
  const labels = known ? [...known] : []
  assert(new Set(labels).size === labels.length, 'labels are distinct')
  const [taskAt, workerAt] = [new Map<string, number>(), new Map<string, number>()]
  const labelAt = new Map(labels.map((label, at) => [label, at]))
  let columns = [new Int32Array(1024), new Int32Array(1024), new Int32Array(1024)] as const
  let count = 0
  for (const { task, worker, label } of answers) {
    if (count === columns[0].length) columns = [grown(columns[0]), grown(columns[1]), grown(columns[2])]
    columns[0][count] = positionOf(taskAt, task)
    columns[1][count] = positionOf(workerAt, worker)
    assert(!known || labelAt.has(label), `“${label}” is not among the labels`)
    columns[2][count++] = positionOf(labelAt, label)
  }
  assert(labelAt.size <= MAX_CONSENSUS_LABELS, 'between 1 and 64 labels')
  const found = [...labelAt.keys()]
  if (!known) labels.push(...found.slice().sort(compareStrings))
  const place = Uint8Array.from(found, (label) => labels.indexOf(label))
  return {
    labels,
    taskNames: [...taskAt.keys()],
    workerNames: [...workerAt.keys()],
    task: columns[0].subarray(0, count),
    worker: columns[1].subarray(0, count),
    label: Uint8Array.from(columns[2].subarray(0, count), (at) => place[at]!),
  }
}

function grown(column: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(column.length * 2)
  next.set(column)
  return next
}

function positionOf(places: Map<string, number>, name: string): number {
  const place = places.get(name)
  if (place !== undefined) return place
  places.set(name, places.size)
  return places.size - 1
}

/** Indexes answers that are columns of positions already; `repeats` as in `answerSet`. */
export function answerSetOfColumns(columns: AnswerColumns, { repeats = 'share' }: AnswerSetOptions = {}) {
  const { labels, taskNames, workerNames, task } = columns
  assert(labels.length >= 1 && labels.length <= MAX_CONSENSUS_LABELS, 'between 1 and 64 labels')
  assert(task.length <= MAX_CONSENSUS_ANSWERS, 'too many answers for one consensus')
  const taskStart = new Int32Array(taskNames.length + 1)
  for (let row = 0; row < task.length; row++) taskStart[task[row]! + 1]!++
  for (let at = 0; at < taskNames.length; at++) taskStart[at + 1]! += taskStart[at]!
  const next = taskStart.slice(0, -1)
  const worker = new Int32Array(task.length)
  const label = new Uint8Array(task.length)
  for (let row = 0; row < task.length; row++) {
    const place = next[task[row]!]!++
    worker[place] = columns.worker[row]!
    label[place] = columns.label[row]!
  }
  const set: AnswerSet = { labels, taskNames, workerNames, taskStart, worker, label, weight: null }
  return repeats === 'share' && hasRepeats(set) ? sharedVotes(set) : set
}

function hasRepeats({ taskStart, worker, workerNames }: AnswerSet): boolean {
  const lastTask = new Int32Array(workerNames.length).fill(-1)
  for (let at = 0; at + 1 < taskStart.length; at++) {
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
      if (lastTask[worker[row]!] === at) return true
      lastTask[worker[row]!] = at
    }
  }
  return false
}

/** One row for each task, worker and label, weighing its share of what the worker said about the task. */
function sharedVotes(set: AnswerSet): AnswerSet {
  const { taskStart } = set
  const worker = new Int32Array(set.worker.length)
  const label = new Uint8Array(set.worker.length)
  const weight = new Float64Array(set.worker.length)
  const starts = new Int32Array(taskStart.length)
  const lastTask = new Int32Array(set.workerNames.length).fill(-1)
  let rowCount = 0
  for (let task = 0; task + 1 < taskStart.length; task++) {
    let isRepeated = false
    for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
      if (lastTask[set.worker[row]!] === task) isRepeated = true
      lastTask[set.worker[row]!] = task
      worker[rowCount] = set.worker[row]!
      label[rowCount] = set.label[row]!
      weight[rowCount++] = 1
    }
    if (isRepeated) {
      rowCount = starts[task]!
      for (const vote of votesShared(set, task)) {
        worker[rowCount] = vote.worker
        label[rowCount] = vote.label
        weight[rowCount++] = vote.weight
      }
    }
    starts[task + 1] = rowCount
  }
  const kept = { worker: worker.slice(0, rowCount), label: label.slice(0, rowCount) }
  return { ...set, ...kept, taskStart: starts, weight: weight.slice(0, rowCount) }
}

function votesShared({ taskStart, worker, label, labels }: AnswerSet, task: number) {
  const perVote = new Map<number, number>()
  const perWorker = new Map<number, number>()
  for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
    const vote = worker[row]! * labels.length + label[row]!
    perVote.set(vote, (perVote.get(vote) ?? 0) + 1)
    perWorker.set(worker[row]!, (perWorker.get(worker[row]!) ?? 0) + 1)
  }
  return [...perVote].map(([vote, count]) => {
    const who = Math.floor(vote / labels.length)
    return { worker: who, label: vote % labels.length, weight: onGrid(count / (perWorker.get(who) ?? 1)) }
  })
}

/**
 * Known labels by position of their task, -1 where nothing is known. Tasks without answers are left out;
 * a label outside the set's is our mistake (asserted).
 */
export function goldOf(set: AnswerSet, gold: ReadonlyMap<string, string>): Int32Array {
  const labelAt = new Map(set.labels.map((label, at) => [label, at]))
  return Int32Array.from(set.taskNames, (name) => {
    const known = gold.get(name)
    if (known === undefined) return -1
    const place = labelAt.get(known)
    assert(place !== undefined, `“${known}” is not among the labels`)
    return place
  })
}
