import { type Rating, ratingTable } from './ratings.ts'

/**
 * Cronbach's alpha (1951): how well raters who all rated the same tasks with numbers order them alike, whatever
 * their own level. Null with fewer than two raters or tasks, or where a rater left a task out.
 */
export function cronbachAlpha(ratings: Iterable<Rating<number>>): number | null {
  const { values, taskNames, workerNames, worker, value } = ratingTable(ratings)
  const [taskCount, raterCount] = [taskNames.length, workerNames.length]
  if (taskCount < 2 || raterCount < 2 || worker.length !== taskCount * raterCount) return null
  const sums = new Float64Array(taskCount)
  const columns = workerNames.map(() => new Float64Array(taskCount))
  for (let row = 0; row < worker.length; row++) {
    const task = Math.floor(row / raterCount)
    if (worker[row] !== row % raterCount) return null
    sums[task]! += values[value[row]!] as number
    columns[worker[row]!]![task] = values[value[row]!] as number
  }
  const ofSums = variance(sums)
  const within = columns.reduce((sum, column) => sum + variance(column), 0)
  return ofSums > 0 ? (raterCount / (raterCount - 1)) * (1 - within / ofSums) : null
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}
