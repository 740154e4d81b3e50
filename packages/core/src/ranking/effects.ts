import type { Comparisons } from './comparisons.ts'

/**
 * What moves a comparison. The lead of left over right is the difference of `strength` plus that of `taskStrength`
 * (task by task, an item each), times the rater's `scale`, plus `side` and the rater's `raterSide`. The log-odds of a
 * tie are `tie` plus the rater's and the task's own.
 */
export type Effects = {
  readonly hasTies: boolean
  readonly strength: Float64Array
  side: number
  tie: number
  readonly scale: Float64Array
  readonly raterSide: Float64Array
  readonly raterTie: Float64Array
  readonly taskTie: Float64Array
  readonly taskStrength: Float64Array
}

/** How far effects of one kind lie apart: variances of normal priors, learned where they are not given. */
export type Variances = {
  strength: number
  readonly side: number
  readonly tie: number
  scale: number
  raterSide: number
  raterTie: number
  taskTie: number
  taskStrength: number
}

/** Sides rarely double the odds; anything can be tied. Both drown in a few dozen comparisons. */
const SIDE_VARIANCE = 0.5
const TIE_VARIANCE = 25
const LEAST_VARIANCE = 1e-6

export function startEffects(data: Comparisons, hasTies: boolean): Effects {
  const [items, workers, tasks] = [data.itemNames.length, data.workerNames.length, data.taskNames.length]
  const decided = data.count - data.ties.reduce((sum, count) => sum + count, 0)
  return {
    hasTies,
    strength: new Float64Array(items),
    side: 0,
    tie: hasTies ? Math.log((data.count - decided + 1) / (decided + 1)) + Math.LN2 : 0,
    scale: new Float64Array(workers).fill(1),
    raterSide: new Float64Array(workers),
    raterTie: new Float64Array(workers),
    taskTie: new Float64Array(tasks),
    taskStrength: new Float64Array(tasks * items),
  }
}

export function startVariances(): Variances {
  return {
    strength: 1,
    side: SIDE_VARIANCE,
    tie: TIE_VARIANCE,
    scale: 0.25,
    raterSide: 0.1,
    raterTie: 0.5,
    taskTie: 0.5,
    taskStrength: 0.1,
  }
}

/**
 * The variance of effects: their mean square, and what each may be off (a step of EM; Dempster and others 1977).
 */
export function learnedVariance(squares: number, count: number, doubt: number): number {
  return Math.max(LEAST_VARIANCE, (squares + doubt) / Math.max(1, count))
}
