import { assert } from '../kit/index.ts'
import { type Answer, type AnswerSet, goldOf } from './answer-set.ts'
import { fitFromVotes } from './confusion-methods.ts'
import { DEFAULT_PRIORS } from './default-priors.ts'
import { normaliseLogs, onGrid, SNAP } from './grid.ts'
import { learnConfusion, logShares } from './learn.ts'

/** `pseudo[said × labels + true]`: answers every worker starts with; `labels`: tasks that every label starts with. */
export type RunningPrior = { readonly pseudo: Float64Array; readonly labels: number }

/** A fitted consensus that can take new answers. `posteriors` lie by task as in `Aggregate`. */
export type RunningConsensus = {
  readonly set: AnswerSet
  readonly posteriors: Float64Array
  /** Expected counts: `said[(worker × labels + said) × labels + true]`, `state[true]`. */
  readonly said: Float64Array
  readonly state: Float64Array
  readonly taskAt: ReadonlyMap<string, number>
  readonly workerAt: ReadonlyMap<string, number>
  readonly gold: ReadonlyMap<string, string>
  readonly prior: RunningPrior
  /** Answers taken since the last full fit: refit when they are many. */
  readonly answersSinceFit: number
}

const MAX_ROUNDS = 10
const TOLERANCE = 1e-4

/** A full fit with `DEFAULT_PRIORS` (the posteriors of `dawidSkene`) from which `takeAnswers` goes on. */
export function startConsensus(
  set: AnswerSet,
  gold: ReadonlyMap<string, string> = new Map(),
): RunningConsensus {
  const learn = learnConfusion(set.labels.length, DEFAULT_PRIORS, 'mode')
  const fit = fitFromVotes(set, learn, { gold: goldOf(set, gold), maxIterations: 200 })
  return {
    set,
    posteriors: fit.states,
    said: fit.counts.said,
    state: fit.counts.state,
    taskAt: new Map(set.taskNames.map((name, at) => [name, at])),
    workerAt: new Map(set.workerNames.map((name, at) => [name, at])),
    gold,
    prior: { pseudo: fit.parameters.pseudo ?? new Float64Array(), labels: DEFAULT_PRIORS.labels },
    answersSinceFit: 0,
  }
}

/**
 * Takes new answers without fitting again: the tasks they are about are weighed anew, together with the
 * matrices of the workers who answered those, up to a fixed point; all else stays (incremental EM: Neal and
 * Hinton 1998). A worker's repeated answers about a task share one vote. Labels outside the set's are our
 * mistake (asserted). New value; the old one stays as it was.
 */
export function takeAnswers(running: RunningConsensus, answers: readonly Answer[]): RunningConsensus {
  const grown = withRoom(running, answers)
  const touched = [...new Set(answers.map(({ task }) => grown.taskAt.get(task)!))]
  const next = weighAnew(grown, { before: running.set, after: withRows(grown, answers) }, touched)
  return { ...next, answersSinceFit: running.answersSinceFit + answers.length }
}

/**
 * The same where all that was said about the tasks of `running` is known anew: `set` has its tasks and workers in their
 * places and may hold other rows or weights. What lies in the counts beyond these tasks stays, so that a few tasks can
 * be weighed with the counts of a whole crowd. New value.
 */
export function exchangeAnswers(running: RunningConsensus, set: AnswerSet): RunningConsensus {
  const { posteriors, said, state } = running
  const fresh = { ...running, posteriors: posteriors.slice(), said: said.slice(), state: state.slice() }
  const tasks = set.taskNames.map((_, task) => task)
  return weighAnew(fresh, { before: running.set, after: set }, tasks)
}

/** Weighs the touched tasks anew, whose rows are now those of `after`; counts and posteriors change in place. */
function weighAnew(
  running: RunningConsensus,
  { before, after }: { before: AnswerSet; after: AnswerSet },
  touched: readonly number[],
): RunningConsensus {
  const known = touched.filter((task) => task < before.taskNames.length)
  recount(running, before, known, -1)
  const next = { ...running, set: after }
  begin(next, touched)
  recount(next, after, touched, 1)
  const matrices = new Float64Array(next.said.length)
  for (let round = 0, change = 1; round < MAX_ROUNDS && change > TOLERANCE; round++) {
    learnMatrices(next, touched, matrices)
    const logState = logShares(next.state, next.prior.labels, Math.log)
    recount(next, after, touched, -1)
    change = weigh(next, touched, { logSaid: matrices, logState })
    recount(next, after, touched, 1)
  }
  return next
}

/** The same with places for new tasks and new workers, at the end. */
function withRoom(running: RunningConsensus, answers: readonly Answer[]): RunningConsensus {
  const tasks = withNames(
    running.set.taskNames,
    running.taskAt,
    answers.map(({ task }) => task),
  )
  const workers = withNames(
    running.set.workerNames,
    running.workerAt,
    answers.map(({ worker }) => worker),
  )
  const labelCount = running.set.labels.length
  const posteriors = new Float64Array(tasks.names.length * labelCount)
  posteriors.set(running.posteriors)
  const said = new Float64Array(workers.names.length * labelCount ** 2)
  said.set(running.said)
  const set = { ...running.set, taskNames: tasks.names, workerNames: workers.names }
  const state = running.state.slice()
  return { ...running, set, posteriors, said, state, taskAt: tasks.places, workerAt: workers.places }
}

/** Names with the new ones at the end, and their places; the same where nothing is new. */
function withNames(
  names: readonly string[],
  places: ReadonlyMap<string, number>,
  heard: readonly string[],
): { names: readonly string[]; places: ReadonlyMap<string, number> } {
  const fresh = [...new Set(heard)].filter((name) => !places.has(name))
  if (fresh.length === 0) return { names, places }
  const all = [...names]
  const placesOfAll = new Map(places)
  for (const name of fresh) placesOfAll.set(name, all.push(name) - 1)
  return { names: all, places: placesOfAll }
}

/** The rows with the new ones after the old ones of their task. Rows between touched tasks are copied at once. */
function withRows({ set, taskAt, workerAt }: RunningConsensus, answers: readonly Answer[]): AnswerSet {
  const labelAt = new Map(set.labels.map((label, at) => [label, at]))
  const fresh = new Map<number, Answer[]>()
  for (const answer of answers) {
    const at = taskAt.get(answer.task)!
    const there = fresh.get(at)
    if (there) there.push(answer)
    else fresh.set(at, [answer])
  }
  const grown = {
    ...set,
    taskStart: startsWith(set, fresh),
    worker: new Int32Array(set.label.length + answers.length),
    label: new Uint8Array(set.label.length + answers.length),
    weight: set.weight && new Float64Array(set.label.length + answers.length),
  }
  let [copied, place] = [0, 0]
  const copyUpTo = (end: number) => {
    for (const column of ['worker', 'label', 'weight'] as const) {
      const rows = set[column]?.subarray(copied, end)
      if (rows) grown[column]!.set(rows, place)
    }
    place += end - copied
    copied = end
  }
  for (const task of [...fresh.keys()].sort((a, b) => a - b)) {
    copyUpTo(set.taskStart[task + 1] ?? set.label.length)
    for (const { worker, label } of fresh.get(task)!) {
      assert(labelAt.has(label), `“${label}” is not among the labels`)
      grown.worker[place] = workerAt.get(worker)!
      grown.label[place] = labelAt.get(label)!
      if (grown.weight) grown.weight[place] = 1
      place++
    }
  }
  copyUpTo(set.label.length)
  return withSharedVotes(grown, [...fresh.keys()])
}

function startsWith(set: AnswerSet, fresh: ReadonlyMap<number, readonly Answer[]>): Int32Array {
  const starts = new Int32Array(set.taskNames.length + 1)
  let added = 0
  for (let task = 0; task < set.taskNames.length; task++) {
    added += fresh.get(task)?.length ?? 0
    starts[task + 1] = (set.taskStart[task + 1] ?? set.label.length) + added
  }
  return starts
}

/** Votes shared in the tasks where a worker answered again; whole votes elsewhere. */
function withSharedVotes(set: AnswerSet, tasks: readonly number[]): AnswerSet {
  const repeated = tasks.filter((task) => hasRepeats(set, task))
  if (repeated.length === 0) return set
  const weight = set.weight ?? new Float64Array(set.label.length).fill(1)
  for (const task of repeated) shareVotes(set, weight, task)
  return { ...set, weight }
}

function hasRepeats({ taskStart, worker }: AnswerSet, task: number): boolean {
  const workers = worker.subarray(taskStart[task]!, taskStart[task + 1]!)
  return new Set(workers).size < workers.length
}

/** Repeated rows of a worker about a task share one vote evenly. */
function shareVotes({ taskStart, worker }: AnswerSet, weight: Float64Array, task: number): void {
  const rows = new Map<number, number>()
  for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
    rows.set(worker[row]!, (rows.get(worker[row]!) ?? 0) + 1)
  }
  for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
    const repeats = rows.get(worker[row]!)!
    if (repeats > 1) weight[row] = onGrid(1 / repeats)
  }
}

/** The counts with the tasks' rows added (sign 1) or taken away (-1), in place. */
function recount(
  { posteriors, said, state }: RunningConsensus,
  { taskStart, worker, label, weight, labels }: AnswerSet,
  tasks: readonly number[],
  sign: number,
): void {
  const labelCount = labels.length
  for (const task of tasks) {
    const from = task * labelCount
    for (let truth = 0; truth < labelCount; truth++) state[truth]! += sign * onGrid(posteriors[from + truth]!)
    for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
      const cell = (worker[row]! * labelCount + label[row]!) * labelCount
      const vote = weight ? weight[row]! : 1
      for (let truth = 0; truth < labelCount; truth++) {
        said[cell + truth]! += sign * (vote * onGrid(posteriors[from + truth]!) + SNAP - SNAP)
      }
    }
  }
}

/** New tasks begin at their votes, the others where they were. */
function begin({ set, posteriors }: RunningConsensus, touched: readonly number[]): void {
  const labelCount = set.labels.length
  for (const task of touched) {
    const row = posteriors.subarray(task * labelCount, (task + 1) * labelCount)
    if (row.some((share) => share > 0)) continue
    let total = 0
    for (let at = set.taskStart[task]!; at < set.taskStart[task + 1]!; at++) {
      const vote = set.weight ? set.weight[at]! : 1
      row[set.label[at]!]! += vote
      total += vote
    }
    for (let each = 0; each < labelCount; each++) row[each]! /= total
  }
}

/** The tasks' posteriors from the matrices, in place; gives the largest change. */
function weigh(
  { set, posteriors, gold }: RunningConsensus,
  touched: readonly number[],
  { logSaid, logState }: { logSaid: Float64Array; logState: Float64Array },
): number {
  const labelCount = set.labels.length
  const logs = new Float64Array(labelCount)
  let change = 0
  for (const task of touched) {
    for (let truth = 0; truth < labelCount; truth++) logs[truth] = onGrid(logState[truth]!)
    for (let row = set.taskStart[task]!; row < set.taskStart[task + 1]!; row++) {
      const cell = (set.worker[row]! * labelCount + set.label[row]!) * labelCount
      const vote = set.weight ? set.weight[row]! : 1
      for (let truth = 0; truth < labelCount; truth++) {
        logs[truth]! += vote * logSaid[cell + truth]! + SNAP - SNAP
      }
    }
    const known = gold.get(set.taskNames[task]!)
    if (known !== undefined)
      for (const [at, label] of set.labels.entries()) if (label !== known) logs[at] = -Infinity
    normaliseLogs(logs, 0, labelCount)
    for (let truth = 0; truth < labelCount; truth++) {
      change = Math.max(change, Math.abs(logs[truth]! - posteriors[task * labelCount + truth]!))
      posteriors[task * labelCount + truth] = logs[truth]!
    }
  }
  return change
}

/** The matrices of the workers who answered the tasks, each worked out once, in place. */
function learnMatrices(
  { set, said, prior: { pseudo } }: RunningConsensus,
  touched: readonly number[],
  matrices: Float64Array,
): void {
  const labelCount = set.labels.length
  const block = labelCount * labelCount
  const isKnown = new Uint8Array(set.workerNames.length)
  for (const task of touched) {
    for (let row = set.taskStart[task]!; row < set.taskStart[task + 1]!; row++) {
      if (isKnown[set.worker[row]!]) continue
      isKnown[set.worker[row]!] = 1
      const from = set.worker[row]! * block
      for (let truth = 0; truth < labelCount; truth++) {
        let total = 0
        for (let at = truth; at < block; at += labelCount) total += said[from + at]! + pseudo[at]!
        for (let at = truth; at < block; at += labelCount) {
          matrices[from + at] = onGrid(Math.log((said[from + at]! + pseudo[at]!) / total))
        }
      }
    }
  }
}
