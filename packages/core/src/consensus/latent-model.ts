import type { AnswerSet } from './answer-set.ts'
import { normaliseLogs, SNAP } from './grid.ts'
import { peerBound } from './peer-bound.ts'

/**
 * The family behind one-coin, Dawid–Skene, IBCC and ours: every task is in one hidden state, and every
 * worker has, for each state, a distribution over what they say. States are the labels, or several kinds of
 * task per label. `logSaid[(worker × labels + said) × states + state]`, `logState[state]`.
 */
export type LatentParameters = {
  readonly logSaid: Float64Array
  readonly logState: Float64Array
  /** Pseudo-answers in `logSaid`, `[said × states + state]`, the same for all workers; null where rows are tied. */
  readonly pseudo: Float64Array | null
}

/** Expected counts: `said` laid out as `logSaid`, `state` as `logState`; all on the grid. */
export type LatentCounts = { readonly said: Float64Array; readonly state: Float64Array }

/** Counts to parameters: the only difference between the models of the family. */
export type Learn = (counts: LatentCounts) => LatentParameters

export type LatentInput = {
  readonly set: AnswerSet
  /** `states[task × stateCount + state]`: where to begin. */
  readonly begin: Float64Array
  readonly stateCount: number
  readonly learn: Learn
  readonly gold?: Int32Array | undefined
  readonly maxIterations: number
  readonly tolerance: number
  readonly gainTolerance: number
  /** Stop, too, when the bound of `peerBound` rises by less than this. */
  readonly peerTolerance?: number | undefined
}

export type LatentFit = {
  readonly states: Float64Array
  readonly counts: LatentCounts
  readonly parameters: LatentParameters
  /** Of the answers, hidden states summed out, under the parameters. */
  readonly logLikelihood: number
  readonly iterations: number
  readonly hasConverged: boolean
}

/** Expectation-maximisation (or its variational kin) from `begin` to a fixed point. One pass a round. */
export function fitLatent(input: LatentInput): LatentFit {
  const { set, begin, stateCount, learn, maxIterations, tolerance, gainTolerance } = input
  const states = begin.slice()
  let counts = countStates(set, states, stateCount)
  let parameters = learn(counts)
  const pass = makePass(input, states)
  let logLikelihood = Number.NEGATIVE_INFINITY
  const leastGain = gainTolerance * set.label.length
  const isPeerDone = peerStop(input)
  let hasConverged = false
  let iterations = 0
  while (iterations < maxIterations && !hasConverged) {
    const next = pass(parameters)
    const gain = next.logLikelihood - logLikelihood
    hasConverged = next.change <= tolerance || (leastGain > 0 && gain < leastGain)
    counts = next.counts
    logLikelihood = next.logLikelihood
    parameters = learn(counts)
    hasConverged ||= isPeerDone({ counts, parameters, states })
    iterations++
  }
  return { states, counts, parameters, logLikelihood, iterations, hasConverged }
}

function peerStop({ set, stateCount, peerTolerance }: LatentInput) {
  let bound = Number.NEGATIVE_INFINITY
  return (fit: Pick<LatentFit, 'counts' | 'parameters' | 'states'>): boolean => {
    if (peerTolerance === undefined) return false
    const before = bound
    bound = peerBound(fit, stateCount, set.label.length)
    return bound - before < peerTolerance
  }
}

/** Expected counts of what each worker said in each state. */
function countStates(set: AnswerSet, states: Float64Array, stateCount: number): LatentCounts {
  const said = new Float64Array(set.workerNames.length * set.labels.length * stateCount)
  const state = new Float64Array(stateCount)
  const shares = new Float64Array(stateCount)
  for (let at = 0; at < set.taskNames.length; at++) {
    for (let each = 0; each < stateCount; each++) {
      shares[each] = states[at * stateCount + each]! + SNAP - SNAP
      state[each]! += shares[each]!
    }
    note(set, at, shares, said)
  }
  return { said, state }
}

type PassResult = { counts: LatentCounts; change: number; logLikelihood: number }

/** One round: states from the parameters, in place, and at once the counts that the next round learns from. */
function makePass({ set, stateCount, gold }: LatentInput, states: Float64Array) {
  const taskCount = set.taskNames.length
  const logs = new Float64Array(stateCount)
  const said = new Float64Array(set.workerNames.length * set.labels.length * stateCount)
  const state = new Float64Array(stateCount)
  const snapped = new Float64Array(said.length)
  const hold = holderOf(gold, set.labels.length, stateCount)
  return ({ logSaid, logState }: LatentParameters): PassResult => {
    said.fill(0)
    state.fill(0)
    for (let at = 0; at < logSaid.length; at++) snapped[at] = logSaid[at]! + SNAP - SNAP
    let change = 0
    let logLikelihood = 0
    for (let at = 0; at < taskCount; at++) {
      const from = at * stateCount
      for (let each = 0; each < stateCount; each++) logs[each] = logState[each]! + SNAP - SNAP
      hear(set, at, snapped, logs)
      if (hold) hold(at, logs)
      logLikelihood += normaliseLogs(logs, 0, stateCount) + SNAP - SNAP
      for (let each = 0; each < stateCount; each++) {
        const share = logs[each]!
        const difference = Math.abs(share - states[from + each]!)
        if (difference > change) change = difference
        states[from + each] = share
        logs[each] = share + SNAP - SNAP
        state[each]! += logs[each]!
      }
      note(set, at, logs, said)
    }
    return { counts: { said, state }, change, logLikelihood }
  }
}

/** Adds what the answers about a task say for each state. `logSaid` is on the grid. */
function hear(set: AnswerSet, task: number, logSaid: Float64Array, logs: Float64Array): void {
  const { taskStart, worker, label, weight, labels } = set
  const stateCount = logs.length
  for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
    const cell = (worker[row]! * labels.length + label[row]!) * stateCount
    if (weight) {
      const vote = weight[row]!
      for (let each = 0; each < stateCount; each++) logs[each]! += vote * logSaid[cell + each]! + SNAP - SNAP
    } else for (let each = 0; each < stateCount; each++) logs[each]! += logSaid[cell + each]!
  }
}

/** Counts who said what about a task in each state. `shares` are on the grid. */
function note(set: AnswerSet, task: number, shares: Float64Array, said: Float64Array): void {
  const { taskStart, worker, label, weight, labels } = set
  const stateCount = shares.length
  for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
    const cell = (worker[row]! * labels.length + label[row]!) * stateCount
    if (weight) {
      const vote = weight[row]!
      for (let each = 0; each < stateCount; each++) said[cell + each]! += vote * shares[each]! + SNAP - SNAP
    } else for (let each = 0; each < stateCount; each++) said[cell + each]! += shares[each]!
  }
}

/** Where a task's label is known, rules out the states of every other label. States lie label by label. */
function holderOf(gold: Int32Array | undefined, labelCount: number, stateCount: number) {
  if (!gold) return null
  const perLabel = stateCount / labelCount
  return (at: number, logs: Float64Array) => {
    const label = gold[at]!
    if (label < 0) return
    for (let each = 0; each < stateCount; each++) {
      if (Math.floor(each / perLabel) !== label) logs[each] = Number.NEGATIVE_INFINITY
    }
  }
}
