import { type Aggregate, bestLabels, type FitOptions } from './aggregate.ts'
import type { AnswerSet } from './answer-set.ts'
import { normaliseLogs, onGrid, SNAP } from './grid.ts'
import { agreementWith } from './majority.ts'

const PRIOR_MEAN = 1
const PRIOR_PRECISION = 1
const MAX_STEP = 1
const MAX_LOG_EASE = 10
/** crowd-kit's default: the gain per answer and label that ends it. */
const PEER_TOLERANCE = 1e-5

export type GladOptions = FitOptions & {
  /** Stop as crowd-kit (1.4.1) does, to reproduce published figures: see `PriorOptions`. */
  readonly stopLike?: 'crowd-kit'
}

type Model = { ability: Float64Array; ease: Float64Array; logEase: Float64Array }

/**
 * GLAD: an answer is right with chance σ(ability of the worker × ease of the task), errors spread evenly.
 * Whitehill, Ruvolo, Wu, Bergsma and Movellan, "Whose vote should count more" (NIPS 2009), with standard
 * normal priors around 1 for ability and the logarithm of ease. The maximisation takes guarded Newton steps,
 * one per worker and one per task, instead of gradient ascent over all of them together.
 */
export function glad(set: AnswerSet, options: GladOptions = {}): Aggregate {
  const { gold, maxIterations = 100, tolerance = 1e-5, stopLike } = options
  const labelCount = set.labels.length
  const taskCount = set.taskNames.length
  const model: Model = {
    ability: new Float64Array(set.workerNames.length).fill(PRIOR_MEAN),
    logEase: new Float64Array(taskCount).fill(PRIOR_MEAN),
    ease: new Float64Array(taskCount).fill(Math.exp(PRIOR_MEAN)),
  }
  const posteriors = new Float64Array(taskCount * labelCount)
  const isPeerDone = stopLike ? peerStop(set, model, posteriors) : () => false
  let [iterations, change, isDone] = [0, Number.POSITIVE_INFINITY, false]
  while (iterations < maxIterations && !isDone) {
    change = estimate(set, model, { posteriors, gold })
    stepAbility(set, model, posteriors)
    stepEase(set, model, posteriors)
    isDone = change <= tolerance || isPeerDone()
    iterations++
  }
  return {
    labels: bestLabels(posteriors, labelCount),
    posteriors,
    workers: agreementWith(set, posteriors),
    logLikelihood: logLikelihoodOf(set, model, gold),
    iterations,
    hasConverged: isDone,
  }
}

type Working = { posteriors: Float64Array; gold: Int32Array | undefined }

/** Posteriors from abilities and ease, in place; gives the largest change. */
function estimate(set: AnswerSet, model: Model, { posteriors, gold }: Working): number {
  const labelCount = set.labels.length
  const logs = new Float64Array(labelCount)
  let change = 0
  for (let at = 0; at + 1 < set.taskStart.length; at++) {
    hear(set, at, model, logs)
    hold(logs, gold ? gold[at]! : -1)
    normaliseLogs(logs, 0, labelCount)
    for (let each = 0; each < labelCount; each++) {
      const place = at * labelCount + each
      change = Math.max(change, Math.abs(logs[each]! - posteriors[place]!))
      posteriors[place] = logs[each]!
    }
  }
  return change
}

/** What each label gains by the answers that name it: log σ(x) − log(1 − σ(x)) is x, and errors are spread. */
function hear(set: AnswerSet, task: number, { ability, ease }: Model, logs: Float64Array): void {
  const { taskStart, worker, label, weight, labels } = set
  const logOthers = Math.log(Math.max(1, labels.length - 1))
  logs.fill(0)
  for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
    const gain = ability[worker[row]!]! * ease[task]! + logOthers
    logs[label[row]!]! += (weight ? weight[row]! * gain : gain) + SNAP - SNAP
  }
}

function hold(logs: Float64Array, known: number): void {
  if (known < 0) return
  for (let each = 0; each < logs.length; each++) if (each !== known) logs[each] = Number.NEGATIVE_INFINITY
}

function stepAbility(set: AnswerSet, { ability, ease }: Model, posteriors: Float64Array): void {
  const { taskStart, worker, label, weight } = set
  const labelCount = set.labels.length
  const slope = new Float64Array(ability.length)
  const bend = new Float64Array(ability.length)
  for (let at = 0; at + 1 < taskStart.length; at++) {
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
      const chance = sigmoid(ability[worker[row]!]! * ease[at]!)
      const vote = (weight ? weight[row]! : 1) * ease[at]!
      slope[worker[row]!]! += vote * (posteriors[at * labelCount + label[row]!]! - chance) + SNAP - SNAP
      bend[worker[row]!]! += vote * ease[at]! * chance * (1 - chance) + SNAP - SNAP
    }
  }
  for (let at = 0; at < ability.length; at++) ability[at]! += newtonStep(slope[at]!, bend[at]!, ability[at]!)
}

function stepEase(set: AnswerSet, { ability, ease, logEase }: Model, posteriors: Float64Array): void {
  const { taskStart, worker, label, weight } = set
  const labelCount = set.labels.length
  for (let at = 0; at + 1 < taskStart.length; at++) {
    let [slope, bend] = [0, 0]
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
      const logit = ability[worker[row]!]! * ease[at]!
      const chance = sigmoid(logit)
      const vote = (weight ? weight[row]! : 1) * logit
      slope += vote * (posteriors[at * labelCount + label[row]!]! - chance) + SNAP - SNAP
      bend += vote * logit * chance * (1 - chance) + SNAP - SNAP
    }
    logEase[at] = Math.min(MAX_LOG_EASE, logEase[at]! + newtonStep(slope, bend, logEase[at]!))
    ease[at] = Math.exp(logEase[at]!)
  }
}

function newtonStep(slope: number, bend: number, value: number): number {
  const step = (slope - PRIOR_PRECISION * (value - PRIOR_MEAN)) / (bend + PRIOR_PRECISION)
  return Math.max(-MAX_STEP, Math.min(MAX_STEP, step))
}

function logLikelihoodOf(set: AnswerSet, model: Model, gold: Int32Array | undefined): number {
  const labelCount = set.labels.length
  const logs = new Float64Array(labelCount)
  const logPrior = -Math.log(labelCount)
  let sum = 0
  for (let at = 0; at + 1 < set.taskStart.length; at++) {
    hear(set, at, model, logs)
    hold(logs, gold ? gold[at]! : -1)
    sum += onGrid(logPrior + normaliseLogs(logs, 0, labelCount) + logAllWrong(set, at, model))
  }
  return sum
}

/** The log-chance that every answer about a task names a wrong label. */
function logAllWrong(set: AnswerSet, task: number, { ability, ease }: Model): number {
  const { taskStart, worker, weight, labels } = set
  const logOthers = Math.log(Math.max(1, labels.length - 1))
  let sum = 0
  for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
    const wrong = -softplus(ability[worker[row]!]! * ease[task]!) - logOthers
    sum += (weight ? weight[row]! * wrong : wrong) + SNAP - SNAP
  }
  return sum
}

/** Whether the expected log-likelihood with the priors, per answer and label, has ceased to rise. */
function peerStop(set: AnswerSet, model: Model, posteriors: Float64Array): () => boolean {
  let value = Number.NEGATIVE_INFINITY
  return () => {
    const before = value
    value = expected(set, model, posteriors) / (set.label.length * set.labels.length)
    return value - before < PEER_TOLERANCE
  }
}

function expected(set: AnswerSet, model: Model, posteriors: Float64Array): number {
  const { taskStart, worker, label, weight, labels } = set
  const logOthers = Math.log(Math.max(1, labels.length - 1))
  let sum = 0
  for (let at = 0; at + 1 < taskStart.length; at++) {
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
      const logit = model.ability[worker[row]!]! * model.ease[at]!
      const gain = posteriors[at * labels.length + label[row]!]! * (logit + logOthers)
      sum += (weight ? weight[row]! : 1) * (gain - softplus(logit) - logOthers) + SNAP - SNAP
    }
  }
  for (const value of [...model.ability, ...model.logEase]) sum -= onGrid((value - PRIOR_MEAN) ** 2 / 2)
  return sum
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

function softplus(logit: number): number {
  return logit > 0 ? logit + Math.log1p(Math.exp(-logit)) : Math.log1p(Math.exp(logit))
}
