import { assert } from '../kit/index.ts'

export type LabelSets = {
  /** Labels by position for each task, the most probable first; empty: abstain. */
  readonly sets: readonly (readonly number[])[]
  /** Labels whose score is below are in; at it, by the dice. */
  readonly threshold: number
  readonly goldCount: number
}

export type ConformalInput = {
  readonly posteriors: Float64Array
  readonly labelCount: number
  readonly gold: Int32Array
  /** The share of tasks whose set must hold the true label, 0 < coverageRatio < 1. */
  readonly coverageRatio: number
  /** One number in [0, 1) per task, thrown once: they break ties, so that coverage is exact. */
  readonly dice: Float64Array
}

/**
 * Split conformal prediction (Vovk; Sadinle, Lei and Wasserman, JASA 2019), smoothed: sets of labels that hold
 * the true one for `coverageRatio` of tasks, whatever the model, if gold was chosen at random. A task where no
 * label is likely enough gets an empty set: the crowd does not know. Gold must not have taught the posteriors
 * of its own tasks.
 */
export function conformalSets(input: ConformalInput): LabelSets {
  const { posteriors, labelCount, gold, coverageRatio, dice } = input
  assert(coverageRatio > 0 && coverageRatio < 1, 'coverage lies between 0 and 1')
  assert(dice.length === gold.length, 'one throw per task')
  const scores: { score: number; throwAt: number }[] = []
  for (let task = 0; task < gold.length; task++) {
    if (gold[task]! < 0) continue
    scores.push({ score: 1 - posteriors[task * labelCount + gold[task]!]!, throwAt: dice[task]! })
  }
  scores.sort((a, b) => a.score - b.score || a.throwAt - b.throwAt)
  // The exact rank lies between two whole ones: one more throw, made of all, chooses.
  const extra = dice.reduce((sum, each) => sum + each, 0) % 1
  const rank = Math.floor((scores.length + 1) * coverageRatio + extra)
  const none = { score: Number.NEGATIVE_INFINITY, throwAt: 0 }
  const limit = rank < 1 ? none : (scores[rank - 1] ?? { score: Number.POSITIVE_INFINITY, throwAt: 1 })
  const sets = Array.from(gold, (_, task) => {
    const row = [...posteriors.subarray(task * labelCount, (task + 1) * labelCount)]
    const inside = row.flatMap((share, label) => {
      const score = 1 - share
      const isIn = score < limit.score || (score === limit.score && dice[task]! <= limit.throwAt)
      return isIn ? [label] : []
    })
    return inside.sort((a, b) => row[b]! - row[a]! || a - b)
  })
  return { sets, threshold: limit.score, goldCount: scores.length }
}
