import { assert } from '../kit/index.ts'
import { factorise, inverseOf, solve } from './linear-algebra.ts'
import type { Orders } from './orders.ts'
import { STRENGTH_VARIANCE } from './rank-items.ts'

/** Strengths as of `rankItems`: log-odds of standing above an even opponent, mean 0, with their covariance. */
export type OrderedStrengths = {
  readonly itemNames: readonly string[]
  readonly strength: Float64Array
  /** Items by items; only differences mean anything between items. */
  readonly covariance: Float64Array
  readonly roundCount: number
  readonly hasConverged: boolean
}

const MAX_ROUNDS = 100
const TOLERANCE = 1e-10

/** A choice of `chosen` (more than one where they are tied) among all that stand no higher. */
type Stage = { readonly chosen: readonly number[]; readonly among: readonly number[] }

/**
 * Plackett and Luce's model of whole orders: each place goes to one of those still left, with odds of e to its strength
 * (Plackett 1975); ties after Breslow, as in rank-ordered logit (Allison and Christakis 1994). Strengths are drawn towards
 * the middle, so that who is always first has a finite one; found by Newton's steps. With orders of two this is Bradley
 * and Terry's model.
 */
export function plackettLuce(orders: Orders): OrderedStrengths {
  const size = orders.itemNames.length
  const stages = stagesOf(orders)
  const strength = new Float64Array(size)
  let [roundCount, moved] = [0, size === 0 ? 0 : Number.POSITIVE_INFINITY]
  while (roundCount < MAX_ROUNDS && moved > TOLERANCE) {
    roundCount++
    const { slope, information } = slopesOf(stages, strength)
    factorise(information, size)
    solve(information, size, slope)
    moved = slope.reduce((most, step) => Math.max(most, Math.abs(step)), 0)
    // The likelihood is concave; a bounded step cannot jump over its top for long.
    const share = Math.min(1, 2 / moved)
    for (let item = 0; item < size; item++) strength[item]! += share * slope[item]!
  }
  const mean = strength.reduce((sum, each) => sum + each, 0) / (size || 1)
  for (let item = 0; item < size; item++) strength[item]! -= mean
  const { information } = slopesOf(stages, strength)
  factorise(information, size)
  return {
    itemNames: orders.itemNames,
    strength,
    covariance: centred(inverseOf(information, size), size),
    roundCount,
    hasConverged: moved <= TOLERANCE,
  }
}

function stagesOf({ orders }: Orders): Stage[] {
  return orders.flatMap((groups) =>
    groups
      .map((chosen, at) => ({ chosen, among: groups.slice(at).flat() }))
      .filter(({ chosen, among }) => among.length > chosen.length),
  )
}

/** Slope of the log posterior, and its information: items by items, positive definite by the prior. */
function slopesOf(stages: readonly Stage[], strength: Float64Array) {
  const size = strength.length
  const slope = strength.map((each) => -each / STRENGTH_VARIANCE)
  const information = new Float64Array(size * size)
  for (let item = 0; item < size; item++) information[item * size + item] = 1 / STRENGTH_VARIANCE
  for (const { chosen, among } of stages) {
    const most = among.reduce((top, item) => Math.max(top, strength[item]!), Number.NEGATIVE_INFINITY)
    const odds = among.map((item) => Math.exp(strength[item]! - most))
    const sum = odds.reduce((total, each) => total + each, 0)
    const count = chosen.length
    for (const item of chosen) slope[item]!++
    for (const [at, one] of among.entries()) {
      const share = odds[at]! / sum
      slope[one]! -= count * share
      information[one * size + one]! += count * share
      for (const [place, other] of among.entries())
        information[one * size + other]! -= (count * share * odds[place]!) / sum
    }
  }
  assert(slope.every(Number.isFinite), 'slopes of orders are finite')
  return { slope, information }
}

/** The covariance of strengths whose mean is taken off. */
function centred(covariance: Float64Array, size: number): Float64Array {
  const means = Float64Array.from({ length: size }, (_, row) => {
    let sum = 0
    for (let column = 0; column < size; column++) sum += covariance[row * size + column]!
    return sum / size
  })
  const all = means.reduce((sum, each) => sum + each, 0) / (size || 1)
  return covariance.map((value, at) => value - means[Math.floor(at / size)]! - means[at % size]! + all)
}
