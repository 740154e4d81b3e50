import { type KnownRatings, NEAR_RATING, type RateAnswer, ratingDistances } from '@chiron/core/kinds'
import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'
import type { AskedRow } from '../task/index.ts'
import { type ComparedWorld, countedWorlds } from './comparison-store.ts'
import { MAX_RATERS_READ } from './rater-store.ts'

interface KnownAnswer {
  workerId: string
  known: KnownRatings
  answer: RateAnswer
}

/** Counts how far a rater's answer lies from what is known of the rollout, in the transaction of the answer. */
export async function countKnownRatings(
  tx: Tx,
  asked: AskedRow,
  { workerId, known, answer }: KnownAnswer,
): Promise<void> {
  const rows = ratingDistances(known, answer).map(({ scaleId, distance }) => ({
    workspace_id: asked.workspace_id,
    campaign_id: asked.campaign_id,
    suite_id: asked.suite_id,
    suite_version: asked.suite_version,
    world: asked.world,
    worker_id: workerId,
    scale_id: scaleId,
    answer_count: 1,
    near_count: distance <= NEAR_RATING ? 1 : 0,
    distance_sum: distance,
    square_sum: distance ** 2,
  }))
  if (rows.length === 0) return
  await tx
    .insertInto('rating_gold')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'campaign_id', 'worker_id', 'scale_id', 'world']).doUpdateSet({
        answer_count: sql`rating_gold.answer_count + excluded.answer_count`,
        near_count: sql`rating_gold.near_count + excluded.near_count`,
        distance_sum: sql`rating_gold.distance_sum + excluded.distance_sum`,
        square_sum: sql`rating_gold.square_sum + excluded.square_sum`,
      }),
    )
    .execute()
}

export interface KnownRatingTally {
  worker: string
  /** Ratings of rollouts whose rating is known; each scale counts. */
  answerCount: number
  /** Of them, those at most one point off. */
  nearCount: number
  distanceSum: number
  squareSum: number
}

type KnownOf = { campaignId: string } | { suiteId: string; suiteVersion: number; world: ComparedWorld }

/** How raters answered rollouts with known ratings, in a campaign or on a suite; of those who answered most. */
export const knownRatingTallies = (tx: Tx, workspaceId: string, of: KnownOf): Promise<KnownRatingTally[]> => {
  const all = tx.selectFrom('rating_gold').where('workspace_id', '=', workspaceId)
  const chosen =
    'campaignId' in of
      ? all.where('campaign_id', '=', of.campaignId)
      : all
          .where('suite_id', '=', of.suiteId)
          .where('suite_version', '=', of.suiteVersion)
          .where('world', 'in', countedWorlds(of.world))
  return chosen
    .select([
      'worker_id as worker',
      sql<number>`sum(answer_count)::int`.as('answerCount'),
      sql<number>`sum(near_count)::int`.as('nearCount'),
      sql<number>`sum(distance_sum)::int`.as('distanceSum'),
      sql<number>`sum(square_sum)::int`.as('squareSum'),
    ])
    .groupBy('worker_id')
    .orderBy('answerCount', 'desc')
    .orderBy('worker_id')
    .limit(MAX_RATERS_READ)
    .execute()
}
