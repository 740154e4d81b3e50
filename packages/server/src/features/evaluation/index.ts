import type { WorkspaceId } from '@chiron/core/kit'
import { systemCtx } from '../../platform/context.ts'
import type { Feature } from '../../platform/feature.ts'
import { openMorePairs } from './open-more-pairs.ts'
import { routes } from './routes.ts'
import { settleVote } from './settle-vote.ts'

export { comparisonFaults } from './comparison-faults.ts'
export { openPairs } from './open-pairs.ts'

export const evaluation: Feature = {
  name: 'evaluation',
  permissions: {
    'evaluation.read': ['manager', 'reviewer', 'auditor'],
    'policy.create': ['manager'],
    'policy.add-version': ['manager'],
    'embodiment.create': ['manager'],
    'suite.create': ['manager'],
    'suite.change': ['manager'],
    'suite.freeze': ['manager'],
    'rollout.add': ['manager'],
    'rollout.read': ['manager', 'reviewer', 'auditor'],
    'rollout.erase': ['manager'],
    'comparison.open': ['system'],
  },
  routes,
  jobs: [
    {
      name: 'evaluation.vote',
      run: async (deps, { workspaceId, subjectId, facts }) => {
        const ctx = systemCtx(deps, 'evaluation.vote', workspaceId as WorkspaceId)
        if (facts.kind !== 'compare') return
        await settleVote(ctx, subjectId)
        await openMorePairs(ctx, String(facts.campaignId))
      },
    },
    {
      name: 'evaluation.replace-pairs',
      run: async (deps, { workspaceId, facts }) => {
        const ctx = systemCtx(deps, 'evaluation.replace-pairs', workspaceId as WorkspaceId)
        for (const campaignId of facts.campaignIds as string[]) await openMorePairs(ctx, campaignId)
      },
    },
  ],
  on: { 'submission.submit': ['evaluation.vote'], 'rollout.erase': ['evaluation.replace-pairs'] },
}
