import { assert, seededRandom, sortBy } from '../kit/index.ts'
import { type Interval, percentileInterval } from './interval.ts'
import { type Rating, type RatingTable, ratingTable } from './ratings.ts'

/** What a difference between two values means: other or same; grades in an order; distances; distances from a true zero. */
export type Level = 'nominal' | 'ordinal' | 'interval' | 'ratio'

export type AlphaOptions = {
  /** Default: nominal for texts, interval for numbers. Ordinal and above need numbers. */
  readonly level?: Level
  /** How often tasks are drawn again for the interval; 0, the default, gives none. */
  readonly bootstrapCount?: number
  readonly seed?: string | number
  /** What the interval holds; 0.95 when left out. */
  readonly confidence?: number
}

/**
 * `alpha` is 1 in perfect agreement, 0 where people agree as chance would, and null where it says nothing: fewer
 * than two ratings of any task, or one value everywhere. `taskCount` and `ratingCount` count what could be compared.
 */
export type Alpha = {
  readonly alpha: number | null
  readonly level: Level
  readonly interval: Interval | null
  readonly taskCount: number
  readonly ratingCount: number
}

export const MAX_BOOTSTRAPS = 100_000

/** What one task adds: ratings per value, and its disagreement inside. */
type Unit = { readonly values: Int32Array; readonly counts: Float64Array; readonly disagreement: number }

/**
 * Krippendorff's alpha for any number of raters, gaps allowed (Krippendorff, Content Analysis, 2004, ch. 11). The
 * interval draws whole tasks with replacement; the distance between ordinal grades stays that of all ratings.
 * A task that one worker rated twice counts two ratings.
 */
export function krippendorffAlpha(ratings: Iterable<Rating>, options: AlphaOptions = {}): Alpha {
  const table = ratingTable(ratings)
  const isText = typeof table.values[0] === 'string'
  const { level = isText ? 'nominal' : 'interval', bootstrapCount = 0, seed = 0, confidence = 0.95 } = options
  assert(level === 'nominal' || !isText, `an ${level} alpha needs numbers`)
  assert(bootstrapCount >= 0 && bootstrapCount <= MAX_BOOTSTRAPS, 'between 0 and 100,000 bootstraps')
  const isOneSided = [1, -1].some((sign) => table.values.every((value) => Number(value) * sign >= 0))
  assert(level !== 'ratio' || isOneSided, 'a ratio alpha needs numbers of one sign')
  const scale = scaleOf(table, level)
  const units = unitsOf(table, scale, level)
  const alpha = alphaOf(units, scale, level)
  const drawn: number[] = []
  const dice = seededRandom(seed)
  for (let round = 0; round < bootstrapCount && alpha !== null; round++) {
    const sample = alphaOf(
      units.map(() => units[dice.int(units.length)]!),
      scale,
      level,
    )
    if (sample !== null) drawn.push(sample)
  }
  const ratingCount = units.reduce((sum, { counts }) => sum + total(counts), 0)
  const interval = percentileInterval(drawn, confidence)
  return { alpha, level, interval, taskCount: units.length, ratingCount }
}

/** Where each value lies on a line; for ordinal grades the middle of its ranks, so that distances are those of ranks. */
function scaleOf(table: RatingTable, level: Level): Float64Array {
  if (level === 'nominal') return Float64Array.from(table.values, (_, at) => at)
  if (level !== 'ordinal') return Float64Array.from(table.values as readonly number[])
  const counts = new Float64Array(table.values.length)
  for (const task of pairableTasks(table)) {
    for (let row = table.taskStart[task]!; row < table.taskStart[task + 1]!; row++)
      counts[table.value[row]!]!++
  }
  let before = 0
  return counts.map((count) => {
    before += count
    return before - count / 2
  })
}

function pairableTasks({ taskStart, taskNames }: RatingTable): number[] {
  return [...taskNames.keys()].filter((task) => taskStart[task + 1]! - taskStart[task]! >= 2)
}

function unitsOf(table: RatingTable, scale: Float64Array, level: Level): Unit[] {
  const units = pairableTasks(table).map((task) => {
    const counted = new Map<number, number>()
    for (let row = table.taskStart[task]!; row < table.taskStart[task + 1]!; row++)
      counted.set(table.value[row]!, (counted.get(table.value[row]!) ?? 0) + 1)
    const values = Int32Array.from(counted.keys()).sort()
    const counts = Float64Array.from(values, (value) => counted.get(value)!)
    const at = Float64Array.from(values, (value) => scale[value]!)
    return { values, counts, disagreement: disagreementOf(counts, at, level) / (total(counts) - 1) }
  })
  // Ordered by what they hold: so names leave no trace in what is drawn.
  return sortBy(units, ({ values, counts }) => `${values} ${counts}`)
}

function alphaOf(units: readonly Unit[], scale: Float64Array, level: Level): number | null {
  const counts = new Float64Array(scale.length)
  let observed = 0
  for (const unit of units) {
    observed += unit.disagreement
    for (let at = 0; at < unit.values.length; at++) counts[unit.values[at]!]! += unit.counts[at]!
  }
  const expected = disagreementOf(counts, scale, level)
  return expected > 0 ? 1 - ((total(counts) - 1) * observed) / expected : null
}

/** The sum over all pairs of ratings of their squared difference. */
function disagreementOf(counts: Float64Array, at: Float64Array, level: Level): number {
  if (level === 'ratio') return ratioDisagreement(counts, at)
  const all = total(counts)
  if (level === 'nominal') return (all ** 2 - counts.reduce((sum, count) => sum + count ** 2, 0)) / 2
  const mean = counts.reduce((sum, count, place) => sum + count * at[place]!, 0) / all
  return all * counts.reduce((sum, count, place) => sum + count * (at[place]! - mean) ** 2, 0)
}

function ratioDisagreement(counts: Float64Array, at: Float64Array): number {
  let sum = 0
  for (let one = 0; one < counts.length; one++) {
    if (counts[one] === 0) continue
    for (let other = 0; other < one; other++) {
      const scale = at[one]! + at[other]!
      if (scale === 0) continue
      sum += counts[one]! * counts[other]! * ((at[one]! - at[other]!) / scale) ** 2
    }
  }
  return sum
}

const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0)
