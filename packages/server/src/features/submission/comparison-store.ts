import type { CompareAnswer } from '@chiron/core/kinds'
import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'
import type { PairRow } from '../task/index.ts'

/** `both` also counts pairs whose sides were of different worlds, which are in neither alone. */
export type ComparedWorld = 'real' | 'sim' | 'both'
const COUNTED: Record<ComparedWorld, readonly string[]> = {
  real: ['real'],
  sim: ['sim'],
  both: ['real', 'sim', 'mixed'],
}
/** As a vote is kept. */
export const countedWorlds = (world: ComparedWorld): readonly string[] => COUNTED[world]

export interface ComparisonsOf {
  workspaceId: string
  suiteId: string
  suiteVersion: number
  world: ComparedWorld
  /** These scenarios alone. */
  scenarioKeys?: readonly string[] | undefined
}

/** Votes for each two versions and side, summed over scenarios. */
export const comparisonTallies = (tx: Tx, of: ComparisonsOf) => {
  let query = tx
    .selectFrom('comparison_tally')
    .select(['left_version_id as left', 'right_version_id as right'])
    .select([
      sql<number>`sum(left_wins)::int`.as('leftWins'),
      sql<number>`sum(ties + both_bad)::int`.as('ties'),
      sql<number>`sum(right_wins)::int`.as('rightWins'),
      sql<number>`sum(both_bad)::int`.as('bothBad'),
      sql<number>`sum(left_progress)`.as('leftProgress'),
      sql<number>`sum(right_progress)`.as('rightProgress'),
      sql<number>`sum(progress_count)::int`.as('progressCount'),
      sql<Date>`max(changed_at)`.as('changedAt'),
    ])
    .where('workspace_id', '=', of.workspaceId)
    .where('suite_id', '=', of.suiteId)
    .where('suite_version', '=', of.suiteVersion)
    .where('world', 'in', countedWorlds(of.world))
  if (of.scenarioKeys) query = query.where('scenario_key', 'in', [...of.scenarioKeys, ''])
  return query.groupBy(['left_version_id', 'right_version_id']).execute()
}
export type ComparisonTallies = Awaited<ReturnType<typeof comparisonTallies>>

type Counted = Pick<
  PairRow,
  | 'workspace_id'
  | 'suite_id'
  | 'suite_version'
  | 'world'
  | 'scenario_key'
  | 'left_version_id'
  | 'right_version_id'
>

/** Counts one vote on a pair, in the transaction of the vote. */
export const countVote = (tx: Tx, pair: Counted, { winner, progress }: CompareAnswer, now: Date) =>
  tx
    .insertInto('comparison_tally')
    .values({
      workspace_id: pair.workspace_id,
      suite_id: pair.suite_id,
      suite_version: pair.suite_version,
      world: pair.world,
      scenario_key: pair.scenario_key,
      left_version_id: pair.left_version_id,
      right_version_id: pair.right_version_id,
      left_wins: winner === 'left' ? 1 : 0,
      ties: winner === 'tie' ? 1 : 0,
      right_wins: winner === 'right' ? 1 : 0,
      both_bad: winner === 'both-bad' ? 1 : 0,
      left_progress: progress?.left ?? 0,
      right_progress: progress?.right ?? 0,
      progress_count: progress ? 1 : 0,
      changed_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns([
          'workspace_id',
          'suite_id',
          'suite_version',
          'world',
          'scenario_key',
          'left_version_id',
          'right_version_id',
        ])
        .doUpdateSet({
          left_wins: sql`comparison_tally.left_wins + excluded.left_wins`,
          ties: sql`comparison_tally.ties + excluded.ties`,
          right_wins: sql`comparison_tally.right_wins + excluded.right_wins`,
          both_bad: sql`comparison_tally.both_bad + excluded.both_bad`,
          left_progress: sql`comparison_tally.left_progress + excluded.left_progress`,
          right_progress: sql`comparison_tally.right_progress + excluded.right_progress`,
          progress_count: sql`comparison_tally.progress_count + excluded.progress_count`,
          changed_at: sql`greatest(comparison_tally.changed_at, excluded.changed_at)`,
        }),
    )
    .execute()

export interface VoteOn {
  taskId: string
  winner: CompareAnswer['winner']
}

/** The last votes of a campaign, by the pair that was asked about. */
export async function latestVotes(
  tx: Tx,
  { workspaceId, campaignId }: { workspaceId: string; campaignId: string },
  limit: number,
): Promise<VoteOn[]> {
  const { rows } = await sql<VoteOn>`
    select task_id as "taskId", answer ->> 'winner' as winner from submission
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} order by created_at desc, id desc limit ${limit}`.execute(
    tx,
  )
  return rows
}
