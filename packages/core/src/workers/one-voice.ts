import type { AnswerSet } from '../consensus/index.ts'

/**
 * The same answers, but each group has one voice: where n of its members answered a task, each counts 1/n.
 * `groups`: positions of workers, as `findCopiers` gives them.
 */
export function withOneVoice(set: AnswerSet, groups: readonly (readonly number[])[]): AnswerSet {
  if (groups.length === 0) return set
  const groupOf = new Int32Array(set.workerNames.length).fill(-1)
  for (const [group, members] of groups.entries()) for (const member of members) groupOf[member] = group
  const weight = set.weight ? set.weight.slice() : new Float64Array(set.worker.length).fill(1)
  const heard = new Float64Array(groups.length)
  for (let task = 0; task + 1 < set.taskStart.length; task++) {
    heard.fill(0)
    const [from, to] = [set.taskStart[task]!, set.taskStart[task + 1]!]
    for (let row = from; row < to; row++) {
      const group = groupOf[set.worker[row]!]!
      if (group >= 0) heard[group]! += weight[row]!
    }
    for (let row = from; row < to; row++) {
      const group = groupOf[set.worker[row]!]!
      if (group >= 0 && heard[group]! > 1) weight[row]! /= heard[group]!
    }
  }
  return { ...set, weight }
}
