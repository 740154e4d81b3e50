import { DEFAULT_GOLD, type GoldRule, type GoldUse } from './gold-item.ts'

/** Workers of at least this accuracy answer an item that is right. */
const USUAL_ACCURACY = 0.7
const FALSE_ALARM_RATIO = 0.01

export type GoldState = 'in-use' | 'spent' | 'doubtful'

/**
 * What may be done with an item: `doubtful` when it was answered otherwise so often that it is more likely
 * wrong itself (binomial test against workers who are right seven times in ten); `spent` when used up.
 */
export function goldState(use: GoldUse | undefined, rule: GoldRule = DEFAULT_GOLD): GoldState {
  if (!use) return 'in-use'
  if (chanceOfSoManyWrong(use.answerCount, use.wrongCount) < FALSE_ALARM_RATIO / rule.maxUses)
    return 'doubtful'
  return use.useCount >= rule.maxUses ? 'spent' : 'in-use'
}

/** The chance of at least `wrong` of `count`, each with chance 1 − USUAL_ACCURACY. */
function chanceOfSoManyWrong(count: number, wrong: number): number {
  if (wrong === 0) return 1
  let chance = 0
  let logWays = 0
  for (let each = 0; each <= count; each++) {
    if (each > 0) logWays += Math.log((count - each + 1) / each)
    const logChance =
      logWays + each * Math.log(1 - USUAL_ACCURACY) + (count - each) * Math.log(USUAL_ACCURACY)
    if (each >= wrong) chance += Math.exp(logChance)
  }
  return chance
}
