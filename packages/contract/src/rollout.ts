import { outcomeMeaning } from '@chiron/core/kinds'
import { z } from 'zod'
import { givenLabel } from './media.ts'
import { route } from './route.ts'
import { id, instant, page, pageQuery, sha256Hex } from './wire.ts'

const key = z.string().max(60)

export const rolloutStream = z.object({
  name: z.string(),
  kind: z.enum(['video', 'trajectory']),
  mime: z.string(),
  bytes: z.int(),
  sha256: sha256Hex,
  startMs: z.number().describe('where it begins on the rollout’s clock'),
  durationMs: z.number(),
  sampleCount: z.int(),
  columns: z.array(z.string()),
  codec: z.string().nullable(),
  fps: z.number().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
})
export type RolloutStream = z.infer<typeof rolloutStream>

export const world = z.enum(['real', 'sim'])
export const rollout = z.object({
  id,
  digest: sha256Hex,
  policyId: id,
  policyName: z.string(),
  policyVersionId: id,
  policyLabel: z.string(),
  embodimentId: id.nullable(),
  suiteId: id.nullable(),
  suiteName: z.string().nullable(),
  suiteVersion: z.int().nullable(),
  scenarioKey: z.string().nullable(),
  world,
  seed: z.int().nullable(),
  task: z.string(),
  success: z.boolean().nullable().describe('what people judged, else what was told when it came in'),
  score: z.number().nullable(),
  progress: z.number().nullable(),
  failureId: z.string().nullable(),
  isJudged: z.boolean().describe('whether `success` and `failureId` are what people judged'),
  durationMs: z.number().nullable(),
  recordedAt: instant.nullable(),
  createdAt: instant,
})
export type Rollout = z.infer<typeof rollout>
/** What people judged of a rollout, who and what it rests on, and what was told before. */
const rolloutJudgement = z.object({
  outcome: outcomeMeaning,
  termId: z.string(),
  failureId: z.string().nullable(),
  momentMs: z.number().nullable().describe('where it went wrong on the clip that was shown'),
  stream: z.string().describe('the camera that was shown'),
  probability: z.number(),
  by: z.string().describe('`consensus` or `member`'),
  campaignId: id,
  taskId: id,
  answers: z.array(givenLabel),
  told: z.object({ success: z.boolean().nullable(), failureId: z.string().nullable() }),
})
export const rolloutDetail = rollout.extend({
  judged: rolloutJudgement.nullable(),
  note: z.string(),
  source: z.record(z.string(), z.unknown()),
  streams: z.array(rolloutStream),
})
export type RolloutDetail = z.infer<typeof rolloutDetail>

export const MAX_STREAMS = 40
const streamDraft = z.object({
  name: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,79}$/),
  kind: z.enum(['video', 'trajectory']),
  uploadId: z.string().max(200),
  startMs: z.number().min(-3_600_000).max(3_600_000).default(0),
})
const simSource = z.object({
  template: key.describe('of @chiron/sim'),
  scenarioSeed: z.int().describe('what the scenario’s ranges were drawn with'),
  controller: z.object({
    kind: z.enum(['pick-place', 'balance', 'replay']),
    skill: z.number().min(0).max(1).nullable(),
  }),
})
export type SimSource = z.infer<typeof simSource>
const rolloutDraft = z.object({
  digest: sha256Hex.describe('which run it is: the same again gives the same rollout'),
  policyVersionId: id,
  embodimentId: id.nullable().default(null),
  suiteId: id.nullable().default(null),
  suiteVersion: z.int().min(1).nullable().default(null),
  scenarioKey: key.nullable().default(null),
  world,
  seed: z.int().nullable().default(null),
  task: z.string().trim().max(300).default(''),
  success: z.boolean().nullable().default(null),
  score: z.number().nullable().default(null),
  progress: z.number().min(0).max(1).nullable().default(null),
  failureId: z.string().max(100).nullable().default(null),
  note: z.string().trim().max(2000).default(''),
  recordedAt: instant.nullable().default(null),
  source: z
    .object({
      format: z.enum(['lerobot', 'mcap', 'csv', 'api', 'sim']).default('api'),
      file: z.string().max(300).optional(),
      row: z.int().optional(),
      sim: simSource.optional().describe('of a simulated run: with scenario and seed, it can be run again'),
    })
    .default({ format: 'api' }),
  streams: z.array(streamDraft).max(MAX_STREAMS).default([]),
})
export type RolloutDraft = z.input<typeof rolloutDraft>

const rolloutParams = z.object({ rolloutId: id })
export const rolloutRoutes = {
  list: route({
    method: 'GET',
    path: '/api/rollouts',
    who: 'member',
    summary: 'Rollouts, newest first.',
    query: pageQuery.omit({ search: true }).extend({
      policyId: id.optional(),
      policyVersionId: id.optional(),
      suiteId: id.optional(),
      suiteVersion: z.coerce.number().int().min(1).optional(),
      scenarioKey: key.optional(),
      world: world.optional(),
      outcome: z.enum(['success', 'failure', 'unknown']).optional(),
      failureId: z.string().max(100).optional(),
      digest: sha256Hex.optional(),
    }),
    reply: page(rollout),
  }),
  add: route({
    method: 'POST',
    path: '/api/rollouts',
    who: 'member',
    summary:
      'One rollout, whole or not at all: streams are uploads with the purpose `rollout`; videos are MP4, MOV, WebM or MKV, trajectories CSV whose first column is `time_ms`.',
    body: rolloutDraft,
    reply: rolloutDetail,
  }),
  read: route({
    method: 'GET',
    path: '/api/rollouts/:rolloutId',
    who: 'member',
    summary: 'One rollout with its streams.',
    params: rolloutParams,
    reply: rolloutDetail,
  }),
  erase: route({
    method: 'DELETE',
    path: '/api/rollouts/:rolloutId',
    who: 'member',
    summary: 'Erases a rollout: its bytes and their keys are destroyed, a tombstone stays.',
    params: rolloutParams,
    reply: z.object({ ok: z.literal(true) }),
  }),
  series: route({
    method: 'GET',
    path: '/api/rollouts/:rolloutId/streams/:name/series',
    who: 'member',
    summary: 'A trajectory for drawing: at most `points` samples, the lowest and highest of each span kept.',
    params: rolloutParams.extend({ name: z.string().max(80) }),
    query: z.object({ points: z.coerce.number().int().min(10).max(5000).default(1000) }),
    reply: z.object({
      sampleCount: z.int(),
      columns: z.array(
        z.object({
          name: z.string(),
          timesMs: z.array(z.number()),
          values: z.array(z.number().nullable()),
          min: z.number().nullable(),
          max: z.number().nullable(),
        }),
      ),
    }),
  }),
}
/** One stream as bytes; honours Range. */
export const rolloutStreamPath = (rolloutId: string, stream: string) =>
  `/api/rollouts/${rolloutId}/streams/${stream}`
