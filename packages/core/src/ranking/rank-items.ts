import { assert } from '../kit/index.ts'
import { type Comparisons, groupsOf, pooled } from './comparisons.ts'
import { coreBlock, doubtOf, stepCore } from './core-block.ts'
import { contrastCovariance } from './doubt.ts'
import { type Effects, learnedVariance, startEffects, startVariances, type Variances } from './effects.ts'
import { exchange } from './exchange.ts'
import { emptySlopes, takeSlopes } from './outcome.ts'
import { raterBlocks, stepRaters } from './rater-block.ts'
import { rowsByTask, stepTasks } from './task-block.ts'

export type RankingOptions = {
  /** Ties as an outcome of their own (Davidson), the default; false: each is half a win (Bradley and Terry). */
  readonly ties?: boolean
  /** Whether one side may be favoured; default true. */
  readonly sideBias?: boolean
  /** Scale, side and tie rate of each rater, drawn towards the crowd's; default false. With `tasks`, no scale. */
  readonly raters?: boolean
  /** What a task does to items and ties, drawn towards nothing; default false. */
  readonly tasks?: boolean
  /**
   * How far strengths are expected to lie apart, as a variance: 4 when left out, so that a hundred to one between two
   * is not rare. `learned` foretells better with many items; its intervals are too narrow with few.
   */
  readonly strengthVariance?: number | 'learned'
  /** A ranking of much the same comparisons to begin from: cheaper, the same result. */
  readonly start?: Ranking
}

export type Ranking = {
  readonly itemNames: readonly string[]
  readonly workerNames: readonly string[]
  readonly taskNames: readonly string[]
  /** Log-odds against an even opponent, mean 0: one more is e to 1 where nobody ties. */
  readonly strength: Float64Array
  /** Covariance of the strengths, items by items; only differences mean anything between items. */
  readonly covariance: Float64Array
  /** Items whose strengths comparisons connect share a number. */
  readonly group: Int32Array
  readonly effects: Effects
  readonly variances: Variances
  readonly logLikelihood: number
  readonly count: number
  readonly roundCount: number
  readonly hasConverged: boolean
}

const MAX_ROUNDS = 400
/** How far strengths are expected to lie apart, as a variance, before anything is seen. */
export const STRENGTH_VARIANCE = 4
const TOLERANCE = 1e-9
export const MAX_TASK_STRENGTHS = 2 ** 24

/**
 * Strengths of items from comparisons: Bradley and Terry (1952) with ties after Davidson (1970), a side, and normal
 * effects of raters and tasks whose variances are learned (empirical Bayes). The most probable effects
 * are found by Newton's steps, block by block. The order of rows changes nothing, names change the last bits.
 */
export function rankItems(comparisons: Comparisons, options: RankingOptions = {}): Ranking {
  const { ties = true, sideBias = true, raters = false, tasks = false, start } = options
  const { strengthVariance = STRENGTH_VARIANCE } = options
  const data = pooled(comparisons, { workers: raters, tasks })
  const { itemNames } = data
  assert(
    data.taskNames.length * itemNames.length <= MAX_TASK_STRENGTHS,
    'too many tasks for effects of tasks',
  )
  const variances = startVariances()
  if (strengthVariance !== 'learned') variances.strength = strengthVariance
  else if (start) variances.strength = start.variances.strength
  const model = { effects: startEffects(data, ties), variances }
  if (start) takeOver(start, itemNames, model.effects)
  // A rater who is always right about what tasks do to items has no finite scale: only one of the two is fitted.
  if (tasks) variances.scale = 0
  if (!sideBias) model.variances = { ...variances, side: 1e-12 }
  const { roundCount, hasConverged, slopes, taskRows } = fit(data, model, strengthVariance === 'learned')
  const { strength } = model.effects
  const mean = strength.reduce((sum, each) => sum + each, 0) / (strength.length || 1)
  for (let item = 0; item < strength.length; item++) strength[item]! -= mean
  return {
    itemNames,
    workerNames: data.workerNames,
    taskNames: data.taskNames,
    strength,
    covariance: contrastCovariance(data, slopes, taskRows, model),
    group: groupsOf(data),
    effects: model.effects,
    variances: model.variances,
    logLikelihood: slopes.logLikelihood,
    count: data.count,
    roundCount,
    hasConverged,
  }
}

function fit(
  data: Comparisons,
  model: { readonly effects: Effects; readonly variances: Variances },
  learnsStrength: boolean,
) {
  const { effects, variances } = model
  const slopes = emptySlopes(data.left.length)
  const taskRows = rowsByTask(data)
  const isLone = data.workerNames.length + data.taskNames.length === 0
  let [roundCount, moved] = [0, Number.POSITIVE_INFINITY]
  while (roundCount < MAX_ROUNDS && moved > TOLERANCE) {
    roundCount++
    takeSlopes(data, effects, slopes)
    const core = stepCore(coreBlock(data, slopes, effects, variances), effects)
    moved = core.moved
    if (learnsStrength) {
      const doubt = doubtOf(core.factor, data.itemNames.length + 2).reduce((sum, each) => sum + each, 0)
      const squares = effects.strength.reduce((sum, each) => sum + each * each, 0)
      variances.strength = learnedVariance(squares, effects.strength.length, doubt)
    }
    if (isLone) continue
    if (data.workerNames.length > 0) {
      takeSlopes(data, effects, slopes)
      moved = Math.max(moved, stepRaters(raterBlocks(data, slopes, effects, variances), effects, variances))
    }
    if (taskRows.length > 0) {
      takeSlopes(data, effects, slopes)
      moved = Math.max(moved, stepTasks(data, slopes, taskRows, model))
    }
    exchange(data, taskRows, model)
  }
  takeSlopes(data, effects, slopes)
  return { roundCount, hasConverged: moved <= TOLERANCE, slopes, taskRows }
}

/** Begins from earlier strengths, side and tie; items that were not there begin in the middle. */
function takeOver(start: Ranking, itemNames: readonly string[], effects: Effects): void {
  const place = new Map(start.itemNames.map((name, at) => [name, at]))
  for (const [item, name] of itemNames.entries())
    effects.strength[item] = start.strength[place.get(name) ?? -1] ?? 0
  effects.side = start.effects.side
  if (effects.hasTies && start.effects.hasTies) effects.tie = start.effects.tie
}
