import { z } from 'zod'
import { route } from './route.ts'
import { id } from './wire.ts'

const interval = z.object({ low: z.number(), high: z.number(), level: z.number() })
const figure = z.object({ value: z.number().nullable(), interval: interval.nullable() })
const worldSuccess = z.object({
  rate: z.number().describe('of success, each scenario weighing the same'),
  rank: z.number().describe('1 is the best; equals share the mean of theirs'),
  rolloutCount: z.int(),
  namedFailureCount: z.int(),
})

const trust = z.object({
  scenarioKeys: z.array(z.string()),
  score: z
    .number()
    .nullable()
    .describe('0 to 1, the weaker of both agreements; null where one of them cannot be counted'),
  interval: interval.describe('of the score; what cannot be counted may be anything'),
  verdict: z
    .enum(['agrees', 'disagrees', 'too-little'])
    .describe('surely more than half-way, surely less, or too little evidence to say'),
  ranks: z.object({
    spearman: figure,
    pearson: figure,
    mmrv: figure.describe('mean maximum rank violation, in rates of success; 0 is best'),
  }),
  chance: z.number().nullable().describe('share of all orders of these policies that would agree as well'),
  failures: figure.describe('overlap of the reasons to fail, 0 to 1, over policies'),
  policies: z
    .array(
      z.object({
        policyId: id,
        policyName: z.string(),
        policyVersionId: id,
        policyLabel: z.string(),
        scenarioCount: z.int().describe('run in both worlds: they alone count'),
        sim: worldSuccess,
        real: worldSuccess,
        overlap: z.number().nullable().describe('of its reasons to fail in both worlds'),
        reasons: z.array(z.object({ failureId: z.string(), sim: z.int(), real: z.int() })),
      }),
    )
    .describe('the best in reality first'),
  gaps: z
    .array(
      z.object({
        what: z.enum(['sim', 'real', 'shared', 'policies', 'failures', 'rollouts']),
        have: z.int(),
        need: z.int().describe('0: more, how many cannot be said beforehand'),
      }),
    )
    .describe('what keeps more from being said'),
})
export type Trust = z.infer<typeof trust>

export const simTrustReport = z.object({
  suiteId: id,
  suiteName: z.string(),
  suiteVersion: z.int(),
  whole: trust,
  tasks: z
    .array(trust.extend({ instruction: z.record(z.string(), z.string()) }))
    .describe('scenarios of one instruction together'),
})
export type SimTrustReport = z.infer<typeof simTrustReport>

export const simTrustRoutes = {
  read: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version/sim-trust',
    who: 'member',
    summary:
      'How far simulated rollouts may be trusted to tell what real ones would: agreement of ranks and of reasons to fail.',
    params: z.object({ suiteId: id, version: z.coerce.number().int().min(1) }),
    reply: simTrustReport,
  }),
}
