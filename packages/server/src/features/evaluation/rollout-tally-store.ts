import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'
import type { RolloutRow } from './rollout-store.ts'

const NO_SUITE = { id: '00000000-0000-0000-0000-000000000000', version: 0, scenario: '' }
type Counted = Pick<
  RolloutRow,
  | 'workspace_id'
  | 'policy_version_id'
  | 'suite_id'
  | 'suite_version'
  | 'scenario_key'
  | 'world'
  | 'success'
  | 'failure_id'
  | 'judged_outcome'
>

const placeOf = (row: Counted) => ({
  workspace_id: row.workspace_id,
  policy_version_id: row.policy_version_id,
  suite_id: row.suite_id ?? NO_SUITE.id,
  suite_version: row.suite_version ?? NO_SUITE.version,
  scenario_key: row.scenario_key ?? NO_SUITE.scenario,
  world: row.world,
})

/** Counts a rollout in (`by` 1) or out (−1), as it stands: its outcome, whether that was judged, and why it failed. */
export async function countRollout(tx: Tx, row: Counted, by: 1 | -1): Promise<void> {
  await tx
    .insertInto('rollout_tally')
    .values({
      ...placeOf(row),
      rollout_count: by,
      success_count: row.success === true ? by : 0,
      failure_count: row.success === false ? by : 0,
      judged_count: row.judged_outcome === null ? 0 : by,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'policy_version_id', 'suite_id', 'suite_version', 'scenario_key', 'world'])
        .doUpdateSet({
          rollout_count: sql`rollout_tally.rollout_count + excluded.rollout_count`,
          success_count: sql`rollout_tally.success_count + excluded.success_count`,
          failure_count: sql`rollout_tally.failure_count + excluded.failure_count`,
          judged_count: sql`rollout_tally.judged_count + excluded.judged_count`,
        }),
    )
    .execute()
  await countFailure(tx, row, by)
}

/** Its reason, where it failed on a scenario for a named one. */
async function countFailure(tx: Tx, row: Counted, by: 1 | -1): Promise<void> {
  const { suite_id, suite_version, scenario_key, failure_id } = row
  if (row.success !== false || failure_id === null) return
  if (suite_id === null || suite_version === null || scenario_key === null) return
  const { workspace_id, policy_version_id, world } = row
  const key = { workspace_id, suite_id, suite_version, scenario_key, policy_version_id, world, failure_id }
  await tx
    .insertInto('rollout_failure_tally')
    .values({ ...key, failure_count: by })
    .onConflict((conflict) =>
      conflict.columns(Object.keys(key) as (keyof typeof key)[]).doUpdateSet({
        failure_count: sql`rollout_failure_tally.failure_count + excluded.failure_count`,
      }),
    )
    .execute()
}

interface Board {
  workspaceId: string
  suiteId: string
  version: number
}

/** Rollouts and their outcomes, per policy version and scenario of one world, or of each of both. */
export const outcomeTallies = (tx: Tx, { workspaceId, suiteId, version }: Board, world: string) =>
  tx
    .selectFrom('rollout_tally')
    .select([
      'policy_version_id as policyVersionId',
      'scenario_key as scenario',
      'rollout_count as rolloutCount',
      'success_count as successCount',
      'failure_count as failureCount',
      'judged_count as judgedCount',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('suite_id', '=', suiteId)
    .where('suite_version', '=', version)
    .where('world', 'in', world === 'both' ? ['real', 'sim'] : [world])
    .where('rollout_count', '>', 0)
    .execute()
