import { assert } from '../kit/index.ts'
import { normalQuantile } from '../workers/index.ts'
import type { Comparisons } from './comparisons.ts'
import { outcomeOf } from './outcome.ts'
import { type RankingOptions, rankItems } from './rank-items.ts'

export type RaterEvidence = {
  readonly worker: string
  /** Votes that named a winner. */
  readonly decidedCount: number
  /** Of those, the share for the item that all others together hold to be stronger. Null without any. */
  readonly withEvidenceRatio: number | null
  /** Standard errors from somebody who throws a coin: far below 0 votes against the evidence. */
  readonly z: number
  /** Votes against the evidence beyond what a coin would do, at the stated chance of a false alarm. */
  readonly isAgainst: boolean
  /** The item this rater favours most beyond what its strength explains, in standard errors, and whether beyond chance. */
  readonly favoured: { readonly item: string; readonly z: number; readonly isBeyondChance: boolean } | null
}

const LEAST_DECIDED = 8

/**
 * Who votes against the evidence, or for one item whatever it does. Each rater's votes are held against strengths
 * without them (one step of Newton back). The chance that among coin throwers anybody at all is named is at most
 * `falseAlarm` (Bonferroni over raters); so for favoured items among raters without favourites, whose spread is taken
 * from the crowd itself (empirical null, Efron 2004). Where most are hostile, they are the evidence.
 */
export function opposingRaters(
  comparisons: Comparisons,
  options: Pick<RankingOptions, 'ties' | 'sideBias'> & { readonly falseAlarm?: number } = {},
): RaterEvidence[] {
  const { falseAlarm = 0.01, ...fit } = options
  assert(falseAlarm > 0 && falseAlarm < 1, 'a chance of a false alarm')
  const { workerNames, worker } = comparisons
  const ranking = rankItems(comparisons, fit)
  const rows = workerNames.map((): number[] => [])
  for (let row = 0; row < worker.length; row++) rows[worker[row]!]?.push(row)
  const found = rows.map((own) => evidenceOf(comparisons, own, ranking))
  const all = found.flatMap(({ favours }) => favours.map(({ z }) => Math.abs(z))).sort((a, b) => a - b)
  const spread = Math.max(1, (all[Math.floor(all.length / 2)] ?? 0) / 0.6745)
  const limit = workerNames.length > 0 ? -normalQuantile(falseAlarm / workerNames.length) : 0
  const favourLimit = all.length > 0 ? normalQuantile(falseAlarm / all.length) : 0
  return found.map(({ favours, decidedCount, z, ...rest }, at) => {
    const most = favours.reduce<{ item: number; z: number } | null>(
      (best, each) => (best && best.z >= each.z ? best : each),
      null,
    )
    const favoured = most && {
      item: comparisons.itemNames[most.item]!,
      z: most.z / spread,
      isBeyondChance: most.z / spread > favourLimit,
    }
    const isAgainst = decidedCount >= LEAST_DECIDED && z < limit
    return { worker: workerNames[at]!, decidedCount, z, ...rest, isAgainst, favoured }
  })
}

function evidenceOf(data: Comparisons, rows: readonly number[], ranking: ReturnType<typeof rankItems>) {
  const { effects } = ranking
  const tie = effects.hasTies ? effects.tie : Number.NEGATIVE_INFINITY
  const strength = strengthsWithout(data, rows, ranking)
  let [decidedCount, agreed, along, spread] = [0, 0, 0, 0]
  const [residual, variance] = [new Map<number, number>(), new Map<number, number>()]
  const add = (sums: Map<number, number>, item: number, value: number) =>
    sums.set(item, (sums.get(item) ?? 0) + value)
  for (const row of rows) {
    const [left, right] = [data.left[row]!, data.right[row]!]
    const [leftWins, ties, rightWins] = [data.leftWins[row]!, data.ties[row]!, data.rightWins[row]!]
    const lead = strength[left]! - strength[right]!
    decidedCount += leftWins + rightWins
    agreed += lead > 0 ? leftWins : lead < 0 ? rightWins : (leftWins + rightWins) / 2
    along += (lead * (leftWins - rightWins)) / 2
    spread += (lead * lead * (leftWins + rightWins)) / 4
    const count = leftWins + ties + rightWins
    const chances = outcomeOf(lead + effects.side, tie)
    const mean = (chances.left - chances.right) / 2
    const surprise = (leftWins - rightWins) / 2 - count * mean
    const doubt = count * ((1 - chances.tie) / 4 - mean * mean)
    for (const [item, sign] of [
      [left, 1],
      [right, -1],
    ] as const) {
      add(residual, item, sign * surprise)
      add(variance, item, doubt)
    }
  }
  // A sum of a handful of votes is not normal yet.
  const favours = [...residual]
    .filter(([item]) => variance.get(item)! >= 1)
    .sort(([a], [b]) => a - b)
    .map(([item, sum]) => ({ item, z: sum / Math.sqrt(variance.get(item)!) }))
  const withEvidenceRatio = decidedCount > 0 ? agreed / decidedCount : null
  return { decidedCount, withEvidenceRatio, z: spread > 0 ? along / Math.sqrt(spread) : 0, favours }
}

/** Strengths as they would be without these rows, by one step of Newton. */
function strengthsWithout(
  data: Comparisons,
  rows: readonly number[],
  { strength, covariance, effects }: ReturnType<typeof rankItems>,
): Float64Array {
  const size = strength.length
  const tie = effects.hasTies ? effects.tie : Number.NEGATIVE_INFINITY
  const slope = new Float64Array(size)
  for (const row of rows) {
    const [left, right] = [data.left[row]!, data.right[row]!]
    const chances = outcomeOf(strength[left]! - strength[right]! + effects.side, tie)
    const count = data.leftWins[row]! + data.ties[row]! + data.rightWins[row]!
    const byLead =
      (data.leftWins[row]! - data.rightWins[row]!) / 2 - (count * (chances.left - chances.right)) / 2
    slope[left]! += byLead
    slope[right]! -= byLead
  }
  return strength.map((own, item) => {
    let moved = 0
    for (let other = 0; other < size; other++) moved += covariance[item * size + other]! * slope[other]!
    return own - moved
  })
}
