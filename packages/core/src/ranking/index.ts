export type { BootstrapOptions, BootstrappedItem } from './bootstrap-ranking.ts'
export { bootstrapRanking, MAX_RANKING_BOOTSTRAPS } from './bootstrap-ranking.ts'
export type { LookPlan, PlanOrder } from './calibrate-plan.ts'
export { calibratePlan, MAX_PLANNED_LOOKS } from './calibrate-plan.ts'
export type { ClassicMethod } from './classic-scores.ts'
export { classicScores, eloScores } from './classic-scores.ts'
export type { Comparison, ComparisonCount, Comparisons, Winner } from './comparisons.ts'
export {
  comparisonsOfCounts,
  countComparisons,
  countsOf,
  groupsOf,
  MAX_RANKED_ITEMS,
  pooled,
  withComparisons,
} from './comparisons.ts'
export { differenceError } from './difference-error.ts'
export type { Effects, Variances } from './effects.ts'
export type { HostileVotes } from './hostile-votes.ts'
export { hostileVotes } from './hostile-votes.ts'
export type { KemenyOrder } from './kemeny.ts'
export { kemenyOrder } from './kemeny.ts'
export type { HeadToHead, Leaderboard, LeaderboardItem } from './leaderboard.ts'
export { boardIntervals, leaderboardOf, rankedItems } from './leaderboard.ts'
export type { NextPair } from './next-pairs.ts'
export { MAX_NEXT_PAIRS, nextPairs } from './next-pairs.ts'
export type { RaterEvidence } from './opposing-raters.ts'
export { opposingRaters } from './opposing-raters.ts'
export type { OrderDoubt } from './order-doubt.ts'
export { nextForOrder, orderDoubt, orderDoubts } from './order-doubt.ts'
export type { OrderEntry, Orders } from './orders.ts'
export { MAX_ORDERED_ITEMS, ordersOf } from './orders.ts'
export type { Outcome } from './outcome.ts'
export type { OrderedStrengths } from './plackett-luce.ts'
export { plackettLuce } from './plackett-luce.ts'
export type { PairPlan } from './plan-pairs.ts'
export { planPairs, settledPairs } from './plan-pairs.ts'
export { predictOutcome } from './predict.ts'
export type { Ranking, RankingOptions } from './rank-items.ts'
export { MAX_TASK_STRENGTHS, rankItems } from './rank-items.ts'
export type { IntervalOptions, ItemInterval, Looks, RankingIntervals } from './ranking-intervals.ts'
export { rankingIntervals } from './ranking-intervals.ts'
