import { knownRatingsSchema } from '@chiron/core/kinds'
import { z } from 'zod'
import { route } from './route.ts'
import { id, instant } from './wire.ts'

const share = z
  .object({ value: z.number(), low: z.number(), high: z.number(), n: z.int() })
  .describe('a share with its 95% interval (Wilson)')

const comparedWorld = z
  .enum(['real', 'sim', 'both'])
  .describe('`both` also counts pairs whose two sides were of different worlds')

const leaderboardItem = z.object({
  rank: z.int().describe('1 is the best'),
  bestRank: z.int().describe('the best rank that the votes leave open, by intervals that hold at all times'),
  worstRank: z.int(),
  policyId: id,
  policyName: z.string(),
  policyVersionId: id,
  policyLabel: z.string(),
  strength: z.number().describe('log-odds against an even opponent, mean 0'),
  standardError: z.number(),
  low: z.number(),
  high: z.number(),
  group: z.int().describe('between groups that never met nothing says who is better'),
  voteCount: z.int(),
  winCount: z.int(),
  tieCount: z.int().describe('with those where both were bad'),
  lossCount: z.int(),
  success: share
    .nullable()
    .describe('of rollouts with a known outcome: what people judged, else what was told'),
  rolloutCount: z.int(),
  judgedCount: z.int().describe('of them, those whose outcome people judged'),
  failures: z
    .array(z.object({ failureId: z.string(), rolloutCount: z.int() }))
    .describe('failed rollouts by the reason that is named, the most first'),
  ratings: z
    .array(
      z.object({
        scaleId: z.string().describe('a term of the ontology'),
        value: z.number().describe('mean over rollouts, 1 to 5; a rollout is a robust mean of its ratings'),
        low: z.number().nullable().describe('95% (Student), over rollouts; null for one alone'),
        high: z.number().nullable(),
        n: z.int().describe('rollouts'),
        ratingCount: z.int(),
      }),
    )
    .describe('how people rated its rollouts, scale by scale'),
  progressMean: z.number().nullable().describe('as raters saw it, 0 to 100'),
  progressCount: z.int(),
})

const pair = z.object({ policyVersionId: id, againstId: id })

export const leaderboard = z.object({
  suiteId: id,
  suiteName: z.string(),
  suiteVersion: z.int(),
  world: comparedWorld,
  factor: z.string().nullable(),
  factorLevel: z.string().nullable(),
  confidence: z.number().describe('chance that all intervals hold, at all times at once'),
  voteCount: z.int(),
  tieRatio: z.number().nullable(),
  bothBadCount: z.int(),
  excludedRaterCount: z.int().describe('raters left out, with `raters=trusted`'),
  sideLogOdds: z.number().describe('how much raters favour whatever stands left'),
  changedAt: instant.nullable().describe('of the last vote'),
  items: z.array(leaderboardItem).describe('the best first'),
  headToHead: z
    .array(
      pair.extend({
        winCount: z.int(),
        tieCount: z.int(),
        lossCount: z.int(),
        expectedWin: z.number().describe('by the strengths, sides left out'),
        expectedTie: z.number(),
        expectedLoss: z.number(),
      }),
    )
    .describe('each two that met once, the better ranked first'),
  settled: z.object({
    best: z.boolean().describe('no other may be the best'),
    order: z.boolean().describe('every rank is certain'),
    openPairCount: z.int(),
    statement: z.string().describe('the same in words'),
  }),
  hostile: z
    .array(
      z.object({
        policyVersionId: id,
        aboveId: id,
        voteCount: z.int().nullable().describe('null: not even ten times all votes so far'),
        winnerId: id,
        loserId: id,
      }),
    )
    .describe('the fewest made-up votes that lift a version over the next better one'),
  next: z
    .array(z.object({ leftId: id, rightId: id, gain: z.number() }))
    .describe('who to compare next, the most telling first'),
  byFactor: z
    .array(
      z.object({
        factor: z.string(),
        factorLevel: z.string(),
        policyVersionId: id,
        success: share.nullable(),
        rolloutCount: z.int(),
        judgedCount: z.int(),
      }),
    )
    .describe('outcomes of rollouts per level of each factor'),
})
export type Leaderboard = z.infer<typeof leaderboard>

export const leaderboardRoutes = {
  stateGoldPair: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/gold-pairs',
    who: 'member',
    summary:
      'State which of two rollouts of one scenario is clearly better: the pair tells how well raters see, and counts for no policy.',
    params: z.object({ campaignId: id }),
    body: z.object({ betterRolloutId: id, worseRolloutId: id }),
    reply: z.object({ taskId: id }),
  }),
  stateGoldRating: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/gold-ratings',
    who: 'member',
    summary:
      'State how a rollout is to be rated: it tells how far off raters are, and counts for no policy. Nobody is asked about it otherwise.',
    params: z.object({ campaignId: id }),
    body: z.object({
      rolloutId: id,
      ratings: knownRatingsSchema.describe('scale → 1 to 5; at least one of the campaign’s scales'),
    }),
    reply: z.object({ taskId: id }),
  }),
  knownRatings: route({
    method: 'GET',
    path: '/api/campaigns/:campaignId/gold-ratings',
    who: 'member',
    summary: 'How far raters of a campaign lie from known ratings, by pseudonym, the furthest off first.',
    params: z.object({ campaignId: id }),
    reply: z.object({
      askedCount: z.int().describe('rollouts with known ratings that are in turn'),
      items: z.array(
        z.object({
          workerId: id,
          pseudonym: z.string(),
          knownCount: z.int().describe('ratings of rollouts whose rating is known; each scale counts'),
          knownNearCount: z.int().describe('of them, those at most one point off'),
          distance: z
            .object({
              value: z.number(),
              low: z.number().nullable(),
              high: z.number().nullable(),
              n: z.int(),
            })
            .describe('points off on average, 0 to 4, with its 95% interval (Student); null for one alone'),
          failsKnown: z
            .boolean()
            .describe('near less often than half, beyond chance: left out with `raters=trusted`'),
        }),
      ),
    }),
  }),
  read: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version/leaderboard',
    who: 'member',
    summary: 'Which policy version is better by blind votes, how sure, and whom to compare next.',
    params: z.object({ suiteId: id, version: z.coerce.number().int().min(1) }),
    query: z.object({
      world: comparedWorld.default('real'),
      factor: z.string().max(60).optional().describe('with `factorLevel`: scenarios of that level alone'),
      factorLevel: z.string().max(60).optional(),
      raters: z
        .enum(['all', 'trusted'])
        .default('all')
        .describe(
          '`trusted`: without those who vote against the others, or against known pairs, beyond chance, and ratings without those who are far from known ones; not with a factor',
        ),
      confidence: z.coerce.number().min(0.5).max(0.999).default(0.95),
    }),
    reply: leaderboard,
  }),
  ratingAgreement: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version/leaderboard/rating-agreement',
    who: 'member',
    summary: 'How far those who rated the same rollouts agree, scale by scale.',
    params: z.object({ suiteId: id, version: z.coerce.number().int().min(1) }),
    query: z.object({ world: comparedWorld.default('real') }),
    reply: z.object({
      items: z.array(
        z.object({
          scaleId: z.string().describe('a term of the ontology'),
          alpha: z
            .number()
            .nullable()
            .describe('Krippendorff’s, of grades: 1 agree fully, 0 as by chance; null where it says nothing'),
          low: z.number().nullable().describe('95%, by drawing rollouts again'),
          high: z.number().nullable(),
          rolloutCount: z.int().describe('the newest that two or more rated'),
          ratingCount: z.int(),
        }),
      ),
    }),
  }),
  raters: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version/leaderboard/raters',
    who: 'member',
    summary: 'Who voted, by pseudonym, and who votes against what all others hold beyond chance.',
    params: z.object({ suiteId: id, version: z.coerce.number().int().min(1) }),
    query: z.object({ world: comparedWorld.default('real') }),
    reply: z.object({
      falseAlarm: z.number().describe('chance that anybody at all is named where nobody opposes'),
      items: z
        .array(
          z.object({
            workerId: id,
            pseudonym: z.string(),
            voteCount: z.int(),
            decidedCount: z.int().describe('votes that named a winner'),
            withEvidenceRatio: z.number().nullable().describe('of those, the share with the others'),
            z: z.number().describe('standard errors from throwing a coin; far below 0: against the evidence'),
            isAgainst: z.boolean(),
            knownCount: z.int().describe('pairs answered whose winner a member has stated'),
            knownRightCount: z.int(),
            failsKnown: z
              .boolean()
              .describe('right about known pairs less often than half, beyond chance (95%)'),
            favours: id
              .nullable()
              .describe('a version preferred beyond what its strength explains, and chance'),
          }),
        )
        .describe('those most against the others first'),
    }),
  }),
}
