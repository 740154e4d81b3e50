import type { Comparisons } from './comparisons.ts'
import type { Effects, Variances } from './effects.ts'
import type { TaskRows } from './task-block.ts'

/**
 * Blocks in turn creep where one effect can stand in for many: every task's strength of an item for the item's own,
 * every rater's tie for the crowd's. Here such sums change hands at once, to where the priors like them best; the
 * likelihood stays as it is.
 */
export function exchange(
  { task, worker }: Comparisons,
  tasks: readonly TaskRows[],
  { effects, variances }: { readonly effects: Effects; readonly variances: Variances },
): void {
  const isKnown = (column: Int32Array) => column.every((at) => at >= 0)
  if (tasks.length > 0 && isKnown(task)) {
    exchangeStrengths(tasks, effects, variances)
    effects.tie += exchanged(effects.tie, variances.tie, effects.taskTie, variances.taskTie)
  }
  if (effects.scale.length > 0 && isKnown(worker)) {
    effects.tie += exchanged(effects.tie, variances.tie, effects.raterTie, variances.raterTie)
    effects.side += exchanged(effects.side, variances.side, effects.raterSide, variances.raterSide)
  }
}

/** Takes the best amount from each of `parts` and gives it back for the whole. */
function exchanged(whole: number, wholeVariance: number, parts: Float64Array, partVariance: number): number {
  const sum = parts.reduce((total, part) => total + part, 0)
  const amount =
    (sum / partVariance - whole / wholeVariance) / (1 / wholeVariance + parts.length / partVariance)
  for (let at = 0; at < parts.length; at++) parts[at]! -= amount
  return amount
}

function exchangeStrengths(tasks: readonly TaskRows[], effects: Effects, variances: Variances): void {
  const itemCount = effects.strength.length
  const [sums, counts] = [new Float64Array(itemCount), new Int32Array(itemCount)]
  for (const [task, { items }] of tasks.entries()) {
    for (const item of items) {
      sums[item]! += effects.taskStrength[task * itemCount + item]!
      counts[item]!++
    }
  }
  const amount = sums.map(
    (sum, item) =>
      (sum / variances.taskStrength - effects.strength[item]! / variances.strength) /
      (1 / variances.strength + counts[item]! / variances.taskStrength),
  )
  for (const [task, { items }] of tasks.entries())
    for (const item of items) effects.taskStrength[task * itemCount + item]! -= amount[item]!
  for (let item = 0; item < itemCount; item++) effects.strength[item]! += amount[item]!
}
