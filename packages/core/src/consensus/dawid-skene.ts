import { assert, compareStrings } from '../kit/index.ts'
import { voteCounts } from './aggregate.ts'
import { type Answer, type AnswerSet, answerSet, goldOf, type Repeats } from './answer-set.ts'
import { type ConfusionAggregate, confusionDawidSkene } from './confusion-methods.ts'
import { DEFAULT_PRIORS } from './default-priors.ts'
import { onGrid } from './grid.ts'
import type { ConsensusPriors } from './learn.ts'

/** Probability of each label; the keys are the labels in the order they were given. */
export type Posterior = Readonly<Record<string, number>>

/**
 * `confusion[true][said]` in the order of the labels: how often the worker says what when which is true.
 * `accuracy`: the share of right answers to expect of them. `answerCount`: tasks answered.
 */
export type WorkerModel = {
  readonly answerCount: number
  readonly accuracy: number
  readonly confusion: readonly (readonly number[])[]
}

export type Consensus = {
  readonly posteriors: ReadonlyMap<string, Posterior>
  readonly workers: ReadonlyMap<string, WorkerModel>
  readonly classPrior: Posterior
  readonly iterations: number
  readonly hasConverged: boolean
}

export type ConsensusInput = {
  readonly answers: readonly Answer[]
  readonly labels: readonly string[]
  readonly priors?: Partial<ConsensusPriors>
  /** Known answers: their tasks are held at them, and so teach who answers well. */
  readonly gold?: ReadonlyMap<string, string>
  /** A worker's repeated answers about a task: they share one vote, or each counts as in the paper. */
  readonly repeats?: Repeats
  readonly maxIterations?: number
  /** Stop when no probability moves by more than this. */
  readonly tolerance?: number
}

/**
 * The probability of every label for every task, and how well every worker answers: Dawid and Skene,
 * "Maximum likelihood estimation of observer error-rates using the EM algorithm" (Applied Statistics 28,
 * 1979), with a full confusion matrix per worker, at the maximum a posteriori under Dirichlet priors, so
 * that one or two answers do not make certainty.
 *
 * Begins at the majority. Every worker has one vote per task, shared by repeated answers. The result is the
 * same to the last bit for any order of answers and any names of tasks and workers; maps come sorted by id.
 * Labels outside `labels` are our mistake (asserted).
 */
export function dawidSkene(input: ConsensusInput): Consensus {
  const { answers, labels, gold = new Map(), repeats = 'share' } = input
  const { maxIterations = 200, tolerance = 1e-5 } = input
  const priors = { ...DEFAULT_PRIORS, ...input.priors }
  assert(Math.min(priors.correct, priors.wrong, priors.labels) > 0, 'pseudo-counts are above zero')
  const set = answerSet(answers, { labels, repeats })
  const model = confusionDawidSkene(set, { gold: goldOf(set, gold), priors, maxIterations, tolerance })
  const posteriorAt = (at: number) =>
    posterior(labels, model.posteriors.subarray(at * labels.length, (at + 1) * labels.length))
  const counts = voteCounts(set)
  return {
    posteriors: sortedMap(set.taskNames, posteriorAt),
    workers: sortedMap(set.workerNames, (at) => workerModel(model, set, at, counts)),
    classPrior: posterior(labels, model.classPrior),
    iterations: model.iterations,
    hasConverged: model.hasConverged,
  }
}

function sortedMap<T>(names: readonly string[], valueAt: (at: number) => T): ReadonlyMap<string, T> {
  const order = [...names.keys()].sort((a, b) => compareStrings(names[a]!, names[b]!))
  return new Map(order.map((at) => [names[at]!, valueAt(at)]))
}

function posterior(labels: readonly string[], probabilities: Float64Array): Posterior {
  return Object.fromEntries(labels.map((label, at) => [label, probabilities[at] ?? 0]))
}

function workerModel(model: ConfusionAggregate, { labels }: AnswerSet, at: number, counts: Float64Array) {
  const cell = (truth: number, said: number) =>
    model.confusion[(at * labels.length + said) * labels.length + truth]!
  const confusion = labels.map((_, truth) => labels.map((_, said) => cell(truth, said)))
  const right = confusion.map((row, truth) => onGrid(row[truth]! * model.classPrior[truth]!))
  const accuracy = right.reduce((sum, share) => sum + share, 0)
  return { answerCount: Math.round(counts[at]!), accuracy, confusion }
}
