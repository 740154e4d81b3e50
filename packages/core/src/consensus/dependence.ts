import { bestLabels, type FitOptions, holdGold } from './aggregate.ts'
import type { AnswerSet } from './answer-set.ts'
import { type ConfusionAggregate, confusionAggregate, fitFromVotes } from './confusion-methods.ts'
import { learnPooled } from './dirichlet.ts'
import { normaliseLogs, onGrid, SNAP } from './grid.ts'
import { chanceWithout } from './held-out.ts'
import type { LatentFit } from './latent-model.ts'

/** Correlations that are looked at: from none to all voices being one. */
const RATIOS = [0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1]
/** Half the square of 1.645: what a one-sided limit of 95% may lose in log-likelihood. */
const LIMIT_DROP = 1.353

/** How far errors of workers about one task go together: the likeliest correlation, and its upper limit (95%). */
export type Dependence = { readonly ratio: number; readonly upperRatio: number }
export type DependentAggregate = ConfusionAggregate & { readonly dependence: Dependence }

/**
 * Pooled Dawid–Skene whose votes are discounted where workers err together: n answers to a task count for
 * n / (1 + (n − 1) ρ) (the design effect: Kish 1965). ρ is taken from the answers alone, as the one under
 * which each answer is foretold best from the others about its task and from what its worker said elsewhere;
 * its upper limit counts, so that a crowd too small to tell is taken to be as dependent as it may be.
 */
export function dependentDawidSkene(set: AnswerSet, options: FitOptions = {}): DependentAggregate {
  const labelCount = set.labels.length
  const fit = fitFromVotes(set, learnPooled(labelCount, 1), options)
  const dependence = dependenceOf(set, fit)
  const posteriors = discounted(set, fit, dependence.upperRatio)
  holdGold(posteriors, labelCount, options.gold)
  return {
    ...confusionAggregate(set, fit),
    posteriors,
    labels: bestLabels(posteriors, labelCount),
    dependence,
  }
}

function dependenceOf(set: AnswerSet, fit: LatentFit): Dependence {
  const logs = foretold(set, fit)
  let best = 0
  for (const [at, value] of logs.entries()) if (value > logs[best]!) best = at
  let upper = best
  while (upper + 1 < RATIOS.length && logs[best]! - logs[upper + 1]! < LIMIT_DROP) upper++
  return { ratio: RATIOS[best]!, upperRatio: RATIOS[upper]! }
}

/** For each of `RATIOS`, the log-likelihood of every answer given the others. */
function foretold(set: AnswerSet, fit: LatentFit): Float64Array {
  const { taskStart, worker, label, weight } = set
  const labelCount = set.labels.length
  const { logSaid } = fit.parameters
  const chanceOf = chanceWithout(set, fit, labelCount)
  const [heard, others] = [new Float64Array(labelCount), new Float64Array(labelCount)]
  const sums = new Float64Array(RATIOS.length)
  for (let task = 0; task + 1 < taskStart.length; task++) {
    const voteCount = hear(set, task, logSaid, heard)
    for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
      const cell = (worker[row]! * labelCount + label[row]!) * labelCount
      const vote = weight ? weight[row]! : 1
      if (voteCount <= vote) continue
      for (const [at, ratio] of RATIOS.entries()) {
        for (let each = 0; each < labelCount; each++) {
          others[each] = heard[each]! - (vote * logSaid[cell + each]! + SNAP - SNAP)
        }
        weigh(others, fit, voteCount - vote, ratio)
        let chance = 0
        for (let each = 0; each < labelCount; each++) chance += others[each]! * chanceOf(task, row, each)
        sums[at]! += onGrid(vote * Math.log(chance))
      }
    }
  }
  return sums
}

function discounted(set: AnswerSet, fit: LatentFit, ratio: number): Float64Array {
  const labelCount = set.labels.length
  const posteriors = new Float64Array(set.taskNames.length * labelCount)
  for (let task = 0; task < set.taskNames.length; task++) {
    const row = posteriors.subarray(task * labelCount, (task + 1) * labelCount)
    weigh(row, fit, hear(set, task, fit.parameters.logSaid, row), ratio)
  }
  return posteriors
}

/** What the answers about a task say for each label, into `logs`; gives how many votes they are. */
function hear(set: AnswerSet, task: number, logSaid: Float64Array, logs: Float64Array): number {
  const { taskStart, worker, label, weight } = set
  logs.fill(0)
  let voteCount = 0
  for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
    const cell = (worker[row]! * logs.length + label[row]!) * logs.length
    const vote = weight ? weight[row]! : 1
    voteCount += vote
    for (let each = 0; each < logs.length; each++) logs[each]! += vote * logSaid[cell + each]! + SNAP - SNAP
  }
  return voteCount
}

/** Logarithms of what was heard to shares, in place, the votes discounted. */
function weigh(logs: Float64Array, { parameters }: LatentFit, voteCount: number, ratio: number): void {
  const share = 1 / (1 + Math.max(0, voteCount - 1) * ratio)
  for (let each = 0; each < logs.length; each++) {
    logs[each] = onGrid(parameters.logState[each]! + share * logs[each]!)
  }
  normaliseLogs(logs, 0, logs.length)
}
