import { z } from 'zod'
import { campaign } from './campaign.ts'
import { world } from './rollout.ts'
import { route } from './route.ts'
import { id } from './wire.ts'

const failureCluster = z.object({
  failureId: z.string().nullable().describe('null: no reason was told'),
  factor: z.string(),
  factorLevel: z.string(),
  failureCount: z.int().describe('runs that failed so at this level'),
  rolloutCount: z.int().describe('runs at this level whose outcome is known'),
  exampleIds: z.array(id).describe('rollouts to look at, the newest first'),
})
export type FailureClusterShown = z.infer<typeof failureCluster>

const of = { policyVersionId: id, world: world.default('real') }
const params = z.object({ suiteId: id, version: z.coerce.number().int().min(1) })

export const failureRoutes = {
  clusters: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version/failures',
    who: 'member',
    summary: 'Where a policy version fails and why: failure reasons by level of each factor.',
    params,
    query: z.object(of),
    reply: z.object({
      failureCount: z.int().describe('failed runs that were looked at: the newest 2000'),
      items: z
        .array(failureCluster)
        .describe('those that stand out most from what the level’s share of runs would give first'),
    }),
  }),
  draft: route({
    method: 'POST',
    path: '/api/suites/:suiteId/versions/:version/failures/draft',
    who: 'member',
    summary:
      'Drafts the film campaign that would collect the cases of a failure; like the last film campaign, and published by nobody but a manager.',
    params,
    body: z.object({
      ...of,
      failureId: z.string().max(100).nullable().default(null),
      factor: z.string().max(60),
      factorLevel: z.string().max(60),
    }),
    reply: z.object({ campaignId: campaign.shape.id, quota: z.int() }),
  }),
}
