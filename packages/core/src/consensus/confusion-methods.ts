import { type Aggregate, bestLabels, type FitOptions, holdGold } from './aggregate.ts'
import type { AnswerSet } from './answer-set.ts'
import { learnPooled } from './dirichlet.ts'
import { fitLatent, type LatentFit, type Learn } from './latent-model.ts'
import {
  type ConsensusPriors,
  coinAccuracy,
  learnCoin,
  learnConfusion,
  learnPlain,
  NO_PRIORS,
} from './learn.ts'
import { agreementWith, voteShares } from './majority.ts'

/**
 * An aggregate of a model with confusion matrices: `confusion[(worker × labels + said) × labels + true]`
 * is how often the worker says what when which is true, `classPrior[label]` how often each label is true.
 */
export type ConfusionAggregate = Aggregate & {
  readonly confusion: Float64Array
  readonly classPrior: Float64Array
}

export type PriorOptions = FitOptions & {
  /** Pseudo-answers; none when left out, as in the paper. */
  readonly priors?: ConsensusPriors
  /**
   * Stop as crowd-kit does, see `peerBound`: to reproduce published figures. It is a fit cut short; where it
   * does better than the maximum of the likelihood, that is early stopping at work.
   */
  readonly stopLike?: 'crowd-kit'
}

/** crowd-kit's default. */
const PEER_TOLERANCE = 1e-5

const DEFAULTS = { maxIterations: 100, tolerance: 1e-5, gainTolerance: 0 }

/** Maxima of a likelihood are flat near chances of 0: stop when a million answers gain less than 0.01 together. */
const PLAIN = { gainTolerance: 1e-8 }

/** A new worker of IBCC is right four times for each other label said once (Li and others, ICML 2019). */
const IBCC_RIGHT = 4

/** Fits a model of the family, begun at the votes or at the given posteriors; states are labels. */
export function fitFromVotes(
  set: AnswerSet,
  learn: Learn,
  options: Omit<PriorOptions, 'priors'> = {},
  from?: Float64Array,
): LatentFit {
  const { gold, maxIterations, tolerance, gainTolerance } = { ...DEFAULTS, ...options }
  const labelCount = set.labels.length
  const begin = from?.slice() ?? voteShares(set)
  holdGold(begin, labelCount, gold)
  return fitLatent({
    set,
    begin,
    stateCount: labelCount,
    learn,
    gold,
    maxIterations,
    tolerance,
    gainTolerance,
    peerTolerance: options.stopLike ? PEER_TOLERANCE : undefined,
  })
}

/**
 * The full confusion matrix per worker: Dawid and Skene, "Maximum likelihood estimation of observer
 * error-rates using the EM algorithm" (Applied Statistics 28, 1979), begun at the majority.
 */
export function confusionDawidSkene(set: AnswerSet, options: PriorOptions = {}): ConfusionAggregate {
  const labelCount = set.labels.length
  const learn = options.priors ? learnConfusion(labelCount, options.priors, 'mode') : learnPlain(labelCount)
  return confusionAggregate(set, fitFromVotes(set, learn, { ...PLAIN, ...options }))
}

/** One accuracy per worker, errors spread evenly (Dawid–Skene with one coin; Zhang and others, JMLR 2016). */
export function oneCoin(set: AnswerSet, options: PriorOptions = {}): ConfusionAggregate {
  const labelCount = set.labels.length
  const priors = options.priors ?? NO_PRIORS
  const fit = fitFromVotes(set, learnCoin(labelCount, priors), { ...PLAIN, ...options })
  return { ...confusionAggregate(set, fit), workers: coinAccuracy(fit.counts, labelCount, priors) }
}

/**
 * Independent Bayesian classifier combination (Kim and Ghahramani, AISTATS 2012) by variational Bayes:
 * Dirichlet priors on every row of every confusion matrix and on the labels.
 */
export function ibcc(set: AnswerSet, options: PriorOptions = {}): ConfusionAggregate {
  const labelCount = set.labels.length
  const priors = options.priors ?? { correct: IBCC_RIGHT, wrong: labelCount - 1, labels: 1 }
  const learn = learnConfusion(labelCount, priors, 'variational')
  return confusionAggregate(set, fitFromVotes(set, learn, { maxIterations: 200, ...options }))
}

/** Dawid and Skene with workers drawn from a crowd whose habits are learned: see `learnPooled`. */
export function pooledDawidSkene(set: AnswerSet, options: FitOptions = {}): ConfusionAggregate {
  return confusionAggregate(set, fitFromVotes(set, learnPooled(set.labels.length, 1), options))
}

export function confusionAggregate(set: AnswerSet, fit: LatentFit): ConfusionAggregate {
  return {
    labels: bestLabels(fit.states, set.labels.length),
    posteriors: fit.states,
    workers: agreementWith(set, fit.states),
    confusion: fit.parameters.logSaid.map(Math.exp),
    classPrior: fit.parameters.logState.map(Math.exp),
    logLikelihood: fit.logLikelihood,
    iterations: fit.iterations,
    hasConverged: fit.hasConverged,
  }
}
