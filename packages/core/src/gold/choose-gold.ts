import { assert, compareStrings, seededRandom, sortBy } from '../kit/index.ts'
import { DEFAULT_GOLD, type GoldRule, type SettledTask } from './gold-item.ts'

/**
 * Up to `count` settled tasks to make gold of, thrown by `seed` and spread over the labels: in turn one of
 * each label, as long as there are any. Sorted by task.
 */
export function chooseGold(
  settled: readonly SettledTask[],
  { count, seed, rule = DEFAULT_GOLD }: { count: number; seed: string; rule?: GoldRule },
): SettledTask[] {
  assert(Number.isInteger(count) && count >= 0, 'count is a whole number')
  const fit = sortBy(
    settled.filter((task) => mayServe(task, rule)),
    ({ task }) => task,
  )
  const perLabel = new Map<string, SettledTask[]>()
  for (const task of seededRandom(`gold ${seed}`).shuffle(fit)) {
    perLabel.set(task.label, [...(perLabel.get(task.label) ?? []), task])
  }
  const labels = [...perLabel.keys()].sort(compareStrings)
  const chosen: SettledTask[] = []
  for (let turn = 0; chosen.length < Math.min(count, fit.length); turn++) {
    for (const label of labels) {
      const next = perLabel.get(label)![turn]
      if (next && chosen.length < count) chosen.push(next)
    }
  }
  return sortBy(chosen, ({ task }) => task)
}

/** Whether a settled task is certain enough to be gold. */
export function mayServe({ probability, answerCount, isReviewed, isContested }: SettledTask, rule: GoldRule) {
  if (isContested) return false
  return isReviewed || (probability >= rule.sureAt && answerCount >= rule.minAnswers)
}
