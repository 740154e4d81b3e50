import { chooseAnswerSchema, judgedOutcome, outcomeConfigSchema } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, type Tx, write } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { type Foundation, readVerdict } from '../consensus/index.ts'
import { submissionsOfTask } from '../submission/index.ts'
import { readAsked } from '../task/index.ts'
import { lockRollout, type RolloutRow, updateJudgement } from './rollout-store.ts'
import { countRollout } from './rollout-tally-store.ts'

/**
 * A verdict about a rollout has come: it becomes the rollout's outcome and moves every count by it, in one
 * transaction. What was told when the rollout came in stays beside. Repeatable: a verdict is counted once.
 */
export function judgeRollout(ctx: Ctx, taskId: string): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'rollout.judge')
    const workspaceId = workspaceOf(ctx)
    const asked = await readAsked(tx, { workspaceId, id: taskId })
    const before = asked && (await lockRollout(tx, workspaceId, asked.rollout_id))
    const judged = asked && (await judgementOf(tx, workspaceId, taskId))
    if (!before || before.erased_at !== null || !judged || isSame(before, judged)) return recordNothing(tx)
    const wasJudged = before.judged_outcome !== null
    const told = wasJudged ? before.told_success : before.success
    const isNews = told === null && judged.success !== null
    const after = await updateJudgement(
      tx,
      { workspaceId, id: before.id },
      {
        ...judged,
        told_success: told,
        told_failure_id: wasJudged ? before.told_failure_id : before.failure_id,
        judged_at: before.judged_at ?? (isNews ? ctx.deps.clock.now() : null),
      },
    )
    await countRollout(tx, before, -1)
    await countRollout(tx, after, 1)
    await record(tx, ctx, 'rollout.judge', {
      subject: { kind: 'rollout', id: before.id },
      taskId,
      policyVersionId: before.policy_version_id,
      outcome: judged.judged_outcome,
      failureId: judged.failure_id,
      by: judged.judged_by,
    })
  })
}

async function judgementOf(tx: Tx, workspaceId: string, taskId: string) {
  const verdict = await readVerdict(tx, { workspaceId, taskId })
  const campaign = verdict && (await readCampaign(tx, verdict.campaign_id))
  if (!verdict || campaign?.kind !== 'outcome') return undefined
  const rests = new Set((verdict.rests_on as unknown as Foundation).submissionIds)
  const answers = (await submissionsOfTask(tx, workspaceId, taskId))
    .filter(({ id }) => rests.has(id))
    .map(({ answer }) => chooseAnswerSchema.parse(answer))
  const config = outcomeConfigSchema.parse(campaign.config)
  const { termId, outcome, failureId, momentMs } = judgedOutcome(config, { termId: verdict.label, answers })
  return {
    success: outcome === 'unclear' ? null : outcome === 'success',
    failure_id: failureId,
    judged_outcome: outcome,
    judged_term_id: termId,
    judged_moment_ms: momentMs,
    judged_probability: verdict.probability,
    judged_by: verdict.settled_by,
    judged_task_id: taskId,
  }
}

const isSame = (row: RolloutRow, judged: Partial<RolloutRow>): boolean =>
  Object.entries(judged).every(([column, value]) => row[column as keyof RolloutRow] === value)
