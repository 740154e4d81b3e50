import type { CampaignTemplate } from './campaign-template.ts'
import { filmTask } from './templates/film-task.ts'
import { judgeOutcome } from './templates/judge-outcome.ts'
import { nameFailure } from './templates/name-failure.ts'
import { objectState } from './templates/object-state.ts'

/** Ready-made campaigns in the order a team meets them, in English and Arabic. */
export const campaignTemplates: readonly CampaignTemplate[] = [
  filmTask,
  judgeOutcome,
  nameFailure,
  objectState,
]
