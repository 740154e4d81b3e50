import { type RateAnswer, ratingOf } from '@chiron/core/kinds'
import { aggregateNumbers } from '@chiron/core/numbers'
import { type Selectable, sql } from 'kysely'
import type { RolloutRating } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import { type AskedRow, rolloutsOfTasks } from '../task/index.ts'
import { type ComparedWorld, countedWorlds } from './comparison-store.ts'

type RatingRow = Selectable<RolloutRating>

/**
 * Counts one answer about a rollout, in the transaction of the answer: each scale's row is held until its end, so that
 * of two at once the second counts on top of the first.
 */
export async function countRatings(
  tx: Tx,
  asked: AskedRow,
  { workerId, answer }: { workerId: string; answer: RateAnswer },
): Promise<void> {
  // In one order everywhere, so that two answers never wait for each other.
  for (const scaleId of Object.keys(answer.ratings).sort()) {
    const mark = ratingOf(answer, scaleId)
    if (mark === null || mark === undefined) continue
    const before = await lockRating(tx, asked, scaleId)
    const marks = [...before.marks, mark]
    const value = robustMean(marks)
    await tx
      .updateTable('rollout_rating')
      .set({ marks, value, worker_ids: [...before.worker_ids, workerId] })
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

type Marked = Pick<RatingRow, 'marks' | 'value'>

/** What the sums move by, from what a row said before to what it says now. */
function changeOf(before: Marked, now: Marked) {
  const [old, next] = [before.value ?? 0, now.value ?? 0]
  return {
    rolloutCount: Number(now.value !== null) - Number(before.value !== null),
    ratingCount: now.marks.length - before.marks.length,
    valueSum: next - old,
    squareSum: next ** 2 - old ** 2,
  }
}

async function addToTally(tx: Tx, before: RatingRow, now: Marked): Promise<void> {
  const change = changeOf(before, now)
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
      rollout_count: change.rolloutCount,
      rating_count: change.ratingCount,
      value_sum: change.valueSum,
      square_sum: change.squareSum,
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
  of: RatingsOf,
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

/** Answers looked at where raters are left out, the newest. */
const MAX_LEFT_OUT_OF = 20_000

export interface RatingsOf {
  workspaceId: string
  suiteId: string
  suiteVersion: number
  world: ComparedWorld
}

/** What the sums lose, and gain, where these raters' marks are left out: by version, scenario and scale. */
export async function changesWithout(
  tx: Tx,
  of: RatingsOf,
  workerIds: readonly string[],
): Promise<RatingSums[]> {
  if (workerIds.length === 0) return []
  const { rows: answered } = await sql<{ id: string }>`
    select task_id as id from submission where workspace_id = ${of.workspaceId} and kind = 'rate'
      and worker_id = any(${[...workerIds]}::uuid[]) order by id desc limit ${MAX_LEFT_OUT_OF}`.execute(tx)
  const taskIds = answered.map(({ id }) => id)
  const rows = await tx
    .selectFrom('rollout_rating')
    .selectAll()
    .where('workspace_id', '=', of.workspaceId)
    .where('rollout_id', '=', sql<string>`any(${await rolloutsOfTasks(tx, of.workspaceId, taskIds)}::uuid[])`)
    .where('suite_id', '=', of.suiteId)
    .where('suite_version', '=', of.suiteVersion)
    .where('world', 'in', countedWorlds(of.world))
    .execute()
  const out = new Set(workerIds)
  return rows.map((row) => {
    const marks = row.marks.filter((_, at) => !out.has(row.worker_ids[at] ?? ''))
    const now = { marks, value: marks.length === 0 ? null : robustMean(marks) }
    const { policy_version_id: policyVersionId, scenario_key: scenario, scale_id: scaleId } = row
    return { policyVersionId, scenario, scaleId, ...changeOf(row, now) }
  })
}

type RatingSums = Awaited<ReturnType<typeof ratingTallies>>[number]

/** Sums of ratings for each version, scenario and scale. */
export const ratingTallies = (tx: Tx, of: RatingsOf) =>
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
