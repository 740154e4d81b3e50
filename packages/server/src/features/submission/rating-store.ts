import { type RateAnswer, ratingOf } from '@chiron/core/kinds'
import { aggregateNumbers } from '@chiron/core/numbers'
import { type Selectable, sql } from 'kysely'
import type { RolloutRating } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import type { AskedRow } from '../task/index.ts'
import { type ComparedWorld, countedWorlds } from './comparison-store.ts'

type RatingRow = Selectable<RolloutRating>

/**
 * Counts one answer about a rollout, in the transaction of the answer: each scale's row is held until its end, so that
 * of two at once the second counts on top of the first.
 */
export async function countRatings(tx: Tx, asked: AskedRow, answer: RateAnswer): Promise<void> {
  // In one order everywhere, so that two answers never wait for each other.
  for (const scaleId of Object.keys(answer.ratings).sort()) {
    const mark = ratingOf(answer, scaleId)
    if (mark === null || mark === undefined) continue
    const before = await lockRating(tx, asked, scaleId)
    const marks = [...before.marks, mark]
    const value = robustMean(marks)
    await tx
      .updateTable('rollout_rating')
      .set({ marks, value })
      .where('workspace_id', '=', before.workspace_id)
      .where('rollout_id', '=', before.rollout_id)
      .where('scale_id', '=', scaleId)
      .execute()
    await addToTally(tx, before, { marks, value })
  }
}

/** Takes a rollout's ratings out of every count; it is gone. */
export async function forgetRatings(tx: Tx, workspaceId: string, rolloutId: string): Promise<void> {
  const rows = await tx
    .deleteFrom('rollout_rating')
    .where('workspace_id', '=', workspaceId)
    .where('rollout_id', '=', rolloutId)
    .returningAll()
    .execute()
  for (const row of rows) await addToTally(tx, row, { marks: [], value: null })
}

/** One number of several: their mean, with far ones drawn in (core/numbers). */
const robustMean = (marks: readonly number[]): number => {
  const ratings = marks.map((value, at) => ({ task: '', worker: String(at), value }))
  return aggregateNumbers(ratings).tasks[0]?.value ?? 0
}

async function lockRating(tx: Tx, asked: AskedRow, scaleId: string): Promise<RatingRow> {
  const key = { workspace_id: asked.workspace_id, rollout_id: asked.rollout_id, scale_id: scaleId }
  await tx
    .insertInto('rollout_rating')
    .values({
      ...key,
      policy_version_id: asked.policy_version_id,
      suite_id: asked.suite_id,
      suite_version: asked.suite_version,
      world: asked.world,
      scenario_key: asked.scenario_key,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return tx
    .selectFrom('rollout_rating')
    .selectAll()
    .where('workspace_id', '=', key.workspace_id)
    .where('rollout_id', '=', key.rollout_id)
    .where('scale_id', '=', scaleId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** Moves the sums from what a row said before to what it says now. */
async function addToTally(tx: Tx, before: RatingRow, now: Pick<RatingRow, 'marks' | 'value'>): Promise<void> {
  const [old, next] = [before.value ?? 0, now.value ?? 0]
  await tx
    .insertInto('rating_tally')
    .values({
      workspace_id: before.workspace_id,
      suite_id: before.suite_id,
      suite_version: before.suite_version,
      world: before.world,
      policy_version_id: before.policy_version_id,
      scenario_key: before.scenario_key,
      scale_id: before.scale_id,
      rollout_count: Number(now.value !== null) - Number(before.value !== null),
      rating_count: now.marks.length - before.marks.length,
      value_sum: next - old,
      square_sum: next ** 2 - old ** 2,
    })
    .onConflict((conflict) =>
      conflict
        .columns([
          'workspace_id',
          'suite_id',
          'suite_version',
          'world',
          'policy_version_id',
          'scenario_key',
          'scale_id',
        ])
        .doUpdateSet({
          rollout_count: sql`rating_tally.rollout_count + excluded.rollout_count`,
          rating_count: sql`rating_tally.rating_count + excluded.rating_count`,
          value_sum: sql`rating_tally.value_sum + excluded.value_sum`,
          square_sum: sql`rating_tally.square_sum + excluded.square_sum`,
        }),
    )
    .execute()
}

/** Marks of the newest rollouts that at least two people rated, at most `each` of a scale. */
export async function newestMarks(
  tx: Tx,
  of: { workspaceId: string; suiteId: string; suiteVersion: number; world: ComparedWorld },
  each: number,
): Promise<{ scaleId: string; rolloutId: string; marks: number[] }[]> {
  const worlds = [...countedWorlds(of.world)]
  const { rows } = await sql<{ scaleId: string; rolloutId: string; marks: number[] }>`
    select s.scale_id as "scaleId", r.rollout_id as "rolloutId", r.marks
    from (select distinct scale_id, world from rating_tally where workspace_id = ${of.workspaceId}
      and suite_id = ${of.suiteId} and suite_version = ${of.suiteVersion} and world = any(${worlds})) s
    cross join lateral (select rollout_id, marks from rollout_rating where workspace_id = ${of.workspaceId}
      and suite_id = ${of.suiteId} and suite_version = ${of.suiteVersion} and world = s.world
      and scale_id = s.scale_id and cardinality(marks) >= 2 order by rollout_id desc limit ${each}) r
    order by 1, 2`.execute(tx)
  return rows
}

/** Sums of ratings for each version, scenario and scale. */
export const ratingTallies = (
  tx: Tx,
  of: { workspaceId: string; suiteId: string; suiteVersion: number; world: ComparedWorld },
) =>
  tx
    .selectFrom('rating_tally')
    .select([
      'policy_version_id as policyVersionId',
      'scenario_key as scenario',
      'scale_id as scaleId',
      'rollout_count as rolloutCount',
      'rating_count as ratingCount',
      'value_sum as valueSum',
      'square_sum as squareSum',
    ])
    .where('workspace_id', '=', of.workspaceId)
    .where('suite_id', '=', of.suiteId)
    .where('suite_version', '=', of.suiteVersion)
    .where('world', 'in', countedWorlds(of.world))
    .where('rollout_count', '>', 0)
    .execute()
