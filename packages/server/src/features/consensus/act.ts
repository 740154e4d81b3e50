import { nextStep, type Step } from '@chiron/core/flow'
import { isQuestion, kinds } from '@chiron/core/kinds'
import { assert } from '@chiron/core/kit'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { type SubmissionRow, submissionsOfTask } from '../submission/index.ts'
import type { TaskRow } from '../task/index.ts'
import { actOnQuestion } from './act-on-question.ts'
import { actOnTake } from './act-on-take.ts'
import { eventsOf, type KeptEvent } from './store.ts'

/** What was done, for the one record of the transaction. */
export interface Deed {
  action: string
  facts: { subject: { kind: string; id: string }; [fact: string]: unknown }
}

/** Everything an act needs to know about its task, read under the task's lock. */
export interface Situation {
  task: TaskRow
  campaign: CampaignRow
  events: readonly KeptEvent[]
  /** Oldest first. */
  submissions: readonly SubmissionRow[]
  step: Step
}

/** Takes the next step of a locked task; undefined when there is nothing (more) to do. */
export async function act(tx: Tx, ctx: Ctx, task: TaskRow): Promise<Deed | undefined> {
  const { workspace_id: workspaceId, id: taskId } = task
  const campaign = await readCampaign(tx, task.campaign_id)
  assert(campaign, 'a task has its campaign')
  const events = await eventsOf(tx, { workspaceId, taskId })
  const submissions = await submissionsOfTask(tx, workspaceId, taskId)
  const step = nextStep(campaign.flow, events, task.seed)
  const situation = { task, campaign, events, submissions, step }
  // An answer that is only counted is settled by itself: nothing is weighed, nothing returned.
  if (kinds[campaign.kind].settles === 'count') return undefined
  return isQuestion(campaign.kind) ? actOnQuestion(tx, ctx, situation) : actOnTake(tx, ctx, situation)
}
