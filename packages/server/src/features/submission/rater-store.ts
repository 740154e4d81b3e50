import type { CompareAnswer } from '@chiron/core/kinds'
import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'
import type { PairRow } from '../task/index.ts'
import { type ComparisonsOf, countedWorlds } from './comparison-store.ts'

/** Those who voted most are looked at; who hardly voted cannot be told from chance. */
export const MAX_RATERS_READ = 500

/** Counts one vote for who gave it, in the transaction of the vote. */
export const countRaterVote = (
  tx: Tx,
  pair: PairRow,
  { workerId, winner, progress }: Pick<CompareAnswer, 'winner' | 'progress'> & { workerId: string },
) =>
  tx
    .insertInto('comparison_rater')
    .values({
      workspace_id: pair.workspace_id,
      suite_id: pair.suite_id,
      suite_version: pair.suite_version,
      world: pair.world,
      worker_id: workerId,
      left_version_id: pair.left_version_id,
      right_version_id: pair.right_version_id,
      left_wins: winner === 'left' ? 1 : 0,
      ties: winner === 'tie' || winner === 'both-bad' ? 1 : 0,
      right_wins: winner === 'right' ? 1 : 0,
      both_bad: winner === 'both-bad' ? 1 : 0,
      left_progress: progress?.left ?? 0,
      right_progress: progress?.right ?? 0,
      progress_count: progress ? 1 : 0,
    })
    .onConflict((conflict) =>
      conflict
        .columns([
          'workspace_id',
          'suite_id',
          'suite_version',
          'world',
          'worker_id',
          'left_version_id',
          'right_version_id',
        ])
        .doUpdateSet({
          left_wins: sql`comparison_rater.left_wins + excluded.left_wins`,
          ties: sql`comparison_rater.ties + excluded.ties`,
          right_wins: sql`comparison_rater.right_wins + excluded.right_wins`,
          both_bad: sql`comparison_rater.both_bad + excluded.both_bad`,
          left_progress: sql`comparison_rater.left_progress + excluded.left_progress`,
          right_progress: sql`comparison_rater.right_progress + excluded.right_progress`,
          progress_count: sql`comparison_rater.progress_count + excluded.progress_count`,
        }),
    )
    .execute()

export interface RaterTally {
  worker: string
  left: string
  right: string
  leftWins: number
  ties: number
  rightWins: number
  /** Of the ties, those where both were bad. */
  bothBad: number
  leftProgress: number
  rightProgress: number
  progressCount: number
}

/** Votes by rater, pair and side: of these raters, or of those who voted most. */
export async function raterTallies(
  tx: Tx,
  of: ComparisonsOf,
  workerIds?: readonly string[],
): Promise<RaterTally[]> {
  const key = sql`workspace_id = ${of.workspaceId} and suite_id = ${of.suiteId}
    and suite_version = ${of.suiteVersion} and world = any(${[...countedWorlds(of.world)]})`
  const chosen = workerIds
    ? sql`any(${[...workerIds]}::uuid[])`
    : sql`any(array(select worker_id from comparison_rater where ${key}
      group by worker_id order by sum(left_wins + ties + right_wins) desc, worker_id limit ${MAX_RATERS_READ}))`
  const { rows } = await sql<RaterTally>`
    select worker_id as worker, left_version_id as left, right_version_id as right, sum(left_wins)::int as "leftWins",
      sum(ties)::int as ties, sum(right_wins)::int as "rightWins", sum(both_bad)::int as "bothBad",
      sum(left_progress) as "leftProgress", sum(right_progress) as "rightProgress", sum(progress_count)::int as "progressCount"
    from comparison_rater where ${key} and worker_id = ${chosen}
    group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
  return rows
}

/** Counts how a rater answered a pair whose winner is known, in the transaction of the answer. */
export const countKnownVote = (
  tx: Tx,
  pair: PairRow,
  { workerId, isRight }: { workerId: string; isRight: boolean },
) =>
  tx
    .insertInto('comparison_gold')
    .values({
      workspace_id: pair.workspace_id,
      suite_id: pair.suite_id,
      suite_version: pair.suite_version,
      world: pair.world,
      worker_id: workerId,
      answer_count: 1,
      right_count: isRight ? 1 : 0,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'suite_id', 'suite_version', 'world', 'worker_id']).doUpdateSet({
        answer_count: sql`comparison_gold.answer_count + excluded.answer_count`,
        right_count: sql`comparison_gold.right_count + excluded.right_count`,
      }),
    )
    .execute()

export interface KnownTally {
  worker: string
  answerCount: number
  rightCount: number
}

/** How raters answered known pairs, of those who answered most. */
export const knownTallies = (tx: Tx, of: ComparisonsOf): Promise<KnownTally[]> =>
  tx
    .selectFrom('comparison_gold')
    .select([
      'worker_id as worker',
      sql<number>`sum(answer_count)::int`.as('answerCount'),
      sql<number>`sum(right_count)::int`.as('rightCount'),
    ])
    .where('workspace_id', '=', of.workspaceId)
    .where('suite_id', '=', of.suiteId)
    .where('suite_version', '=', of.suiteVersion)
    .where('world', 'in', countedWorlds(of.world))
    .groupBy('worker_id')
    .orderBy('answerCount', 'desc')
    .orderBy('worker_id')
    .limit(MAX_RATERS_READ)
    .execute()
