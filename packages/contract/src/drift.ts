import { z } from 'zod'
import { route } from './route.ts'
import { done, id, instant } from './wire.ts'

const share = z
  .object({ value: z.number(), low: z.number(), high: z.number(), n: z.int() })
  .describe('a share with its 95% interval (Wilson)')

const series = z.enum(['success', 'scenarios', 'votes', 'pace', 'brightness', 'frame-rate'])
const matter = z.enum(['policy', 'tasks', 'raters', 'capture'])

const about = z
  .object({
    policyVersionId: id.nullable(),
    policyId: id.nullable(),
    policyName: z.string().nullable(),
    policyLabel: z.string().nullable(),
    suiteId: id.nullable(),
    suiteName: z.string().nullable(),
    suiteVersion: z.int().nullable(),
    world: z.enum(['real', 'sim']).nullable(),
    campaignId: id.nullable(),
    campaignTitle: z.record(z.string(), z.string()).nullable(),
  })
  .describe('what the series is of; null where it is not')

const driftWatch = z.object({
  id,
  series,
  matter,
  about,
  phase: z.enum(['gathering', 'watching', 'rang']),
  gatheredCount: z.int().describe('set aside so far; watching begins at `neededCount`'),
  neededCount: z.int(),
  beganAt: instant.describe('since when it is compared with what it is compared with'),
  changedAt: instant,
  evidence: z
    .array(z.number())
    .describe(
      'natural logarithm of the evidence against “nothing changed”, after each block; an alarm at `alarmAt`',
    ),
  alarmAt: z.number(),
  categories: z
    .array(z.object({ name: z.string(), before: share.nullable(), after: share.nullable() }))
    .describe('values, or bins of a measure; pace in seconds'),
})
export type DriftWatchShown = z.infer<typeof driftWatch>

const driftAlarm = z.object({
  id,
  watchId: id,
  series,
  matter,
  about,
  raisedAt: instant,
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  beforeCount: z.int(),
  afterCount: z.int(),
  logEvidence: z.number(),
  moved: z
    .array(z.object({ category: z.string(), before: share, after: share, weight: z.number() }))
    .describe(
      'what changed, the category that says most first; `weight`: its part of what tells the two apart',
    ),
  focus: z.string().describe('the category that grew most: `where` and `examples` are about it'),
  where: z
    .array(
      z.object({
        what: z.string().describe('a factor, `scenario`, `policy`, `rater`, `worker` or `device`'),
        cohorts: z.array(
          z.object({
            cohort: z.string(),
            name: z.string().nullable().describe('of a person or a policy'),
            before: share.nullable(),
            after: share.nullable(),
            partBefore: z.number(),
            partAfter: z.number(),
            byRate: z.number().describe('adds to the change as it became another itself'),
            byMix: z.number().describe('adds to the change as there is more or less of it'),
          }),
        ),
      }),
    )
    .describe('where it moved'),
  examples: z.object({
    kind: z.enum(['rollout', 'episode', 'answer']),
    before: z.array(id),
    after: z.array(id),
  }),
})
export type DriftAlarmShown = z.infer<typeof driftAlarm>

export const drift = z.object({
  alpha: z.number().describe('chance that one watch rings although nothing changed, however often one looks'),
  watchCount: z.int(),
  openAlarmCount: z.int(),
  watches: z.array(driftWatch).describe('those that changed last first'),
  alarms: z.array(driftAlarm).describe('the newest first'),
})
export type Drift = z.infer<typeof drift>

export const driftRoutes = {
  read: route({
    method: 'GET',
    path: '/api/drift',
    who: 'member',
    summary: 'What is watched for drift, and the alarms with what moved.',
    reply: drift,
  }),
  count: route({
    method: 'GET',
    path: '/api/drift/alarms',
    who: 'member',
    summary: 'How many alarms nobody has acknowledged.',
    reply: z.object({ openAlarmCount: z.int() }),
  }),
  acknowledge: route({
    method: 'POST',
    path: '/api/drift/alarms/:alarmId/acknowledge',
    who: 'member',
    summary: 'Says that an alarm was seen: the series is compared with what comes from now on.',
    params: z.object({ alarmId: id }),
    reply: done,
  }),
}
