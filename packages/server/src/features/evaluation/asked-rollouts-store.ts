import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'
import { type Contest, type ShownRollout, worldsOf } from './pair-store.ts'

export interface AskableRollout extends ShownRollout {
  versionId: string
  scenario: string
}

/** How many of each version and scenario are looked at; where those are not enough, so many times more. */
const FIRST_TURNS = 1
const MORE_TURNS = 4

/**
 * Rollouts with the picture to show that a campaign has not asked about yet, at most `count`: of each version on each
 * scenario the first, then of each the second, so that a quota that ends early has seen all alike.
 */
export async function rolloutsToAsk(
  tx: Tx,
  of: Contest,
  { campaignId, count }: { campaignId: string; count: number },
): Promise<AskableRollout[]> {
  let found: AskableRollout[] = []
  for (let turns = FIRST_TURNS; found.length < count && turns < count * MORE_TURNS; turns *= MORE_TURNS) {
    const more = await nextTurns(tx, of, { campaignId, count, turns })
    if (more.length === found.length) break
    found = more
  }
  return found
}

async function nextTurns(
  tx: Tx,
  of: Contest,
  { campaignId, count, turns }: { campaignId: string; count: number; turns: number },
): Promise<AskableRollout[]> {
  const { rows } = await sql<AskableRollout>`
    select r.id as "rolloutId", t.world, t.policy_version_id as "versionId", t.scenario_key as scenario,
      r.stream, r.duration_ms as "durationMs", r.sample_count as "frameCount", r.fps,
      r.start_ms as "startMs"
    from rollout_tally t
    cross join lateral (
      select r.id, v.name as stream, v.duration_ms, v.sample_count, v.fps, v.start_ms, row_number() over (order by r.id) as turn
      from rollout r
      join lateral (select s.* from rollout_stream s where s.workspace_id = r.workspace_id and s.rollout_id = r.id
        and s.kind = 'video' and (${of.stream}::text is null or s.name = ${of.stream}) order by s.name limit 1) v on true
      where r.workspace_id = t.workspace_id and r.suite_id = t.suite_id and r.suite_version = t.suite_version
        and r.scenario_key = t.scenario_key and r.policy_version_id = t.policy_version_id and r.world = t.world
        and r.erased_at is null and not exists (select from rollout_asked a where a.workspace_id = r.workspace_id
          and a.campaign_id = ${campaignId} and a.rollout_id = r.id)
      order by r.id limit ${turns}) r
    where t.workspace_id = ${of.workspaceId} and t.suite_id = ${of.suiteId} and t.suite_version = ${of.suiteVersion}
      and t.world = any(${worldsOf(of)}) and t.policy_version_id = any(${[...of.versionIds]}::uuid[]) and t.rollout_count > 0
    order by r.turn, t.scenario_key, t.policy_version_id, t.world limit ${count}`.execute(tx)
  return rows
}

/** Notes that a campaign asks about these rollouts, so that it asks about none twice. */
export const noteAsked = (
  tx: Tx,
  { workspaceId, campaignId }: { workspaceId: string; campaignId: string },
  rollouts: readonly Pick<AskableRollout, 'rolloutId'>[],
) =>
  tx
    .insertInto('rollout_asked')
    .values(
      rollouts.map(({ rolloutId }) => ({
        workspace_id: workspaceId,
        campaign_id: campaignId,
        rollout_id: rolloutId,
      })),
    )
    .execute()
