import type { WorkspaceId } from '@chiron/core/kit'
import { type Ctx, type Deps, systemCtx } from '../../platform/context.ts'
import type { JobDefinition } from '../../platform/feature.ts'
import type { RecordedJob } from '../../platform/record.ts'
import { judgeRollout } from './judge-rollout.ts'
import { openMorePairs } from './open-more-pairs.ts'
import { askAboutRollout, openMoreRollouts } from './open-more-rollouts.ts'
import { settleVote } from './settle-vote.ts'

type Run = (ctx: Ctx, job: RecordedJob) => Promise<void>

const job = (name: string, run: Run): JobDefinition => ({
  name,
  run: (deps: Deps, recorded) => run(systemCtx(deps, name, recorded.workspaceId as WorkspaceId), recorded),
})

export const jobs: readonly JobDefinition[] = [
  job('evaluation.vote', async (ctx, { subjectId, facts }) => {
    if (facts.kind !== 'compare' && facts.kind !== 'rate') return
    await settleVote(ctx, subjectId)
    if (facts.kind === 'compare') await openMorePairs(ctx, String(facts.campaignId))
    else await openMoreRollouts(ctx, String(facts.campaignId))
  }),
  job('evaluation.judge', async (ctx, { subjectId, facts }) => {
    await judgeRollout(ctx, subjectId)
    await openMoreRollouts(ctx, String(facts.campaignId))
  }),
  job('evaluation.ask', (ctx, { subjectId }) => askAboutRollout(ctx, subjectId)),
  job('evaluation.replace', async (ctx, { facts }) => {
    for (const campaignId of facts.campaignIds as string[]) {
      await openMorePairs(ctx, campaignId)
      await openMoreRollouts(ctx, campaignId)
    }
  }),
]
