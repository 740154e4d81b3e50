import type { Comparisons } from './comparisons.ts'
import type { Effects, Variances } from './effects.ts'
import { factorise, inverseOf, solve } from './linear-algebra.ts'
import type { Slopes } from './outcome.ts'

/** No step of Newton moves an effect further: a far step from a flat place would overshoot. */
export const LONGEST_STEP = 2

/** What is known of all strengths, the side and the tie together: information, row by row; slopes of the whole. */
export type CoreBlock = {
  readonly size: number
  readonly information: Float64Array
  readonly slope: Float64Array
}

/** Positions: the items, then the side, then the tie. The priors are in. */
export function coreBlock(
  data: Comparisons,
  slopes: Slopes,
  effects: Effects,
  variances: Variances,
): CoreBlock {
  const itemCount = data.itemNames.length
  const size = itemCount + 2
  const [side, tie] = [itemCount, itemCount + 1]
  const information = new Float64Array(size * size)
  const slope = new Float64Array(size)
  for (let row = 0; row < data.left.length; row++) {
    const [left, right, worker] = [data.left[row]!, data.right[row]!, data.worker[row]!]
    const scale = worker >= 0 ? effects.scale[worker]! : 1
    const byStrength = scale * slopes.byLead[row]!
    slope[left]! += byStrength
    slope[right]! -= byStrength
    slope[side]! += slopes.byLead[row]!
    slope[tie]! += slopes.byTie[row]!
    const leadLead = slopes.leadLead[row]!
    const own = scale * scale * leadLead
    information[left * size + left]! += own
    information[right * size + right]! += own
    information[Math.max(left, right) * size + Math.min(left, right)]! -= own
    information[side * size + left]! += scale * leadLead
    information[side * size + right]! -= scale * leadLead
    information[side * size + side]! += leadLead
    information[tie * size + left]! += scale * slopes.leadTie[row]!
    information[tie * size + right]! -= scale * slopes.leadTie[row]!
    information[tie * size + side]! += slopes.leadTie[row]!
    information[tie * size + tie]! += slopes.tieTie[row]!
  }
  for (let item = 0; item < itemCount; item++) {
    information[item * size + item]! += 1 / variances.strength
    slope[item]! -= effects.strength[item]! / variances.strength
  }
  information[side * size + side]! += 1 / variances.side
  slope[side]! -= effects.side / variances.side
  information[tie * size + tie]! += 1 / variances.tie
  slope[tie]! -= effects.tie / variances.tie
  return { size, information, slope }
}

/** One step of Newton for the strengths, the side and the tie; the longest move, and the factor of information. */
export function stepCore({ size, information, slope }: CoreBlock, effects: Effects) {
  factorise(information, size)
  solve(information, size, slope)
  const itemCount = size - 2
  const step = (at: number) => Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, slope[at]!))
  for (let item = 0; item < itemCount; item++) effects.strength[item]! += step(item)
  effects.side += step(itemCount)
  if (effects.hasTies) effects.tie += step(itemCount + 1)
  const moved = slope.subarray(0, effects.hasTies ? size : size - 1)
  return { moved: moved.reduce((most, each) => Math.max(most, Math.abs(each)), 0), factor: information }
}

/** The doubt about each strength, as variances, from a factor of information. */
export function doubtOf(factor: Float64Array, size: number): Float64Array {
  const inverse = inverseOf(factor, size)
  return Float64Array.from({ length: size - 2 }, (_, item) => inverse[item * size + item]!)
}
