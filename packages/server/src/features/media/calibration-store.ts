import type { Insertable, Selectable } from 'kysely'
import type { Calibration } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'
import type { Key } from './store.ts'

/** More than anybody makes; the newest are told. */
const MAX_OWN = 200

/** Adds it once; false when the id is taken. */
export async function insertCalibration(tx: Tx, row: Insertable<Calibration>): Promise<boolean> {
  const inserted = await tx
    .insertInto('calibration')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

export const readCalibration = (
  tx: Tx,
  { workspaceId, id }: Key,
): Promise<Selectable<Calibration> | undefined> =>
  tx
    .selectFrom('calibration')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()

/** A worker's own, in every workspace, by the worker's own policy. */
export const calibrationsOf = (tx: Tx, workerId: string): Promise<Selectable<Calibration>[]> =>
  tx
    .selectFrom('calibration')
    .selectAll()
    .where('worker_id', '=', workerId)
    .orderBy('id', 'desc')
    .orderBy('workspace_id')
    .limit(MAX_OWN)
    .execute()
