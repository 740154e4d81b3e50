import type { AnswerSet } from '../consensus/index.ts'

/** Pseudo-answers of every worker: right twice, wrong once over the other labels. */
const [RIGHT, WRONG] = [2, 1]

/**
 * Every worker's confusion matrix measured against given posteriors, `[(worker × labels + said) × labels +
 * true]`, with a little prior so that nothing is 0.
 */
export function confusionAgainst(set: AnswerSet, posteriors: Float64Array): Float64Array {
  const { taskStart, worker, label, weight } = set
  const labelCount = set.labels.length
  const block = labelCount * labelCount
  const confusion = new Float64Array(set.workerNames.length * block)
  for (let at = 0; at < confusion.length; at++) {
    const isRight = Math.floor((at % block) / labelCount) === at % labelCount
    confusion[at] = isRight ? RIGHT : WRONG / (labelCount - 1)
  }
  for (let task = 0; task + 1 < taskStart.length; task++) {
    for (let row = taskStart[task]!; row < taskStart[task + 1]!; row++) {
      const cell = worker[row]! * block + label[row]! * labelCount
      const vote = weight ? weight[row]! : 1
      for (let truth = 0; truth < labelCount; truth++) {
        confusion[cell + truth]! += vote * posteriors[task * labelCount + truth]!
      }
    }
  }
  for (let from = 0; from < confusion.length; from += block) {
    for (let truth = from; truth < from + labelCount; truth++) {
      let total = 0
      for (let at = truth; at < from + block; at += labelCount) total += confusion[at]!
      for (let at = truth; at < from + block; at += labelCount) confusion[at]! /= total
    }
  }
  return confusion
}
