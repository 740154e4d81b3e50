import {
  type AnswerSet,
  confusionDawidSkene,
  DEFAULT_PRIORS,
  type Dependence,
  dependentDawidSkene,
  onGrid,
  pooledDawidSkene,
} from '../consensus/index.ts'

/**
 * With fewer tasks nobody could tell a loss of one in a hundred from none, even if all were checked and none had
 * changed (rule of three: the limit is 3 / n). There errors are taken to be as correlated as the answers allow.
 */
export const FEW_TASKS = 300

/**
 * `share[task]`: the probability that every model grants the best label at least; `label[task]`: that label.
 * `runnerUp[task]`: the most that any model grants another label. `accuracy`: of a usual answer. `dependence`: how far
 * errors go together, where there are few tasks (`FEW_TASKS`) and votes are discounted for it; else null.
 */
export type Sureness = {
  readonly share: Float64Array
  readonly label: Int32Array
  readonly runnerUp: Float64Array
  readonly accuracy: number
  readonly dependence: Dependence | null
}

const FIT = { tolerance: 1e-3, maxIterations: 100 }

/**
 * How sure to be of each task, for deciding whether to ask again. Two models look at the answers, one with a
 * fixed prior for workers and one with a prior learned from the crowd, and the less sure one counts. In small crowds
 * it is the learned prior alone, with votes discounted by the correlation of errors (`dependentDawidSkene`).
 */
export function sureness(set: AnswerSet, { gold }: { gold?: Int32Array } = {}): Sureness {
  const options = gold ? { ...FIT, gold } : FIT
  if (set.taskNames.length < FEW_TASKS) {
    const { posteriors, workers, dependence } = dependentDawidSkene(set, options)
    return { ...leastSure(set, [posteriors]), accuracy: usualAccuracy(set, workers), dependence }
  }
  const fixed = confusionDawidSkene(set, { ...options, priors: DEFAULT_PRIORS })
  const learned = pooledDawidSkene(set, options)
  const least = leastSure(set, [fixed.posteriors, learned.posteriors])
  return { ...least, accuracy: usualAccuracy(set, fixed.workers), dependence: null }
}

function leastSure({ labels, taskNames }: AnswerSet, models: readonly Float64Array[]) {
  const labelCount = labels.length
  const [share, runnerUp] = [new Float64Array(taskNames.length), new Float64Array(taskNames.length)]
  const label = new Int32Array(taskNames.length)
  const granted = (at: number, by: (...shares: number[]) => number) =>
    models.reduce((found, posteriors) => by(found, posteriors[at]!), models[0]![at]!)
  for (let task = 0; task < share.length; task++) {
    const from = task * labelCount
    for (let each = 0; each < labelCount; each++) {
      const least = granted(from + each, Math.min)
      if (least > share[task]!) [share[task], label[task]] = [least, each]
    }
    for (let each = 0; each < labelCount; each++) {
      if (each !== label[task]) runnerUp[task] = Math.max(runnerUp[task]!, granted(from + each, Math.max))
    }
  }
  return { share, label, runnerUp }
}

function usualAccuracy({ worker }: AnswerSet, accuracies: Float64Array): number {
  let sum = 0
  for (let row = 0; row < worker.length; row++) sum += onGrid(accuracies[worker[row]!]!)
  return worker.length > 0 ? sum / worker.length : 0
}
