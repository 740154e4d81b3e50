import { z } from 'zod'
import { assert, seededRandom } from '../kit/index.ts'
import { mayServe } from './choose-gold.ts'
import { DEFAULT_GOLD, type GoldRule, type SettledTask } from './gold-item.ts'

/** Above this, gold is paid more than it tells. */
export const MAX_GOLD_RATIO = 0.3
/** One answer in twenty: enough to weigh workers against a crowd of copiers. */
export const DEFAULT_GOLD_RATIO = 0.05

/** The share of a question's answers that are gold, 0 for none. */
export const goldRatioSchema = z.number().min(0).max(MAX_GOLD_RATIO)

/**
 * Whether a worker who would now get the task of `seed` gets gold in its place: `planGold` without a list of items, for
 * whoever finds them in a database. `seed`: one text per task that workers cannot know.
 */
export function isGoldTurn(of: { seed: string; worker: string; ratio: number }): boolean {
  return seededRandom(`gold turn ${of.seed} ${of.worker}`).next() < of.ratio
}

/**
 * To how many workers a settled question may be asked again as gold: 0 where it may not serve, else as many as the flow
 * could have asked beyond those it did (one, where it asked all), so that who compares notes counts nothing unusual.
 */
export function goldUses(settled: SettledTask, answersMax: number, rule: GoldRule = DEFAULT_GOLD): number {
  if (!mayServe(settled, rule)) return 0
  return Math.min(rule.maxUses, Math.max(1, answersMax - settled.answerCount))
}

/** Gold answers to expect beside `answerCount` regular ones. */
export function goldAnswerCount(answerCount: number, ratio: number): number {
  assert(ratio >= 0 && ratio <= MAX_GOLD_RATIO, 'a share of gold within its limits')
  // Counted in millionths: 0.05 / 0.95 of 19 is 1 and not a little more.
  const millionths = Math.round(ratio * 1_000_000)
  return Math.ceil((answerCount * millionths) / (1_000_000 - millionths))
}
