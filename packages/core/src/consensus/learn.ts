import { onGrid } from './grid.ts'
import type { LatentCounts, Learn } from './latent-model.ts'
import { digamma } from './special-functions.ts'

/**
 * Pseudo-answers of Dirichlet priors, all above 0. `correct`: right answers that every worker starts with,
 * for each true label; `wrong`: wrong ones, shared out over the other labels; `labels`: tasks that every
 * label starts with.
 */
export type ConsensusPriors = { readonly correct: number; readonly wrong: number; readonly labels: number }

const NEXT_TO_NOTHING = 1e-10

/** Next to nothing: the maximum of the likelihood alone, save that no chance is ever 0. */
export const NO_PRIORS: ConsensusPriors = {
  correct: NEXT_TO_NOTHING,
  wrong: NEXT_TO_NOTHING,
  labels: NEXT_TO_NOTHING,
}

/**
 * Full confusion matrices at the maximum of the likelihood, as in the paper of 1979. A worker who never met
 * a state says there any of the labels they use with equal chance; no count is less than next to nothing.
 */
export function learnPlain(labelCount: number): Learn {
  const block = labelCount * labelCount
  const isUsed = new Uint8Array(labelCount)
  return ({ said, state }) => {
    const logSaid = new Float64Array(said.length).fill(Math.log(NEXT_TO_NOTHING))
    for (let from = 0; from < said.length; from += block) {
      for (let each = 0; each < labelCount; each++) {
        isUsed[each] = 0
        const row = from + each * labelCount
        for (let at = row; at < row + labelCount; at++) if (said[at]! > 0) isUsed[each] = 1
      }
      for (let truth = 0; truth < labelCount; truth++) learnColumn(said, logSaid, from + truth, isUsed)
    }
    return { logSaid, logState: logShares(state, NEXT_TO_NOTHING, Math.log), pseudo: null }
  }
}

function learnColumn(said: Float64Array, logSaid: Float64Array, from: number, isUsed: Uint8Array): void {
  const labelCount = isUsed.length
  let total = 0
  for (let each = 0; each < labelCount; each++) {
    if (isUsed[each]) total += Math.max(NEXT_TO_NOTHING, said[from + each * labelCount]!)
  }
  for (let each = 0; each < labelCount; each++) {
    const at = from + each * labelCount
    if (isUsed[each]) logSaid[at] = Math.log(Math.max(NEXT_TO_NOTHING, said[at]!) / total)
  }
}

/** Full confusion matrices: the mode under Dirichlet priors, or the variational mean of the logarithms. */
export function learnConfusion(
  labelCount: number,
  priors: ConsensusPriors,
  by: 'mode' | 'variational',
): Learn {
  const log = by === 'mode' ? Math.log : digamma
  const wrongEach = labelCount > 1 ? priors.wrong / (labelCount - 1) : 0
  const pseudo = new Float64Array(labelCount * labelCount).fill(wrongEach)
  for (let at = 0; at < pseudo.length; at += labelCount + 1) pseudo[at] = priors.correct
  return ({ said, state }) => {
    const logSaid = new Float64Array(said.length)
    const block = labelCount * labelCount
    for (let from = 0; from < said.length; from += block) {
      for (let truth = 0; truth < labelCount; truth++) {
        let total = priors.correct + (labelCount > 1 ? priors.wrong : 0)
        for (let at = from + truth; at < from + block; at += labelCount) total += said[at]!
        const logTotal = log(total)
        for (let each = 0; each < labelCount; each++) {
          const at = from + each * labelCount + truth
          logSaid[at] = log(said[at]! + (each === truth ? priors.correct : wrongEach)) - logTotal
        }
      }
    }
    return { logSaid, logState: logShares(state, priors.labels, log), pseudo }
  }
}

/** One chance of being right per worker, its errors spread evenly over the other labels. */
export function learnCoin(labelCount: number, priors: ConsensusPriors): Learn {
  return (counts) => {
    const accuracy = coinAccuracy(counts, labelCount, priors)
    const logSaid = new Float64Array(counts.said.length)
    const block = labelCount * labelCount
    for (let worker = 0; worker < accuracy.length; worker++) {
      const logRight = Math.log(accuracy[worker]!)
      const logWrong = labelCount > 1 ? Math.log((1 - accuracy[worker]!) / (labelCount - 1)) : 0
      logSaid.fill(logWrong, worker * block, (worker + 1) * block)
      for (let each = 0; each < labelCount; each++)
        logSaid[worker * block + each * (labelCount + 1)] = logRight
    }
    return { logSaid, logState: logShares(counts.state, priors.labels, Math.log), pseudo: null }
  }
}

/** One confusion matrix for everybody: workers do not differ. */
export function learnAlike(labelCount: number, priors: ConsensusPriors): Learn {
  const block = labelCount * labelCount
  return ({ said, state }) => {
    const crowd = new Float64Array(block)
    for (let at = 0; at < said.length; at++) crowd[at % block]! += said[at]!
    const alike = learnConfusion(labelCount, priors, 'mode')({ said: crowd, state })
    return { ...alike, logSaid: said.map((_, at) => alike.logSaid[at % block]!), pseudo: null }
  }
}

/** The share of right answers per worker, with the priors' pseudo-answers. */
export function coinAccuracy(
  { said }: LatentCounts,
  labelCount: number,
  priors: ConsensusPriors,
): Float64Array {
  const block = labelCount * labelCount
  const accuracy = new Float64Array(said.length / block)
  for (let worker = 0; worker < accuracy.length; worker++) {
    const from = worker * block
    let [right, total] = [0, 0]
    for (let at = from; at < from + block; at++) total += said[at]!
    for (let each = 0; each < labelCount; each++) right += said[from + each * (labelCount + 1)]!
    accuracy[worker] = (right + priors.correct) / (total + priors.correct + priors.wrong)
  }
  return accuracy
}

/** The logarithm of each state's share, with `pseudo` tasks added to each. */
export function logShares(state: Float64Array, pseudo: number, log: (x: number) => number): Float64Array {
  let total = 0
  for (const count of state) total += onGrid(count + pseudo)
  const logTotal = log(total)
  return state.map((count) => log(count + pseudo) - logTotal)
}
