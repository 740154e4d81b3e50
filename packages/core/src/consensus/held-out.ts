import type { AnswerSet } from './answer-set.ts'
import { FINE_SNAP, onGrid, SNAP } from './grid.ts'
import type { LatentFit } from './latent-model.ts'

const LEAST_CHANCE = 1e-9

/**
 * How well a model foretells an answer from everybody else's about the same task: the mean logarithm of its
 * chance, over all answers. Each answer is taken out of its task's state and of its worker's own counts, so
 * that a model which merely remembers is not rewarded. Needs no truth. Greater is better.
 */
export function heldOutLogLikelihood(set: AnswerSet, fit: LatentFit, stateCount: number): number {
  const { taskStart, worker, label, weight } = set
  const labelCount = set.labels.length
  const { logSaid, logState } = fit.parameters
  const chanceOf = chanceWithout(set, fit, stateCount)
  const logs = new Float64Array(stateCount)
  let sum = 0
  for (let task = 0; task + 1 < taskStart.length; task++) {
    for (let each = 0; each < stateCount; each++) logs[each] = onGrid(logState[each]!)
    for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
      const cell = (worker[row]! * labelCount + label[row]!) * stateCount
      const vote = weight ? weight[row]! : 1
      for (let each = 0; each < stateCount; each++) logs[each]! += vote * logSaid[cell + each]! + SNAP - SNAP
    }
    for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
      const cell = (worker[row]! * labelCount + label[row]!) * stateCount
      const vote = weight ? weight[row]! : 1
      let largest = Number.NEGATIVE_INFINITY
      for (let each = 0; each < stateCount; each++) {
        largest = Math.max(largest, logs[each]! - vote * logSaid[cell + each]!)
      }
      let [total, agreed] = [0, 0]
      for (let each = 0; each < stateCount; each++) {
        const share = Math.exp(logs[each]! - vote * logSaid[cell + each]! - largest) + FINE_SNAP - FINE_SNAP
        total += share
        agreed += share * chanceOf(task, row, each) + FINE_SNAP - FINE_SNAP
      }
      sum += onGrid(vote * Math.log(Math.max(LEAST_CHANCE, agreed / total)))
    }
  }
  return label.length > 0 ? sum / label.length : 0
}

/** The chance of what row `row` says in a state, learned without that row. */
export function chanceWithout(set: AnswerSet, { counts, parameters, states }: LatentFit, stateCount: number) {
  const { worker, label, weight } = set
  const labelCount = set.labels.length
  const { pseudo, logSaid } = parameters
  if (!pseudo) {
    return (_task: number, row: number, state: number) =>
      Math.exp(logSaid[(worker[row]! * labelCount + label[row]!) * stateCount + state]!)
  }
  const totals = new Float64Array(set.workerNames.length * stateCount)
  const block = labelCount * stateCount
  for (let at = 0; at < counts.said.length; at++) {
    totals[Math.floor(at / block) * stateCount + (at % stateCount)]! += counts.said[at]!
  }
  const strength = new Float64Array(stateCount)
  for (let at = 0; at < block; at++) strength[at % stateCount]! += onGrid(pseudo[at]!)
  return (task: number, row: number, state: number) => {
    const own = (weight ? weight[row]! : 1) * states[task * stateCount + state]!
    const said = counts.said[(worker[row]! * labelCount + label[row]!) * stateCount + state]!
    const total = totals[worker[row]! * stateCount + state]! + strength[state]! - own
    return Math.max(LEAST_CHANCE, (said - own + pseudo[label[row]! * stateCount + state]!) / total)
  }
}
