import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { tidy } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { readTask } from '../task/index.ts'
import { advanceTask } from './advance-task.ts'
import { spokenOf } from './spoken-answers.ts'
import type { NewVerdict } from './store.ts'
import { type News, weighAnswers } from './weigh-answers.ts'
import { type Weighed, weighPoints } from './weigh-points.ts'

/**
 * Weighs the answers of a task (`auto` over the whole campaign, kept between answers: core/crowd), and tells it, and
 * whichever tasks a full fit found waiting, the best label so far. Repeatable.
 */
export async function reachConsensus(ctx: Ctx, taskId: string): Promise<void> {
  const now = ctx.deps.clock.now()
  const news = await tidy(ctx, async (tx) => {
    const task = await readTask(tx, { workspaceId: workspaceOf(ctx), id: taskId })
    const campaign = task && (await readCampaign(tx, task.campaign_id))
    const spoken = campaign && spokenOf(campaign)
    if (!spoken) return []
    if (campaign.kind === 'keypoints') return weighPoints(tx, { campaign, task })
    const weighed = await weighAnswers(tx, { campaign, spoken, taskId, now })
    return weighed.map((each) => newsOf(campaign.id, each))
  })
  for (const each of news) await tell(ctx, each)
}

function newsOf(campaignId: string, { taskId, reading, answerCount, sureAt, knownCount }: News): Weighed {
  const { label, probability, sureness, posterior, pushes } = reading
  const verdict: NewVerdict = {
    campaignId,
    label,
    probability,
    settledBy: 'consensus',
    posterior,
    restsOn: { answerCount, submissionIds: [], leading: label, sureness, sureAt, knownCount, pushes },
  }
  return { taskId, verdict }
}

async function tell(ctx: Ctx, { taskId, verdict }: Weighed): Promise<void> {
  const { label, probability, restsOn } = verdict
  const { answerCount, sureness, sureAt } = restsOn
  const id = newId(ctx.deps.clock)
  const event = {
    kind: 'consensus',
    id,
    attempt: 1,
    answerCount,
    label,
    probability,
    sureness,
    sureAt,
  } as const
  await advanceTask(ctx, taskId, { event, verdict })
}
