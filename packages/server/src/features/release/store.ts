import { type Insertable, type Selectable, sql } from 'kysely'
import type { Release, ReleaseEpisode, ReleaseKey } from '../../platform/db/schema.ts'
import { isOneOf, type Tx } from '../../platform/tx.ts'

export type ReleaseRow = Selectable<Release>
export type ReleaseEpisodeRow = Selectable<ReleaseEpisode>
export type ReleaseKeyRow = Selectable<ReleaseKey>

export interface Key {
  workspaceId: string
  id: string
}

/** Undefined when the name is taken. */
export const insertRelease = (tx: Tx, row: Insertable<Release>): Promise<ReleaseRow | undefined> =>
  tx
    .insertInto('release')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst()

export const readRelease = (tx: Tx, { workspaceId, id }: Key): Promise<ReleaseRow | undefined> =>
  tx
    .selectFrom('release')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

export const lockRelease = (tx: Tx, { workspaceId, id }: Key): Promise<ReleaseRow | undefined> =>
  tx
    .selectFrom('release')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const lockByName = (tx: Tx, workspaceId: string, name: string): Promise<ReleaseRow | undefined> =>
  tx
    .selectFrom('release')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst()

/** Newest first. */
export const listReleaseRows = (tx: Tx, workspaceId: string): Promise<ReleaseRow[]> =>
  tx.selectFrom('release').selectAll().where('workspace_id', '=', workspaceId).orderBy('id', 'desc').execute()

export const updateRelease = (tx: Tx, { workspaceId, id }: Key, change: Partial<Insertable<Release>>) =>
  tx
    .updateTable('release')
    .set(change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

interface Turn extends Key {
  builder: string
  now: Date
  until: Date
}

/** Takes the build for `builder` unless another holds it; undefined when there is nothing to build or it is held. */
export const takeBuild = (
  tx: Tx,
  { workspaceId, id, builder, now, until }: Turn,
): Promise<ReleaseRow | undefined> =>
  tx
    .updateTable('release')
    .set({ builder, building_until: until, attempt_count: sql`attempt_count + 1`, progress: 0 })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'building')
    .where((of) => of.or([of('building_until', 'is', null), of('building_until', '<', now)]))
    .returningAll()
    .executeTakeFirst()

/** Still at it. False when another has taken the build over. */
export async function keepBuild(
  tx: Tx,
  { workspaceId, id, builder, until, progress }: Omit<Turn, 'now'> & { progress?: number },
): Promise<boolean> {
  const kept = await tx
    .updateTable('release')
    .set({ building_until: until, ...(progress === undefined ? {} : { progress }) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('builder', '=', builder)
    .where('state', '=', 'building')
    .executeTakeFirst()
  return kept.numUpdatedRows === 1n
}

/** Lets go of a build, for the next try. */
export const dropBuild = (tx: Tx, { workspaceId, id }: Key, builder: string) =>
  tx
    .updateTable('release')
    .set({ builder: null, building_until: null })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('builder', '=', builder)
    .execute()

/** Builds whose builder has gone silent. */
export const forsakenBuilds = (tx: Tx, workspaceId: string, now: Date) =>
  tx
    .selectFrom('release')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'building')
    .where('building_until', '<', now)
    .execute()

/** Builds whose job may have been lost. */
export const waitingBuilds = (tx: Tx, workspaceId: string, before: Date) =>
  tx
    .selectFrom('release')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'building')
    .where('building_until', 'is', null)
    .where('created_at', '<', before)
    .execute()

export const insertReleaseEpisode = (tx: Tx, row: Insertable<ReleaseEpisode>) =>
  tx.insertInto('release_episode').values(row).execute()

export const clearReleaseEpisodes = (tx: Tx, { workspaceId, id }: Key) =>
  tx
    .deleteFrom('release_episode')
    .where('workspace_id', '=', workspaceId)
    .where('release_id', '=', id)
    .execute()

export const placeReleaseEpisode = (
  tx: Tx,
  row: Pick<
    ReleaseEpisodeRow,
    'workspace_id' | 'release_id' | 'episode_id' | 'index' | 'frame_count' | 'paths'
  >,
) =>
  tx
    .updateTable('release_episode')
    .set({ index: row.index, frame_count: row.frame_count, paths: row.paths })
    .where('workspace_id', '=', row.workspace_id)
    .where('release_id', '=', row.release_id)
    .where('episode_id', '=', row.episode_id)
    .execute()

export const dropReleaseEpisodes = (tx: Tx, { workspaceId, id }: Key, episodeIds: readonly string[]) =>
  tx
    .deleteFrom('release_episode')
    .where('workspace_id', '=', workspaceId)
    .where('release_id', '=', id)
    .where('episode_id', 'in', [...episodeIds])
    .execute()

/** A release's episodes in the order of the dataset. */
export const releaseEpisodes = (tx: Tx, { workspaceId, id }: Key): Promise<ReleaseEpisodeRow[]> =>
  tx
    .selectFrom('release_episode')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('release_id', '=', id)
    .orderBy('index')
    .execute()

/** Where recordings under a consent went: whatever is building or ready. */
export const releasedUnder = (tx: Tx, workspaceId: string, consentId: string) =>
  tx
    .selectFrom('release_episode')
    .select(['release_id', 'episode_id'])
    .where('workspace_id', '=', workspaceId)
    .where('consent_id', '=', consentId)
    .orderBy('release_id')
    .orderBy('episode_id')
    .execute()

/** The episode a file of a release belongs to; undefined for files about the whole. */
export const episodeOfFile = (tx: Tx, { workspaceId, id }: Key, path: string) =>
  tx
    .selectFrom('release_episode')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('release_id', '=', id)
    .where(sql<boolean>`${path} = any(paths)`)
    .executeTakeFirst()

/** Ready releases that hold an episode, with its files there. */
export const releasesWith = (tx: Tx, workspaceId: string, episodeId: string) =>
  tx
    .selectFrom('release_episode as e')
    .innerJoin('release as r', (join) =>
      join.onRef('r.workspace_id', '=', 'e.workspace_id').onRef('r.id', '=', 'e.release_id'),
    )
    .select(['r.id', 'r.name', 'e.paths'])
    .where('e.workspace_id', '=', workspaceId)
    .where('e.episode_id', '=', episodeId)
    .where('r.state', '=', 'ready')
    .orderBy('r.id')
    .execute()

export interface NewRecall {
  workspace_id: string
  release_id: string
  episode_id: string
  why: string
  created_at: Date
}

/** False when it is open already. */
export async function insertRecall(tx: Tx, row: NewRecall): Promise<boolean> {
  const inserted = await tx
    .insertInto('recall')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'release_id', 'episode_id']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

export const recallsOf = (tx: Tx, workspaceId: string, releaseIds: readonly string[]) =>
  tx
    .selectFrom('recall')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where(isOneOf('release_id', releaseIds))
    .orderBy('created_at')
    .orderBy('episode_id')
    .execute()

export async function countOpenRecalls(tx: Tx, workspaceId: string, campaignId: string): Promise<number> {
  const row = await tx
    .selectFrom('recall as c')
    .innerJoin('release as r', (join) =>
      join.onRef('r.workspace_id', '=', 'c.workspace_id').onRef('r.id', '=', 'c.release_id'),
    )
    .select(sql<number>`count(*)`.as('count'))
    .where('c.workspace_id', '=', workspaceId)
    .where('r.campaign_id', '=', campaignId)
    .where('c.state', '=', 'open')
    .executeTakeFirstOrThrow()
  return row.count
}

export const readKey = (tx: Tx, workspaceId: string): Promise<ReleaseKeyRow | undefined> =>
  tx.selectFrom('release_key').selectAll().where('workspace_id', '=', workspaceId).executeTakeFirst()

/** The release key as it lies there, once there is one. */
export const wrappedReleaseKey = async (tx: Tx, workspaceId: string): Promise<string | undefined> =>
  (await readKey(tx, workspaceId))?.secret_wrapped

/** Does nothing when another was faster. */
export const insertKey = (tx: Tx, row: ReleaseKeyRow) =>
  tx
    .insertInto('release_key')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
