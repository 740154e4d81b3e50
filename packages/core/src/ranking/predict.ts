import { type Outcome, outcomeOf } from './outcome.ts'
import type { Ranking } from './rank-items.ts'

/**
 * The chances of each outcome when these two are shown on these sides. A worker or task that the ranking does not
 * know counts as an average one; an item it does not know as an average item.
 */
export function predictOutcome(
  ranking: Ranking,
  shown: { readonly left: string; readonly right: string; readonly worker?: string; readonly task?: string },
): Outcome {
  const { effects, itemNames, workerNames, taskNames } = ranking
  const [left, right] = [itemNames.indexOf(shown.left), itemNames.indexOf(shown.right)]
  const worker = shown.worker === undefined ? -1 : workerNames.indexOf(shown.worker)
  const task = shown.task === undefined ? -1 : taskNames.indexOf(shown.task)
  const strengthOf = (item: number) =>
    (effects.strength[item] ?? 0) +
    (task >= 0 && item >= 0 ? effects.taskStrength[task * itemNames.length + item]! : 0)
  const lead = (effects.scale[worker] ?? 1) * (strengthOf(left) - strengthOf(right))
  const side = effects.side + (effects.raterSide[worker] ?? 0)
  const tie = effects.tie + (effects.raterTie[worker] ?? 0) + (effects.taskTie[task] ?? 0)
  return outcomeOf(lead + side, effects.hasTies ? tie : Number.NEGATIVE_INFINITY)
}
