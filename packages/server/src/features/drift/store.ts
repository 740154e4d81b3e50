import type { SeriesWatch, Sighting } from '@chiron/core/drift'
import { type Selectable, sql } from 'kysely'
import type { DriftAlarm, DriftWatch } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import { type About, aboutKey, type Place, type SeriesName } from './series.ts'

export interface WatchRow {
  id: string
  series: SeriesName
  about: About
  phase: 'gathering' | 'watching' | 'rang'
  epoch: number
  recent: Sighting[]
  state: SeriesWatch | null
  beganAt: Date
  changedAt: Date
}
export type AlarmRow = Selectable<DriftAlarm>

const FIRST_PLACE: Place = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' }

/** Where a source was last read, held until the transaction ends: of two sweeps at once one waits. */
export async function lockPlace(tx: Tx, workspaceId: string, source: string): Promise<Place> {
  await tx
    .insertInto('drift_cursor')
    .values({ workspace_id: workspaceId, source, at: FIRST_PLACE.at, after_id: FIRST_PLACE.id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx
    .selectFrom('drift_cursor')
    .select(['at', 'after_id as id'])
    .where('workspace_id', '=', workspaceId)
    .where('source', '=', source)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return row
}

export const movePlace = (tx: Tx, workspaceId: string, source: string, { at, id }: Place) =>
  tx
    .updateTable('drift_cursor')
    .set({ at, after_id: id })
    .where('workspace_id', '=', workspaceId)
    .where('source', '=', source)
    .execute()

/** The watch on a series, held until the transaction ends. */
export async function lockWatch(
  tx: Tx,
  workspaceId: string,
  { series, about }: Pick<WatchRow, 'series' | 'about'>,
): Promise<WatchRow | undefined> {
  const row = await tx
    .selectFrom('drift_watch')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('series', '=', series)
    .where('about_key', '=', aboutKey(about))
    .forUpdate()
    .executeTakeFirst()
  return row && watchOf(row)
}

export async function lockWatchById(tx: Tx, workspaceId: string, id: string): Promise<WatchRow | undefined> {
  const row = await tx
    .selectFrom('drift_watch')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && watchOf(row)
}

/** Watches on a campaign, held until the transaction ends. */
export async function lockCampaignWatches(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
): Promise<WatchRow[]> {
  const rows = await tx
    .selectFrom('drift_watch')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('about_key', '=', aboutKey({ campaignId }))
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map(watchOf)
}

const watchOf = (row: Selectable<DriftWatch>): WatchRow => ({
  id: row.id,
  series: row.series as SeriesName,
  about: row.about as About,
  phase: row.phase as WatchRow['phase'],
  epoch: row.epoch,
  recent: row.recent as unknown as Sighting[],
  state: row.state as unknown as SeriesWatch | null,
  beganAt: row.began_at,
  changedAt: row.changed_at,
})

export async function keepWatch(tx: Tx, workspaceId: string, row: WatchRow): Promise<void> {
  const values = {
    phase: row.phase,
    epoch: row.epoch,
    recent: JSON.stringify(row.recent),
    state: row.state === null ? null : JSON.stringify(row.state),
    began_at: row.beganAt,
    changed_at: row.changedAt,
  }
  await tx
    .insertInto('drift_watch')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      series: row.series,
      about_key: aboutKey(row.about),
      about: JSON.stringify(row.about),
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(values))
    .execute()
}

/** Watches, those that changed last first. */
export async function listWatches(tx: Tx, workspaceId: string, limit: number): Promise<WatchRow[]> {
  const rows = await tx
    .selectFrom('drift_watch')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(watchOf)
}

export async function watchesOf(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<WatchRow[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('drift_watch')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(watchOf)
}

/** Watches that rang and of which no alarm has been raised yet. */
export async function unraised(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select w.id from drift_watch w where w.workspace_id = ${workspaceId} and w.phase = 'rang'
      and not exists (select from drift_alarm a where a.workspace_id = w.workspace_id and a.watch_id = w.id
        and a.epoch = w.epoch) order by w.id limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** False where it has been raised before. */
export async function insertAlarm(
  tx: Tx,
  row: { workspaceId: string; id: string; watchId: string; epoch: number; explained: object; at: Date },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('drift_alarm')
    .values({
      workspace_id: row.workspaceId,
      id: row.id,
      watch_id: row.watchId,
      epoch: row.epoch,
      explained: JSON.stringify(row.explained),
      raised_at: row.at,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'watch_id', 'epoch']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** Alarms, the newest first. */
export const listAlarms = (tx: Tx, workspaceId: string, limit: number): Promise<AlarmRow[]> =>
  tx
    .selectFrom('drift_alarm')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const lockAlarm = (tx: Tx, workspaceId: string, id: string): Promise<AlarmRow | undefined> =>
  tx
    .selectFrom('drift_alarm')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const acknowledgeRow = (tx: Tx, workspaceId: string, id: string, by: { memberId: string; at: Date }) =>
  tx
    .updateTable('drift_alarm')
    .set({ acknowledged_at: by.at, acknowledged_by: by.memberId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()

export async function openAlarmCount(tx: Tx, workspaceId: string): Promise<number> {
  const row = await tx
    .selectFrom('drift_alarm')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('workspace_id', '=', workspaceId)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.count
}
