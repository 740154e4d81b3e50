import type { AnswerSet } from '../consensus/index.ts'
import { seededRandom } from '../kit/index.ts'
import { firstAnswers, thrownOrder } from './replay.ts'

/**
 * The set with `answerCount` answers spread evenly over the tasks, thrown by `seed`: what the same money buys without a
 * rule for stopping. Tasks take turns; a task that has no more is passed over.
 */
export function evenAnswers(set: AnswerSet, answerCount: number, seed: string | number): AnswerSet {
  const dice = seededRandom(seed)
  const order = thrownOrder(set, dice)
  const turns = dice.shuffle([...set.taskNames.keys()])
  const bought = new Int32Array(set.taskNames.length)
  let left = Math.min(answerCount, set.label.length)
  while (left > 0) {
    for (const task of turns) {
      if (left === 0) break
      if (bought[task]! >= set.taskStart[task + 1]! - set.taskStart[task]!) continue
      bought[task]!++
      left--
    }
  }
  return firstAnswers(set, order, bought)
}
