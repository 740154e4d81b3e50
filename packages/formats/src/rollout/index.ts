export type { FoundRollout, RolloutResult } from './found-rollout.ts'
export { lerobotRollouts } from './read-lerobot.ts'
export { manifestRollouts } from './read-manifest.ts'
export { mcapRollout } from './read-mcap.ts'
