import type { CampaignTemplate } from './campaign-template.ts'
import { compareRobots } from './templates/compare-robots.ts'
import { correctHands } from './templates/correct-hands.ts'
import { filmTask } from './templates/film-task.ts'
import { judgeOutcome } from './templates/judge-outcome.ts'
import { judgeRollouts } from './templates/judge-rollouts.ts'
import { nameFailure } from './templates/name-failure.ts'
import { objectState } from './templates/object-state.ts'
import { rateRollouts } from './templates/rate-rollouts.ts'

/** Ready-made campaigns in the order a team meets them, in English and Arabic. */
export const campaignTemplates: readonly CampaignTemplate[] = [
  filmTask,
  judgeOutcome,
  nameFailure,
  objectState,
  correctHands,
  compareRobots,
  judgeRollouts,
  rateRollouts,
]
