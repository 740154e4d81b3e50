import { type Rating, type RatingTable, ratingTable } from './ratings.ts'

/** How much a difference between two grades counts: any alike, by distance, or by its square. */
export type KappaWeights = 'equal' | 'linear' | 'quadratic'

/** Null where it says nothing: no task in common, or one value everywhere. `taskCount`: what both rated. */
export type Kappa = {
  readonly kappa: number | null
  readonly agreementRatio: number | null
  readonly taskCount: number
}

export type PairKappa = Kappa & { readonly workers: readonly [string, string] }

/**
 * Cohen's kappa of two workers over the tasks that both rated once or more (Cohen 1960; weighted, Cohen 1968).
 * Weights other than `equal` need numbers, and use their distances. Repeated ratings share one vote.
 */
export function cohenKappa(
  ratings: Iterable<Rating>,
  workers: readonly [string, string],
  weights: KappaWeights = 'equal',
): Kappa {
  return kappaOf(ratingTable(ratings), workers, weights)
}

/** Cohen's kappa of every two workers who rated a task in common, sorted by their names. */
export function pairwiseKappas(ratings: Iterable<Rating>, weights: KappaWeights = 'equal'): PairKappa[] {
  const table = ratingTable(ratings)
  const pairs = new Set<string>()
  for (let task = 0; task < table.taskNames.length; task++) {
    const workers = [...new Set(table.worker.subarray(table.taskStart[task], table.taskStart[task + 1]))]
    for (const [at, one] of workers.entries())
      for (const other of workers.slice(at + 1)) pairs.add(`${one},${other}`)
  }
  const found = [...pairs].map((pair) => pair.split(',').map(Number) as [number, number])
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const rows = rowsByWorker(table)
  return found.map(([one, other]) => {
    const workers = [table.workerNames[one]!, table.workerNames[other]!] as const
    return { workers, ...kappaOfRows(table, [rows[one]!, rows[other]!], weights) }
  })
}

type Votes = ReadonlyMap<number, readonly number[]>

function rowsByWorker(table: RatingTable): Map<number, number[]>[] {
  const rows = table.workerNames.map(() => new Map<number, number[]>())
  for (let task = 0; task < table.taskNames.length; task++) {
    for (let row = table.taskStart[task]!; row < table.taskStart[task + 1]!; row++) {
      const mine = rows[table.worker[row]!]!
      mine.set(task, [...(mine.get(task) ?? []), table.value[row]!])
    }
  }
  return rows
}

function kappaOf(table: RatingTable, workers: readonly [string, string], weights: KappaWeights): Kappa {
  const rows = rowsByWorker(table)
  const [one, other] = workers.map((name) => rows[table.workerNames.indexOf(name)] ?? new Map())
  return kappaOfRows(table, [one!, other!], weights)
}

function kappaOfRows(table: RatingTable, [one, other]: [Votes, Votes], weights: KappaWeights): Kappa {
  const size = table.values.length
  const [mine, theirs] = [new Float64Array(size), new Float64Array(size)]
  const distance = distances(table, weights)
  let [taskCount, observed] = [0, 0]
  for (const [task, votes] of one) {
    const answers = other.get(task)
    if (!answers) continue
    taskCount++
    for (const a of votes) {
      mine[a]! += 1 / votes.length
      for (const b of answers) observed += distance(a, b) / (votes.length * answers.length)
    }
    for (const b of answers) theirs[b]! += 1 / answers.length
  }
  if (taskCount === 0) return { kappa: null, agreementRatio: null, taskCount }
  let expected = 0
  for (let a = 0; a < size; a++) {
    if (mine[a] === 0) continue
    for (let b = 0; b < size; b++) expected += (mine[a]! * theirs[b]! * distance(a, b)) / taskCount
  }
  return {
    kappa: expected > 0 ? 1 - observed / expected : null,
    agreementRatio: 1 - observed / taskCount,
    taskCount,
  }
}

/** A distance from 0 (alike) to 1 (the two ends). */
function distances({ values }: RatingTable, weights: KappaWeights): (a: number, b: number) => number {
  if (weights === 'equal') return (a, b) => (a === b ? 0 : 1)
  const numbers = values.map(Number)
  const span = (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) || 1
  const power = weights === 'linear' ? 1 : 2
  return (a, b) => (Math.abs(numbers[a]! - numbers[b]!) / span) ** power
}

/**
 * Fleiss' kappa: agreement of changing raters above chance (Fleiss 1971). Tasks may have different numbers of
 * ratings; each task with at least two counts alike.
 */
export function fleissKappa(ratings: Iterable<Rating>): Kappa {
  const table = ratingTable(ratings)
  const shares = new Float64Array(table.values.length)
  let [taskCount, agreed, ratingCount] = [0, 0, 0]
  for (let task = 0; task < table.taskNames.length; task++) {
    const values = table.value.subarray(table.taskStart[task], table.taskStart[task + 1])
    if (values.length < 2) continue
    const counts = new Map<number, number>()
    for (const value of values) {
      counts.set(value, (counts.get(value) ?? 0) + 1)
      shares[value]!++
    }
    const pairs = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0)
    agreed += pairs / (values.length * (values.length - 1))
    ratingCount += values.length
    taskCount++
  }
  if (taskCount === 0) return { kappa: null, agreementRatio: null, taskCount }
  const agreementRatio = agreed / taskCount
  const chance = shares.reduce((sum, count) => sum + (count / ratingCount) ** 2, 0)
  return { kappa: chance < 1 ? (agreementRatio - chance) / (1 - chance) : null, agreementRatio, taskCount }
}
