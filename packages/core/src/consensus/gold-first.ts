import { type Aggregate, bestLabels, holdGold } from './aggregate.ts'
import type { AnswerSet } from './answer-set.ts'
import { normaliseLogs, onGrid, SNAP } from './grid.ts'
import { voteShares } from './majority.ts'

/** Gold answers that the crowd's mean counts for in a worker's accuracy. */
const CROWD_WEIGHT = 4
const LEAST_ACCURACY = 0.02

/**
 * Accuracies from gold alone: right answers about known tasks, shrunk towards the crowd's share. Answers to
 * other tasks move nothing, so that no group can vote itself into trust.
 */
export function goldAccuracy(set: AnswerSet, gold: Int32Array): Float64Array {
  const { taskStart, worker, label, weight, workerNames } = set
  const right = new Float64Array(workerNames.length)
  const heard = new Float64Array(workerNames.length)
  for (let task = 0; task + 1 < taskStart.length; task++) {
    if (gold[task]! < 0) continue
    for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
      const vote = weight ? weight[row]! : 1
      heard[worker[row]!]! += vote
      if (label[row] === gold[task]) right[worker[row]!]! += vote
    }
  }
  const [rights, total] = [sumOf(right), sumOf(heard)]
  const crowd = (rights + 2) / (total + 3)
  return right.map((count, at) => (count + CROWD_WEIGHT * crowd) / (heard[at]! + CROWD_WEIGHT))
}

/**
 * Votes weighed by what each worker did on gold: log-odds of their accuracy (Nitzan and Paroush 1982), errors
 * spread evenly. Without any gold, the plain shares of votes. Stands up to copiers whom EM would believe.
 */
export function goldFirst(set: AnswerSet, { gold }: { gold: Int32Array }): Aggregate {
  const labelCount = set.labels.length
  const workers = goldAccuracy(set, gold)
  const posteriors = gold.some((known) => known >= 0) ? weighedVotes(set, workers) : voteShares(set)
  holdGold(posteriors, labelCount, gold)
  return {
    labels: bestLabels(posteriors, labelCount),
    posteriors,
    workers,
    logLikelihood: Number.NaN,
    iterations: 1,
    hasConverged: true,
  }
}

/** Votes weighed by the log-odds of each worker's accuracy. */
export function weighedVotes(set: AnswerSet, accuracy: Float64Array): Float64Array {
  const { taskStart, worker, label, weight, labels } = set
  const others = Math.max(1, labels.length - 1)
  const gain = accuracy.map((share) => {
    const held = Math.min(1 - LEAST_ACCURACY, Math.max(LEAST_ACCURACY, share))
    return onGrid(Math.log((held * others) / (1 - held)))
  })
  const posteriors = new Float64Array(set.taskNames.length * labels.length)
  for (let task = 0; task + 1 < taskStart.length; task++) {
    const from = task * labels.length
    for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
      const vote = weight ? weight[row]! : 1
      posteriors[from + label[row]!]! += vote * gain[worker[row]!]! + SNAP - SNAP
    }
    normaliseLogs(posteriors, from, from + labels.length)
  }
  return posteriors
}

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + onGrid(count), 0)
}
