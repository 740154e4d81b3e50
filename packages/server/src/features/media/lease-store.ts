import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'

/** One request's claim on an upload. */
export interface LeaseClaim {
  uploadId: string
  holder: string
}

/** Takes the upload when nobody holds it or its holder has gone quiet; else tells the holder that it is wanted. */
export async function claimLease(
  tx: Tx,
  { uploadId, holder }: LeaseClaim,
  leaseMs: number,
): Promise<boolean> {
  const until = sql<Date>`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`
  const { rows } = await sql<{ holder: string }>`
    insert into upload_lease as held (upload_id, holder, leased_until) values (${uploadId}, ${holder}, ${until})
    on conflict (upload_id) do update set
      holder = case when held.leased_until < clock_timestamp() then excluded.holder else held.holder end,
      leased_until = case when held.leased_until < clock_timestamp() then excluded.leased_until
        else held.leased_until end,
      wanted_at = case when held.leased_until < clock_timestamp() then null else clock_timestamp() end
    returning holder`.execute(tx)
  return rows[0]?.holder === holder
}

/** Holds it for longer; says whether it is still ours and whether another request waits for it. */
export async function renewLease(
  tx: Tx,
  { uploadId, holder }: LeaseClaim,
  leaseMs: number,
): Promise<'held' | 'wanted' | 'lost'> {
  const row = await tx
    .updateTable('upload_lease')
    .set({ leased_until: sql<Date>`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
    .where('upload_id', '=', uploadId)
    .where('holder', '=', holder)
    .returning('wanted_at')
    .executeTakeFirst()
  if (row === undefined) return 'lost'
  return row.wanted_at === null ? 'held' : 'wanted'
}

export async function dropLease(tx: Tx, { uploadId, holder }: LeaseClaim): Promise<void> {
  await tx.deleteFrom('upload_lease').where('upload_id', '=', uploadId).where('holder', '=', holder).execute()
}

/** Forgets what killed processes left behind. */
export async function dropOldLeases(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('upload_lease')
    .where('leased_until', '<', sql<Date>`clock_timestamp() - interval '1 hour'`)
    .execute()
}
