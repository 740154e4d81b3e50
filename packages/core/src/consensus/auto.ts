import { type Aggregate, bestLabels, type FitOptions, holdGold } from './aggregate.ts'
import type { AnswerSet } from './answer-set.ts'
import { fitFromVotes } from './confusion-methods.ts'
import { DEFAULT_PRIORS } from './default-priors.ts'
import { learnPooled } from './dirichlet.ts'
import { goldFirst } from './gold-first.ts'
import { onFineGrid } from './grid.ts'
import { heldOutLogLikelihood } from './held-out.ts'
import type { LatentFit, Learn } from './latent-model.ts'
import { learnAlike, learnConfusion } from './learn.ts'
import { agreementWith, voteShares } from './majority.ts'

/** One opinion in `auto`: `share` of the say; `heldOut`: see `heldOutLogLikelihood`, NaN for the bare votes. */
export type Opinion = {
  readonly name: 'votes' | 'fixed-prior' | 'learned-prior'
  readonly share: number
  readonly heldOut: number
}

export type AutoAggregate = Aggregate & { readonly opinions: readonly Opinion[] }

/** What `auto` rests on: the votes and the two models as they were fitted, `fixed-prior` first. */
export type AutoFit = {
  readonly aggregate: AutoAggregate
  readonly votes: Float64Array
  readonly models: readonly LatentFit[]
}

/**
 * The method a team gets when it names none. It is the mean of three opinions with equal say: the bare votes;
 * Dawid and Skene with a fixed prior for every worker (`DEFAULT_PRIORS`); and the same with a prior learned
 * from the crowd (`learnPooled`). Where the models agree nothing is lost; where they contradict each other
 * the votes decide, which also keeps the posteriors modest (a linear opinion pool: Stone 1961; Genest and
 * Zidek 1986). A model that foretells held-out answers worse than one in which all workers are alike has no
 * say. Nothing here looks at the truth. Gold, when given, is held and teaches, and the votes are weighed by it.
 */
export function auto(set: AnswerSet, options: FitOptions = {}): AutoAggregate {
  return fitAuto(set, options).aggregate
}

/** `auto` with its models, for whoever goes on from them (see `crowd`). */
export function fitAuto(set: AnswerSet, options: FitOptions = {}): AutoFit {
  const labelCount = set.labels.length
  const votes = options.gold ? goldFirst(set, { gold: options.gold }).posteriors : voteShares(set)
  const alike = learnAlike(labelCount, { correct: 2, wrong: Math.max(1, labelCount - 1), labels: 1 })
  const floor = heldOutLogLikelihood(set, fitFromVotes(set, alike, options, votes), labelCount)
  const learners: [Opinion['name'], Learn][] = [
    ['fixed-prior', learnConfusion(labelCount, DEFAULT_PRIORS, 'mode')],
    ['learned-prior', learnPooled(labelCount, 1)],
  ]
  const models = learners.map(([name, learn]) => {
    const fit = fitFromVotes(set, learn, options, votes)
    const heldOut = heldOutLogLikelihood(set, fit, labelCount)
    return { name, fit, heldOut, hasSay: heldOut >= floor }
  })
  const heard = models.filter(({ hasSay }) => hasSay)
  const share = 1 / (heard.length + 1)
  const posteriors = meanOf([votes, ...heard.map(({ fit }) => fit.states)])
  holdGold(posteriors, labelCount, options.gold)
  const aggregate = {
    ...summary(models.map(({ fit }) => fit)),
    labels: bestLabels(posteriors, labelCount),
    posteriors,
    workers: agreementWith(set, posteriors),
    opinions: [
      { name: 'votes' as const, share, heldOut: Number.NaN },
      ...models.map(({ name, heldOut, hasSay }) => ({ name, heldOut, share: hasSay ? share : 0 })),
    ],
  } satisfies AutoAggregate
  return { aggregate, votes, models: models.map(({ fit }) => fit) }
}

/** The mean of several posteriors; on the fine grid, so that equal votes stay equal. */
function meanOf(posteriors: readonly Float64Array[]): Float64Array {
  const [first, ...others] = posteriors
  const sums = (first ?? new Float64Array()).map(onFineGrid)
  for (const other of others) for (let at = 0; at < sums.length; at++) sums[at]! += onFineGrid(other[at]!)
  return sums.map((sum) => sum / posteriors.length)
}

function summary(fits: readonly LatentFit[]) {
  return {
    logLikelihood: fits.reduce((best, fit) => Math.max(best, fit.logLikelihood), Number.NEGATIVE_INFINITY),
    iterations: fits.reduce((most, fit) => Math.max(most, fit.iterations), 0),
    hasConverged: fits.every((fit) => fit.hasConverged),
  }
}
