import type { Insertable, Selectable } from 'kysely'
import type { StoredBlob } from '../../platform/blobs/blobs.ts'
import type { Blob, Episode, Upload } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import type { UploadPurpose } from './take-file.ts'

export type EpisodeRow = Selectable<Episode>
export type BlobRow = Selectable<Blob>
export type UploadRow = Selectable<Upload>
export type EpisodeState =
  | 'arrived'
  | 'checked'
  | 'refused'
  | 'accepted'
  | 'returned'
  | 'rejected'
  | 'frozen'
  | 'erased'

/** A row of a workspace. */
export interface Key {
  workspaceId: string
  id: string
}

/** Adds a finished upload once; false when it is there already. */
export async function insertUpload(tx: Tx, row: Insertable<Upload>): Promise<boolean> {
  const inserted = await tx
    .insertInto('upload')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

export const readUpload = (tx: Tx, { workspaceId, id }: Key): Promise<UploadRow | undefined> =>
  tx
    .selectFrom('upload')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

/** An upload known by its id alone, as far as row-level security shows it to the caller. */
export const readVisibleUpload = (tx: Tx, id: string): Promise<UploadRow | undefined> =>
  tx.selectFrom('upload').selectAll().where('id', '=', id).executeTakeFirst()

/** Takes the upload for one use; undefined when it was used before. */
export const takeUpload = (tx: Tx, { workspaceId, id }: Key, now: Date): Promise<UploadRow | undefined> =>
  tx
    .updateTable('upload')
    .set({ used_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returningAll()
    .executeTakeFirst()

/** Uploads that nobody used, finished before `before`. */
export const unusedUploads = (tx: Tx, workspaceId: string, before: Date, limit: number) =>
  tx
    .selectFrom('upload')
    .select(['id', 'blob_id'])
    .where('workspace_id', '=', workspaceId)
    .where('used_at', 'is', null)
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(limit)
    .execute()

/** True when it was still unused and is now gone. */
export async function deleteUnusedUpload(tx: Tx, { workspaceId, id }: Key): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('upload')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return deleted.numDeletedRows === 1n
}

interface NewBlob {
  stored: StoredBlob
  purpose: UploadPurpose | 'poster'
  mime: string
  now: Date
}

/** Adds a blob once: the row of a repeated promotion stays, since its key opens the bytes that are there. */
export const insertBlob = (tx: Tx, { stored, purpose, mime, now }: NewBlob) =>
  tx
    .insertInto('blob')
    .values({
      workspace_id: stored.workspaceId,
      id: stored.id,
      purpose,
      mime,
      bytes: stored.bytes,
      sha256: stored.sha256,
      key_wrapped: stored.keyWrapped,
      created_at: now,
    })
    .execute()

export const readBlob = (tx: Tx, { workspaceId, id }: Key): Promise<BlobRow | undefined> =>
  tx
    .selectFrom('blob')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

/** The key of the oldest recording (or picture) that has one, as it lies there. */
export async function wrappedBlobKey(tx: Tx, workspaceId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('blob')
    .select('key_wrapped')
    .where('workspace_id', '=', workspaceId)
    .where('key_wrapped', 'is not', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.key_wrapped ?? undefined
}

/** Which of these blobs are entered, each with whether its key is still there (it is gone once erased). */
export async function enteredBlobs(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { hasKey: boolean }>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('blob')
    .select(['id', 'key_wrapped'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, key_wrapped: key }) => [id, { hasKey: key !== null }]))
}

/** Without its key a blob is noise, whoever has the bytes. */
export const forgetBlobs = (tx: Tx, workspaceId: string, ids: readonly string[], now: Date) =>
  tx
    .updateTable('blob')
    .set({ key_wrapped: null, erased_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', [...ids])
    .execute()

export const insertEpisode = (tx: Tx, row: Insertable<Episode>): Promise<EpisodeRow> =>
  tx.insertInto('episode').values(row).returningAll().executeTakeFirstOrThrow()

export const readEpisode = (tx: Tx, { workspaceId, id }: Key): Promise<EpisodeRow | undefined> =>
  tx
    .selectFrom('episode')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

export const lockEpisode = (tx: Tx, { workspaceId, id }: Key): Promise<EpisodeRow | undefined> =>
  tx
    .selectFrom('episode')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/** A worker's own episode, in whichever workspace, by the worker's own policy. */
export const readOwnEpisode = (tx: Tx, workerId: string, id: string): Promise<EpisodeRow | undefined> =>
  tx
    .selectFrom('episode')
    .selectAll()
    .where('worker_id', '=', workerId)
    .where('id', '=', id)
    .executeTakeFirst()

type EpisodeChange = Partial<
  Pick<
    Insertable<Episode>,
    | 'state'
    | 'verdict'
    | 'probe'
    | 'signals'
    | 'faults'
    | 'device'
    | 'redaction'
    | 'calibration_id'
    | 'scale_id'
    | 'face_check'
    | 'quarantined_at'
    | 'poster_id'
    | 'duration_ms'
    | 'frame_count'
    | 'fps'
    | 'width'
    | 'height'
    | 'frozen_at'
  >
>
export const updateEpisode = (tx: Tx, { workspaceId, id }: Key, change: EpisodeChange) =>
  tx.updateTable('episode').set(change).where('workspace_id', '=', workspaceId).where('id', '=', id).execute()

interface EpisodePage {
  workspaceId?: string | undefined
  workerId?: string | undefined
  campaignId?: string | undefined
  state?: string | undefined
  after?: string | undefined
  limit: number
}

/** Newest first; `after` is the id of the last one of the page before. */
export const listEpisodes = (tx: Tx, page: EpisodePage): Promise<EpisodeRow[]> => {
  let query = tx.selectFrom('episode').selectAll().orderBy('id', 'desc').limit(page.limit)
  if (page.workspaceId) query = query.where('workspace_id', '=', page.workspaceId)
  if (page.workerId) query = query.where('worker_id', '=', page.workerId)
  if (page.campaignId) query = query.where('campaign_id', '=', page.campaignId)
  if (page.state) query = query.where('state', '=', page.state)
  if (page.after) query = query.where('id', '<', page.after)
  return query.execute()
}

/** Episodes of a campaign that others may judge or a release may take, in order of arrival; none that is quarantined. */
export const episodesInState = (tx: Tx, workspaceId: string, campaignId: string, states: readonly string[]) =>
  tx
    .selectFrom('episode')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('state', 'in', [...states])
    .where('quarantined_at', 'is', null)
    .orderBy('id')
    .execute()

export const episodesOfConsent = (tx: Tx, workspaceId: string, consentId: string) =>
  tx
    .selectFrom('episode')
    .select(['id', 'campaign_id', 'task_id', 'submission_id', 'state'])
    .where('workspace_id', '=', workspaceId)
    .where('consent_id', '=', consentId)
    .orderBy('id')
    .execute()

export const frozenEpisodes = (tx: Tx, workspaceId: string, before: Date, limit: number) =>
  tx
    .selectFrom('episode')
    .select(['id', 'blob_id', 'poster_id'])
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'frozen')
    .where('frozen_at', '<', before)
    .orderBy('frozen_at')
    .limit(limit)
    .execute()

export const arrivedEpisodes = (tx: Tx, workspaceId: string, before: Date, limit: number) =>
  tx
    .selectFrom('episode')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'arrived')
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(limit)
    .execute()
