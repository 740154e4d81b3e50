import type { Comparisons } from './comparisons.ts'
import { LONGEST_STEP } from './core-block.ts'
import { type Effects, learnedVariance, type Variances } from './effects.ts'
import { factorise, inverseOf, solve } from './linear-algebra.ts'
import type { Slopes } from './outcome.ts'

/** The logarithm of the scale, the side and the tie of a rater. */
const SIZE = 3
/** Holds an effect at nothing. */
const NO_VARIANCE = 1e-12

/** Three by three for each rater: information, and slopes. The priors are in. */
type RaterBlocks = { readonly information: Float64Array; readonly slope: Float64Array }

export function raterBlocks(
  { worker, workerNames }: Comparisons,
  slopes: Slopes,
  effects: Effects,
  variances: Variances,
): RaterBlocks {
  const information = new Float64Array(workerNames.length * SIZE * SIZE)
  const slope = new Float64Array(workerNames.length * SIZE)
  for (let row = 0; row < worker.length; row++) {
    const who = worker[row]!
    if (who < 0) continue
    const [at, of] = [who * SIZE * SIZE, who * SIZE]
    const lead = effects.scale[who]! * slopes.lead[row]!
    const [leadLead, leadTie] = [slopes.leadLead[row]!, slopes.leadTie[row]!]
    slope[of]! += lead * slopes.byLead[row]!
    slope[of + 1]! += slopes.byLead[row]!
    slope[of + 2]! += slopes.byTie[row]!
    information[at]! += lead * lead * leadLead
    information[at + 3]! += lead * leadLead
    information[at + 4]! += leadLead
    information[at + 6]! += lead * leadTie
    information[at + 7]! += leadTie
    information[at + 8]! += slopes.tieTie[row]!
  }
  const scaleVariance = variances.scale || NO_VARIANCE
  for (let who = 0; who < workerNames.length; who++) {
    const [at, of] = [who * SIZE * SIZE, who * SIZE]
    // Curvature that the expected information lacks: without it, whoever votes against the others swings for ever.
    information[at]! += 1 / scaleVariance + Math.max(0, -slope[of]!)
    information[at + 4]! += 1 / variances.raterSide
    information[at + 8]! += 1 / variances.raterTie
    slope[of]! -= Math.log(effects.scale[who]!) / scaleVariance
    slope[of + 1]! -= effects.raterSide[who]! / variances.raterSide
    slope[of + 2]! -= effects.raterTie[who]! / variances.raterTie
  }
  return { information, slope }
}

/**
 * One step of Newton for each rater, then the variances among raters; the longest move. The scales keep a mean
 * logarithm of 0: a common scale is the strengths' own, and in both places it would run away.
 */
export function stepRaters(
  { information, slope }: RaterBlocks,
  effects: Effects,
  variances: Variances,
): number {
  const raterCount = effects.scale.length
  const inverses = new Float64Array(information.length)
  let [logs, give] = [0, 0]
  for (let who = 0; who < raterCount; who++) {
    const factor = information.subarray(who * SIZE * SIZE, (who + 1) * SIZE * SIZE)
    const step = slope.subarray(who * SIZE, (who + 1) * SIZE)
    factorise(factor, SIZE)
    solve(factor, SIZE, step)
    inverses.set(inverseOf(factor, SIZE), who * SIZE * SIZE)
    logs += Math.log(effects.scale[who]!) + step[0]!
    give += inverses[who * SIZE * SIZE]!
  }
  let moved = 0
  for (let who = 0; who < raterCount; who++) {
    // A constraint on the sum takes from each as it gives way, and moves side and tie along.
    const [scale, side, tie] = [0, 1, 2].map((at) => {
      const step = slope[who * SIZE + at]! - (logs / give) * inverses[who * SIZE * SIZE + at]!
      return Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step))
    })
    effects.scale[who]! *= Math.exp(scale!)
    effects.raterSide[who]! += side!
    if (effects.hasTies) effects.raterTie[who]! += tie!
    moved = Math.max(moved, Math.abs(scale!), Math.abs(side!), effects.hasTies ? Math.abs(tie!) : 0)
  }
  learnVariances(inverses, effects, variances)
  return moved
}

function learnVariances(inverses: Float64Array, effects: Effects, variances: Variances): void {
  const raterCount = effects.scale.length
  const learned = (values: Float64Array, place: number) => {
    let doubt = 0
    for (let who = 0; who < raterCount; who++) doubt += inverses[who * SIZE * SIZE + place * (SIZE + 1)]!
    const squares = values.reduce((sum, value) => sum + value * value, 0)
    return learnedVariance(squares, raterCount, doubt)
  }
  if (variances.scale > 0) variances.scale = learned(effects.scale.map(Math.log), 0)
  variances.raterSide = learned(effects.raterSide, 1)
  if (effects.hasTies) variances.raterTie = learned(effects.raterTie, 2)
}
