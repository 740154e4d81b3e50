export { chooseGold } from './choose-gold.ts'
export type { GoldItem, GoldRule, GoldUse, SettledTask } from './gold-item.ts'
export { DEFAULT_GOLD } from './gold-item.ts'
export type { GoldState } from './gold-state.ts'
export { goldState } from './gold-state.ts'
export {
  DEFAULT_GOLD_RATIO,
  goldAnswerCount,
  goldRatioSchema,
  goldUses,
  isGoldTurn,
  MAX_GOLD_RATIO,
} from './mix-gold.ts'
export type { GoldPlanInput } from './plan-gold.ts'
export { planGold } from './plan-gold.ts'
export type { GoldVariation } from './vary-gold.ts'
export { varyGold } from './vary-gold.ts'
