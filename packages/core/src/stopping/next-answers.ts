import type { AnswerSet } from '../consensus/index.ts'
import { sortBy } from '../kit/index.ts'
import { answerGain } from './answer-gain.ts'
import { type Sureness, sureness } from './sureness.ts'

/** A task that should get one more answer; `gain`: see `answerGain`. */
export type Wanted = { readonly task: string; readonly share: number; readonly gain: number }

export type StoppingRule = {
  /** No task stops with fewer answers. */
  readonly minAnswers: number
  readonly maxAnswers: number
  /** A task stops when every model grants its best label at least this. */
  readonly sureAt: number
}

export const DEFAULT_STOPPING: StoppingRule = { minAnswers: 2, maxAnswers: 10, sureAt: 0.99 }

/**
 * Which tasks to buy another answer for, the one where it pays most first: those with fewer than the least,
 * then those that are not sure yet by the gain that an answer promises. Tasks nobody answered are not in the
 * set and always want one. Ties by name.
 */
export function nextAnswers(
  set: AnswerSet,
  rule: StoppingRule = DEFAULT_STOPPING,
  gold?: Int32Array,
): Wanted[] {
  const known = sureness(set, gold ? { gold } : {})
  const wanted = set.taskNames.flatMap((task, at): (Wanted & { isShort: boolean })[] => {
    const answerCount = set.taskStart[at + 1]! - set.taskStart[at]!
    const isShort = answerCount < rule.minAnswers
    if (!isShort && isSettled(known, at, answerCount, rule)) return []
    const leftCount = rule.maxAnswers - answerCount
    const [share, runnerUp] = [known.share[at]!, known.runnerUp[at]!]
    const gain = answerGain({
      share,
      runnerUp,
      accuracy: known.accuracy,
      labelCount: set.labels.length,
      leftCount,
    })
    return [{ task, share, gain, isShort }]
  })
  const sorted = sortBy(
    wanted,
    ({ isShort }) => !isShort,
    ({ gain }) => -gain,
    ({ task }) => task,
  )
  return sorted.map(({ task, share, gain }) => ({ task, share, gain }))
}

/** Whether a task needs no further answer. */
export function isSettled(known: Sureness, task: number, answerCount: number, rule: StoppingRule): boolean {
  return (
    answerCount >= rule.maxAnswers || (answerCount >= rule.minAnswers && known.share[task]! >= rule.sureAt)
  )
}

/**
 * Whether stopped tasks that got all their answers afterwards (an audit) changed their label more often than
 * `sureAt` allows for: then workers err together, and `sureAt` must rise. The false-alarm rate is 1%.
 */
export function isTooSure(
  audit: { readonly checkedCount: number; readonly changedCount: number },
  sureAt: number,
) {
  const { checkedCount, changedCount } = audit
  let [chance, term] = [0, checkedCount * Math.log(sureAt)]
  for (let changed = 0; changed < changedCount; changed++) {
    chance += Math.exp(term)
    term += Math.log((checkedCount - changed) / (changed + 1)) + Math.log((1 - sureAt) / sureAt)
  }
  return 1 - chance < 0.01
}
