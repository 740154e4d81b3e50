import type { JudgedTask } from '@chiron/contract'
import { goldUses } from '@chiron/core/gold'
import { isQuestion } from '@chiron/core/kinds'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may, personOf } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { advanceTask, appendEvent, spokenOf } from '../consensus/index.ts'
import { submissionsOfTask } from '../submission/index.ts'
import { judgedTaskPage, lockTask, putGold, readGold, type TaskRow } from '../task/index.ts'
import { judged } from './judged-tasks.ts'

interface Statement {
  campaignId: string
  taskId: string
  label: string
}

/**
 * A member states the answer of a question (QLT-5). An open one is settled by it; a settled one keeps its verdict, and
 * from then on its answer is known. Refuses `not-allowed` to an API key, `bad-input`, `wrong-state` where it was stopped.
 */
export async function stateAnswer(ctx: Ctx, statement: Statement): Promise<JudgedTask> {
  const { campaignId, taskId, label } = statement
  const workspaceId = workspaceOf(ctx)
  await write(ctx, async (tx) => {
    may(ctx, 'gold.state')
    personOf(ctx)
    const task = found(await lockTask(tx, { workspaceId, id: taskId }), 'question')
    const campaign = found(await readCampaign(tx, campaignId), 'campaign')
    if (task.campaign_id !== campaignId || !isQuestion(task.kind)) found(undefined, 'question')
    if (!spokenOf(campaign)?.labels.includes(label))
      refuse('bad-input', 'This label is not one of the answers offered.', { field: 'label' })
    if (task.state === 'stopped')
      refuse('wrong-state', 'This question was stopped: nobody is asked it any more.')
    const known = await readGold(tx, { workspaceId, id: taskId })
    if (known?.source === 'stated' && known.label === label) return recordNothing(tx)
    if (task.state === 'open') await settleByWord(tx, ctx, task, label)
    else await keepKnown(tx, ctx, { task, campaign, label })
    await record(tx, ctx, 'gold.state', {
      subject: { kind: 'task', id: taskId },
      taskId,
      campaignId,
      episodeId: task.episode_id,
      label,
    })
  })
  await advanceTask(ctx, taskId)
  return read(ctx, async (tx) => {
    const rows = await judgedTaskPage(tx, { workspaceId, campaignId, show: 'all', limit: 1, taskId })
    return found((await judged(tx, workspaceId, rows))[0], 'question')
  })
}

/** The flow goes on from a member's word, which makes it known too. */
function settleByWord(tx: Tx, { deps, actor }: Ctx, task: TaskRow, label: string): Promise<unknown> {
  const event = {
    kind: 'reviewed',
    id: newId(deps.clock),
    attempt: 1,
    member: actor.id,
    byAppeal: false,
    decision: 'accept',
    label,
  } as const
  return appendEvent(tx, { workspaceId: task.workspace_id, taskId: task.id }, event, deps.clock.now())
}

async function keepKnown(
  tx: Tx,
  { deps, actor }: Ctx,
  { task, campaign, label }: { task: TaskRow; campaign: CampaignRow; label: string },
): Promise<void> {
  const answers = await submissionsOfTask(tx, task.workspace_id, task.id)
  const settled = {
    task: task.id,
    label,
    probability: 1,
    answerCount: new Set(answers.map((row) => row.worker_id)).size,
    isReviewed: true,
    isContested: false,
  }
  const useMax = goldUses(settled, campaign.flow.answers?.max ?? 1)
  await putGold(tx, deps.clock, { task, label, source: 'stated', statedBy: actor.id, useMax })
}
