import type { Insertable, Selectable } from 'kysely'
import type { Embodiment } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type EmbodimentRow = Selectable<Embodiment>

/** Undefined when the name is taken. */
export const insertEmbodiment = (tx: Tx, row: Insertable<Embodiment>): Promise<EmbodimentRow | undefined> =>
  tx
    .insertInto('embodiment')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst()

export const readEmbodiment = (tx: Tx, workspaceId: string, id: string): Promise<EmbodimentRow | undefined> =>
  tx
    .selectFrom('embodiment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

export const embodimentByName = (
  tx: Tx,
  workspaceId: string,
  name: string,
): Promise<EmbodimentRow | undefined> =>
  tx
    .selectFrom('embodiment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .executeTakeFirst()

/** By name. */
export const listEmbodimentRows = (tx: Tx, workspaceId: string, limit: number): Promise<EmbodimentRow[]> =>
  tx
    .selectFrom('embodiment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .limit(limit)
    .execute()
