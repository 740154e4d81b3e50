import type { Comparisons } from './comparisons.ts'
import { coreBlock } from './core-block.ts'
import type { Effects, Variances } from './effects.ts'
import { factorise, inverseOf, solve } from './linear-algebra.ts'
import type { Slopes } from './outcome.ts'
import { raterBlocks } from './rater-block.ts'
import { type TaskRows, taskBlock } from './task-block.ts'

type Model = { readonly effects: Effects; readonly variances: Variances }

/**
 * The covariance of strengths about their mean: the inverse of what comparisons and priors tell, after what effects
 * of raters or of tasks could explain as well is taken away (Schur complement). Where there are both, what each
 * adds to the doubt is added: what the two could explain only together is left out.
 */
export function contrastCovariance(
  data: Comparisons,
  slopes: Slopes,
  tasks: readonly TaskRows[],
  model: Model,
): Float64Array {
  const { size, information } = coreBlock(data, slopes, model.effects, model.variances)
  // Only the lower triangle is filled and read.
  const alone = () => centredInverse(information.slice(), size)
  const withRaters = () => centredInverse(takeRatersAway(data, slopes, model, information.slice()), size)
  const withTasks = () => {
    const rest = takeTasksAway(data, slopes, tasks, { model, information: information.slice() })
    return centredInverse(rest, size)
  }
  const [hasRaters, hasTasks] = [data.workerNames.length > 0, tasks.length > 0]
  if (!hasTasks) return hasRaters ? withRaters() : alone()
  if (!hasRaters) return withTasks()
  const [neither, raters, ofTasks] = [alone(), withRaters(), withTasks()]
  return neither.map((covariance, at) => raters[at]! + ofTasks[at]! - covariance)
}

function centredInverse(information: Float64Array, size: number): Float64Array {
  factorise(information, size)
  return centred(inverseOf(information, size), size, size - 2)
}

/** Rows and columns of the items alone, each with its mean taken away. */
function centred(matrix: Float64Array, size: number, itemCount: number): Float64Array {
  const means = new Float64Array(itemCount)
  let mean = 0
  for (let row = 0; row < itemCount; row++) {
    for (let column = 0; column < itemCount; column++) means[row]! += matrix[row * size + column]! / itemCount
    mean += means[row]! / itemCount
  }
  const result = new Float64Array(itemCount * itemCount)
  for (let row = 0; row < itemCount; row++)
    for (let column = 0; column < itemCount; column++)
      result[row * itemCount + column] = matrix[row * size + column]! - means[row]! - means[column]! + mean
  return result
}

function takeRatersAway(data: Comparisons, slopes: Slopes, model: Model, information: Float64Array) {
  const { effects, variances } = model
  const raterCount = data.workerNames.length
  const blocks = raterBlocks(data, slopes, effects, variances)
  const rows = data.workerNames.map((): number[] => [])
  for (let row = 0; row < data.worker.length; row++) rows[data.worker[row]!]?.push(row)
  const itemCount = data.itemNames.length
  for (let who = 0; who < raterCount; who++) {
    const factor = blocks.information.slice(who * 9, who * 9 + 9)
    factorise(factor, 3)
    const cross = new Cross(itemCount + 2, 3)
    for (const row of rows[who]!) {
      const scale = effects.scale[who]!
      const lead = scale * slopes.lead[row]!
      const [leadLead, leadTie] = [slopes.leadLead[row]!, slopes.leadTie[row]!]
      const byLead = [lead * leadLead, leadLead, leadTie] as const
      cross.addRow(data.left[row]!, byLead, scale)
      cross.addRow(data.right[row]!, byLead, -scale)
      cross.addRow(itemCount, byLead, 1)
      cross.addRow(itemCount + 1, [lead * leadTie, leadTie, slopes.tieTie[row]!], 1)
    }
    cross.takeAwayFrom(information, factor)
  }
  return information
}

function takeTasksAway(
  data: Comparisons,
  slopes: Slopes,
  tasks: readonly TaskRows[],
  { model, information }: { readonly model: Model; readonly information: Float64Array },
): Float64Array {
  const itemCount = data.itemNames.length
  for (const [task, { rows, items }] of tasks.entries()) {
    const block = taskBlock(data, slopes, { task, rows, items }, model)
    factorise(block.information, block.size)
    const place = new Map(items.map((item, at) => [item, at]))
    const cross = new Cross(itemCount + 2, block.size)
    for (const row of rows) {
      const [left, right, worker] = [data.left[row]!, data.right[row]!, data.worker[row]!]
      const scale = worker >= 0 ? model.effects.scale[worker]! : 1
      const [leadLead, leadTie] = [slopes.leadLead[row]!, slopes.leadTie[row]!]
      for (const [at, sign] of [
        [left, 1],
        [right, -1],
      ] as const) {
        const [column, by] = [place.get(at)!, sign * scale]
        cross.add(left, column, by * scale * leadLead)
        cross.add(right, column, -by * scale * leadLead)
        cross.add(itemCount, column, by * leadLead)
        cross.add(itemCount + 1, column, by * leadTie)
        cross.add(at, items.length, by * leadTie)
      }
      cross.add(itemCount, items.length, leadTie)
      cross.add(itemCount + 1, items.length, slopes.tieTie[row]!)
    }
    cross.takeAwayFrom(information, block.information)
  }
  return information
}

/** What the core and one block share, row by row of the core. */
class Cross {
  #values: Float64Array
  #used = new Set<number>()
  #size: number
  #width: number

  constructor(size: number, width: number) {
    this.#size = size
    this.#width = width
    this.#values = new Float64Array(size * width)
  }

  add(row: number, column: number, value: number): void {
    this.#used.add(row)
    this.#values[row * this.#width + column]! += value
  }

  addRow(row: number, values: readonly number[], factor: number): void {
    for (const [column, value] of values.entries()) this.add(row, column, factor * value)
  }

  /** Takes shared × block⁻¹ × shared' from the lower triangle of a matrix. */
  takeAwayFrom(matrix: Float64Array, factor: Float64Array): void {
    const rows = [...this.#used].sort((a, b) => a - b)
    const width = this.#width
    for (const row of rows) {
      const solved = this.#values.slice(row * width, (row + 1) * width)
      solve(factor, width, solved)
      for (const other of rows) {
        if (other < row) continue
        let sum = 0
        for (let at = 0; at < width; at++) sum += solved[at]! * this.#values[other * width + at]!
        matrix[other * this.#size + row]! -= sum
      }
    }
  }
}
