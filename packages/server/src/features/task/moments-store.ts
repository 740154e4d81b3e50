import type { SeenMoment } from '@chiron/core/sight'
import type { Insertable } from 'kysely'
import type { TaskMoment } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import type { Key } from './store.ts'

export const insertMoments = async (tx: Tx, rows: readonly Insertable<TaskMoment>[]): Promise<void> => {
  if (rows.length > 0)
    await tx
      .insertInto('task_moments')
      .values([...rows])
      .execute()
}

/** What a task asks people to correct; undefined where it asks something else, or its recording was erased. */
export async function readMoments(tx: Tx, { workspaceId, id }: Key): Promise<SeenMoment[] | undefined> {
  const row = await tx
    .selectFrom('task_moments')
    .select('moments')
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', id)
    .executeTakeFirst()
  return row && (row.moments as unknown as SeenMoment[])
}

/** Forgets what the machine saw of a recording. Returns how many tasks asked about it. */
export async function forgetMoments(tx: Tx, workspaceId: string, episodeId: string): Promise<number> {
  const gone = await tx
    .deleteFrom('task_moments')
    .where('workspace_id', '=', workspaceId)
    .where('episode_id', '=', episodeId)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}
