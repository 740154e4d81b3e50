import { z } from 'zod'
import { world } from './rollout.ts'
import { route } from './route.ts'
import { done, id, instant, page, pageQuery } from './wire.ts'

export const MAX_TRIALS = 1_000_000
const count = z.int().min(0).max(MAX_TRIALS)
const task = z.string().trim().min(1).max(200)

export const deployment = z.object({
  id,
  clientId: z.string(),
  policyId: id,
  policyName: z.string(),
  policyVersionId: id,
  policyLabel: z.string(),
  task: z.string(),
  place: z.string(),
  happenedAt: instant,
  successCount: z.int(),
  failureCount: z.int(),
  failureId: z.string().nullable(),
  note: z.string(),
  createdAt: instant,
})
export type Deployment = z.infer<typeof deployment>

const deploymentDraft = z.object({
  clientId: z.string().trim().min(1).max(200).describe('which report it is: the same again changes nothing'),
  policyVersionId: id,
  task: task.describe('what the robot was to do'),
  place: z.string().trim().max(200).default('').describe('where: a site, a line, a kitchen'),
  happenedAt: instant.describe('when it was run; of many runs together, when the last ended'),
  successCount: count,
  failureCount: count,
  failureId: z
    .string()
    .regex(/^[a-z][a-z0-9.-]{0,99}$/)
    .nullable()
    .default(null)
    .describe('why those failed: a failure reason, e.g. `failure.dropped`; of several, a report each'),
  note: z.string().trim().max(2000).default(''),
})
export type DeploymentDraft = z.input<typeof deploymentDraft>

export const deploymentRoutes = {
  list: route({
    method: 'GET',
    path: '/api/deployments',
    who: 'member',
    summary: 'Reports of how policy versions did in use, newest first.',
    query: pageQuery.omit({ search: true }).extend({ policyVersionId: id.optional() }),
    reply: page(deployment),
  }),
  add: route({
    method: 'POST',
    path: '/api/deployments',
    who: 'member',
    summary: 'How a policy version did in use: one run, or many counted together.',
    body: deploymentDraft,
    reply: deployment,
  }),
  retract: route({
    method: 'DELETE',
    path: '/api/deployments/:deploymentId',
    who: 'member',
    summary: 'Takes a report back that was wrong: it leaves every list and count.',
    params: z.object({ deploymentId: id }),
    reply: done,
  }),
}

const share = z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.int() })
const figure = z.object({
  value: z.number().nullable().describe('null: fewer than three versions, or all alike'),
  interval: z
    .object({ low: z.number(), high: z.number() })
    .nullable()
    .describe('95%, by what few trials allow'),
})
const power = z.object({
  policyCount: z.int(),
  pearson: figure.describe('−1 to 1'),
  spearman: figure.describe('−1 to 1'),
  mmrv: figure.describe('mean maximum rank violation, in shares of success; 0 is best'),
})

export const validity = power.extend({
  suiteId: id,
  suiteName: z.string(),
  suiteVersion: z.int(),
  world,
  by: z.enum(['success', 'strength']),
  task: z.string().nullable(),
  tasks: z.array(z.string()).describe('those that reports name'),
  items: z
    .array(
      z.object({
        policyId: id,
        policyName: z.string(),
        policyVersionId: id,
        policyLabel: z.string(),
        benchmark: share.describe('success of rollouts, or strength in log-odds; n: rollouts, or votes'),
        inUse: share.describe('of deployments'),
      }),
    )
    .describe('versions that were both measured and used, the best in the benchmark first'),
  onlyMeasuredCount: z.int().describe('versions on the benchmark that nobody reported from use'),
  onlyUsedCount: z.int().describe('versions in use that the benchmark has not measured'),
  overTime: z
    .array(power.extend({ from: instant, until: instant, trialCount: z.int() }))
    .describe('the benchmark as it is now against each period’s use, the oldest first'),
})
export type Validity = z.infer<typeof validity>

export const validityRoutes = {
  read: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version/validity',
    who: 'member',
    summary: 'Whether this benchmark foretells how policy versions do in use.',
    params: z.object({ suiteId: id, version: z.coerce.number().int().min(1) }),
    query: z.object({
      world: world.default('real'),
      by: z
        .enum(['success', 'strength'])
        .default('success')
        .describe('what of the benchmark is held against use: success of rollouts, or strength by votes'),
      task: task.optional().describe('reports of this task alone'),
      period: z.enum(['week', 'month', 'quarter']).default('month'),
    }),
    reply: validity,
  }),
}
