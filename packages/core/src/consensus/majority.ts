import { type Aggregate, bestLabels, holdGold, voteCounts } from './aggregate.ts'
import type { AnswerSet } from './answer-set.ts'
import { onGrid } from './grid.ts'

/**
 * The share of (weighted) votes for each label. `workerWeight`: what a vote of each worker counts, by
 * position, on the grid and not below 0; one each when left out. A task without weight gets equal shares.
 */
export function voteShares(set: AnswerSet, workerWeight?: Float64Array): Float64Array {
  const { taskStart, worker, label, weight } = set
  const labelCount = set.labels.length
  const shares = new Float64Array(set.taskNames.length * labelCount)
  for (let at = 0; at + 1 < taskStart.length; at++) {
    const from = at * labelCount
    let total = 0
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
      const whole = workerWeight ? workerWeight[worker[row]!]! : 1
      const vote = weight ? onGrid(whole * weight[row]!) : whole
      shares[from + label[row]!]! += vote
      total += vote
    }
    for (let each = from; each < from + labelCount; each++) {
      shares[each] = total > 0 ? shares[each]! / total : 1 / labelCount
    }
  }
  return shares
}

/** Per worker, the mean of `posteriors` at the labels they gave: the share of right answers to expect. */
export function agreementWith(set: AnswerSet, posteriors: Float64Array): Float64Array {
  const { taskStart, worker, label, weight } = set
  const labelCount = set.labels.length
  const agreed = new Float64Array(set.workerNames.length)
  for (let at = 0; at + 1 < taskStart.length; at++) {
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
      const share = posteriors[at * labelCount + label[row]!]!
      agreed[worker[row]!]! += onGrid(weight ? weight[row]! * share : share)
    }
  }
  const counts = voteCounts(set)
  return agreed.map((sum, at) => (counts[at]! > 0 ? sum / counts[at]! : 0))
}

/** Majority vote: the posterior is the share of votes, a tie stays one. */
export function majority(set: AnswerSet, { gold }: { gold?: Int32Array } = {}): Aggregate {
  const posteriors = voteShares(set)
  holdGold(posteriors, set.labels.length, gold)
  return votedAggregate(set, posteriors)
}

/**
 * Worker agreement with aggregate ("Wawa", Appen's measure of trust): one round of majority gives every
 * worker the share of votes in agreement with it, and these weigh a second vote.
 */
export function workerAgreement(set: AnswerSet, { gold }: { gold?: Int32Array } = {}): Aggregate {
  const first = voteShares(set)
  holdGold(first, set.labels.length, gold)
  const winners = winnersOf(first, set.labels.length)
  const posteriors = voteShares(set, agreementWith(set, winners).map(onGrid))
  holdGold(posteriors, set.labels.length, gold)
  return votedAggregate(set, posteriors)
}

/** All probability on the best labels, shared where several are best. */
export function winnersOf(posteriors: Float64Array, labelCount: number): Float64Array {
  const winners = new Float64Array(posteriors.length)
  for (let from = 0; from < posteriors.length; from += labelCount) {
    const row = posteriors.subarray(from, from + labelCount)
    const top = row.reduce((best, share) => Math.max(best, share), 0)
    const tied = row.reduce((count, share) => count + (share === top ? 1 : 0), 0)
    for (let each = 0; each < labelCount; each++) if (row[each] === top) winners[from + each] = 1 / tied
  }
  return winners
}

function votedAggregate(set: AnswerSet, posteriors: Float64Array): Aggregate {
  return {
    labels: bestLabels(posteriors, set.labels.length),
    posteriors,
    workers: agreementWith(set, posteriors),
    logLikelihood: Number.NaN,
    iterations: 1,
    hasConverged: true,
  }
}
