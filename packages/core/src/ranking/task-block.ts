import type { Comparisons } from './comparisons.ts'
import { LONGEST_STEP } from './core-block.ts'
import { type Effects, learnedVariance, type Variances } from './effects.ts'
import { factorise, inverseOf, solve } from './linear-algebra.ts'
import type { Slopes } from './outcome.ts'

/** Each task's rows, and its items in order: an item that a task never saw has no effect there. */
export type TaskRows = { readonly rows: readonly number[]; readonly items: readonly number[] }

export function rowsByTask({ task, taskNames, left, right }: Comparisons): TaskRows[] {
  const rows = taskNames.map((): number[] => [])
  for (let row = 0; row < task.length; row++) rows[task[row]!]?.push(row)
  return rows.map((own) => {
    const items = new Set(own.flatMap((row) => [left[row]!, right[row]!]))
    return { rows: own, items: [...items].sort((a, b) => a - b) }
  })
}

/** Information and slopes of one task: its items, then its tie. The priors are in. */
export function taskBlock(
  data: Comparisons,
  slopes: Slopes,
  { task, rows, items }: TaskRows & { readonly task: number },
  { effects, variances }: { readonly effects: Effects; readonly variances: Variances },
) {
  const size = items.length + 1
  const tie = items.length
  const place = new Map(items.map((item, at) => [item, at]))
  const information = new Float64Array(size * size)
  const slope = new Float64Array(size)
  for (const row of rows) {
    const [left, right] = [place.get(data.left[row]!)!, place.get(data.right[row]!)!]
    const worker = data.worker[row]!
    const scale = worker >= 0 ? effects.scale[worker]! : 1
    const own = scale * scale * slopes.leadLead[row]!
    slope[left]! += scale * slopes.byLead[row]!
    slope[right]! -= scale * slopes.byLead[row]!
    slope[tie]! += slopes.byTie[row]!
    information[left * size + left]! += own
    information[right * size + right]! += own
    information[Math.max(left, right) * size + Math.min(left, right)]! -= own
    information[tie * size + left]! += scale * slopes.leadTie[row]!
    information[tie * size + right]! -= scale * slopes.leadTie[row]!
    information[tie * size + tie]! += slopes.tieTie[row]!
  }
  const from = task * data.itemNames.length
  for (const [at, item] of items.entries()) {
    information[at * size + at]! += 1 / variances.taskStrength
    slope[at]! -= effects.taskStrength[from + item]! / variances.taskStrength
  }
  information[tie * size + tie]! += 1 / variances.taskTie
  slope[tie]! -= effects.taskTie[task]! / variances.taskTie
  return { size, information, slope }
}

/** One step of Newton for each task, then the variances among tasks; the longest move. */
export function stepTasks(
  data: Comparisons,
  slopes: Slopes,
  tasks: readonly TaskRows[],
  model: { readonly effects: Effects; readonly variances: Variances },
): number {
  const { effects, variances } = model
  let [moved, strengthDoubt, strengthCount, tieDoubt] = [0, 0, 0, 0]
  for (const [task, { rows, items }] of tasks.entries()) {
    const { size, information, slope } = taskBlock(data, slopes, { task, rows, items }, model)
    factorise(information, size)
    solve(information, size, slope)
    const inverse = inverseOf(information, size)
    for (const [at, item] of items.entries()) {
      effects.taskStrength[task * data.itemNames.length + item]! += clipped(slope[at]!)
      strengthDoubt += inverse[at * size + at]!
    }
    if (effects.hasTies) effects.taskTie[task]! += clipped(slope[size - 1]!)
    moved = slope.reduce((most, each) => Math.max(most, Math.abs(each)), moved)
    strengthCount += items.length
    tieDoubt += inverse[size * size - 1]!
  }
  const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0)
  variances.taskStrength = learnedVariance(squares(effects.taskStrength), strengthCount, strengthDoubt)
  if (effects.hasTies) variances.taskTie = learnedVariance(squares(effects.taskTie), tasks.length, tieDoubt)
  return moved
}

const clipped = (step: number) => Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step))
