import type { AnswerSet } from './answer-set.ts'

/**
 * What every method of consensus gives. `posteriors[task × labelCount + label]`: probabilities, a task's sum
 * to 1. `labels[task]`: the position of the best, the first of equals. `workers[worker]`: the share of right
 * answers to expect of each, between 0 and 1. `logLikelihood`: of the answers under the method's model, NaN
 * where it has none.
 */
export type Aggregate = {
  readonly labels: Int32Array
  readonly posteriors: Float64Array
  readonly workers: Float64Array
  readonly logLikelihood: number
  readonly iterations: number
  readonly hasConverged: boolean
}

/** Options that every iterating method takes. `gold`: known label per task (see `goldOf`), -1 for none. */
export type FitOptions = {
  readonly gold?: Int32Array
  readonly maxIterations?: number
  /** Stop when no probability moves by more than this. */
  readonly tolerance?: number
  /** Stop, too, when a round raises the log-likelihood per answer by less; 0 for never. */
  readonly gainTolerance?: number
}

/** The position of the most probable label per task; the first of equals. */
export function bestLabels(posteriors: Float64Array, labelCount: number): Int32Array {
  const best = new Int32Array(labelCount > 0 ? posteriors.length / labelCount : 0)
  for (let at = 0; at < best.length; at++) {
    const from = at * labelCount
    let top = 0
    for (let each = 1; each < labelCount; each++)
      if (posteriors[from + each]! > posteriors[from + top]!) top = each
    best[at] = top
  }
  return best
}

/** Answers per worker, each weighing its share of a vote. */
export function voteCounts({ worker, weight, workerNames }: AnswerSet): Float64Array {
  const counts = new Float64Array(workerNames.length)
  for (let row = 0; row < worker.length; row++) counts[worker[row]!]! += weight ? weight[row]! : 1
  return counts
}

/** Holds tasks whose label is known at it, in place. */
export function holdGold(posteriors: Float64Array, labelCount: number, gold: Int32Array | undefined): void {
  if (!gold) return
  for (let at = 0; at < gold.length; at++) {
    const known = gold[at]!
    if (known < 0) continue
    posteriors.fill(0, at * labelCount, (at + 1) * labelCount)
    posteriors[at * labelCount + known] = 1
  }
}
