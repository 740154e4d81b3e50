import { type Selectable, sql } from 'kysely'
import type { Comparing } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'

type CampaignKey = Pick<CampaignRow, 'workspaceId' | 'id'>

/** The row of a campaign's progress, held until the transaction ends: pairs are opened by one at a time. */
export const lockComparing = async (
  tx: Tx,
  { workspaceId, id }: CampaignKey,
): Promise<Selectable<Comparing>> => {
  await tx
    .insertInto('comparing')
    .values({ workspace_id: workspaceId, campaign_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return tx
    .selectFrom('comparing')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export const updateComparing = (
  tx: Tx,
  { workspaceId, id }: CampaignKey,
  change: { opened_count?: number; settled_at?: Date },
) =>
  tx
    .updateTable('comparing')
    .set(change)
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', id)
    .execute()

export interface Contest {
  workspaceId: string
  suiteId: string
  suiteVersion: number
  world: 'real' | 'sim' | 'both'
  /** Whether the two sides of a pair may be of different worlds. */
  mixesWorlds: boolean
  versionIds: readonly string[]
  stream: string | null
}

export interface ShownVersion {
  scenario: string
  world: 'real' | 'sim'
  versionId: string
}

export const worldsOf = ({ world }: Pick<Contest, 'world'>): string[] =>
  world === 'both' ? ['real', 'sim'] : [world]

/** Which versions have a rollout with a picture, scenario by scenario and world by world. */
export async function shownVersions(tx: Tx, of: Contest): Promise<ShownVersion[]> {
  const { rows } = await sql<ShownVersion>`
    select t.scenario_key as scenario, t.policy_version_id as "versionId", t.world from rollout_tally t
    where t.workspace_id = ${of.workspaceId} and t.suite_id = ${of.suiteId} and t.suite_version = ${of.suiteVersion}
      and t.world = any(${worldsOf(of)}) and t.policy_version_id = any(${[...of.versionIds]}::uuid[]) and t.rollout_count > 0
      and exists (select from rollout r join rollout_stream s
          on s.workspace_id = r.workspace_id and s.rollout_id = r.id
        where r.workspace_id = t.workspace_id and r.suite_id = t.suite_id and r.suite_version = t.suite_version
          and r.scenario_key = t.scenario_key and r.policy_version_id = t.policy_version_id and r.world = t.world
          and r.erased_at is null and s.kind = 'video' and (${of.stream}::text is null or s.name = ${of.stream}))
    order by 1, 2, 3`.execute(tx)
  return rows
}

export interface ShownRollout {
  rolloutId: string
  world: 'real' | 'sim'
  stream: string
  durationMs: number
  frameCount: number
  fps: number | null
  startMs: number
}

/** What a player needs of it, as it is kept with a task. */
export function clipOf({ durationMs, frameCount, fps: known, startMs }: ShownRollout): string {
  const fps = known ?? (frameCount * 1000) / Math.max(1, durationMs)
  return JSON.stringify({ durationMs, frameCount, fps, startMs })
}

/** Rollouts of one version and world looked at when one is chosen: of many a sample, so that the cost has an end. */
const CANDIDATES = 50

/** Rollouts of a version on a scenario with the picture to show, in an order by chance; of many a sample. Of `world`, or any. */
export async function drawRollouts(
  tx: Tx,
  of: Contest,
  { scenario, world, versionId }: { scenario: string; world: 'real' | 'sim' | null; versionId: string },
): Promise<ShownRollout[]> {
  const { rows } = await sql<ShownRollout>`
    select "rolloutId", world, stream, "durationMs", "frameCount", fps, "startMs" from (
    select r.id as "rolloutId", r.world, row_number() over (partition by r.world order by random()) as place, v.name as stream,
      v.duration_ms as "durationMs", v.sample_count as "frameCount", v.fps, v.start_ms as "startMs"
    from rollout r
    join lateral (select s.* from rollout_stream s where s.workspace_id = r.workspace_id and s.rollout_id = r.id
      and s.kind = 'video' and (${of.stream}::text is null or s.name = ${of.stream}) order by s.name limit 1) v on true
    where r.workspace_id = ${of.workspaceId} and r.suite_id = ${of.suiteId}
      and r.suite_version = ${of.suiteVersion} and r.scenario_key = ${scenario}
      and r.policy_version_id = ${versionId} and r.world = any(${world === null ? worldsOf(of) : [world]}) and r.erased_at is null
    ) drawn where place <= ${CANDIDATES} order by place`.execute(tx)
  return rows
}

/** One rollout of the suite and world with the picture to show; undefined where it is none of those. */
export async function shownRollout(
  tx: Tx,
  of: Contest,
  rolloutId: string,
): Promise<(ShownRollout & { versionId: string; scenario: string }) | undefined> {
  const { rows } = await sql<ShownRollout & { versionId: string; scenario: string }>`
    select r.id as "rolloutId", r.world, r.policy_version_id as "versionId", r.scenario_key as scenario, v.name as stream,
      v.duration_ms as "durationMs", v.sample_count as "frameCount", v.fps, v.start_ms as "startMs"
    from rollout r
    join lateral (select s.* from rollout_stream s where s.workspace_id = r.workspace_id and s.rollout_id = r.id
      and s.kind = 'video' and (${of.stream}::text is null or s.name = ${of.stream}) order by s.name limit 1) v on true
    where r.workspace_id = ${of.workspaceId} and r.id = ${rolloutId} and r.suite_id = ${of.suiteId}
      and r.suite_version = ${of.suiteVersion} and r.world = any(${worldsOf(of)}) and r.erased_at is null`.execute(
    tx,
  )
  return rows[0]
}
