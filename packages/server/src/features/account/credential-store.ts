import { type Insertable, type Selectable, sql } from 'kysely'
import type { Database } from '../../platform/db/database.ts'
import type { ApiKey, Passkey, Session, SignInLink } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type LinkRow = Selectable<SignInLink>
export type KeyRow = Selectable<ApiKey>
export type PasskeyRow = Selectable<Passkey>

export interface SessionHolder {
  workspace_id: string | null
  member_id: string | null
  role: 'owner' | 'manager' | 'reviewer' | 'auditor' | null
  worker_id: string | null
  expires_at: Date
  last_seen_at: Date | null
}

/** One statement outside any transaction of ours: each request pays for it. */
export async function sessionHolder(
  db: Database,
  hash: string,
  now: Date,
): Promise<SessionHolder | undefined> {
  const found = await sql<SessionHolder>`select * from session_holder(${hash}, ${now})`.execute(db)
  return found.rows[0]
}

export interface KeyHolder {
  workspace_id: string
  key_id: string
  role: 'manager' | 'reviewer' | 'auditor'
  last_used_at: Date | null
}

export async function keyHolder(db: Database, hash: string): Promise<KeyHolder | undefined> {
  const found = await sql<KeyHolder>`select * from key_holder(${hash})`.execute(db)
  return found.rows[0]
}

export const insertSession = (tx: Tx, row: Insertable<Session>) =>
  tx.insertInto('session').values(row).execute()

export const extendSession = (tx: Tx, hash: string, expiresAt: Date) =>
  tx.updateTable('session').set({ expires_at: expiresAt }).where('token_hash', '=', hash).execute()

export const deleteSession = (tx: Tx, hash: string) =>
  tx.deleteFrom('session').where('token_hash', '=', hash).execute()

/** Ends a worker's sessions but this one. */
export const deleteOtherSessions = (tx: Tx, workerId: string, hash: string) =>
  tx.deleteFrom('session').where('worker_id', '=', workerId).where('token_hash', '<>', hash).execute()

/** Ends everything by which a member comes in. */
export async function deleteCredentialsOf(tx: Tx, workspaceId: string, memberId: string): Promise<void> {
  for (const table of ['session', 'sign_in_link', 'passkey'] as const) {
    await tx
      .deleteFrom(table)
      .where('workspace_id', '=', workspaceId)
      .where('member_id', '=', memberId)
      .execute()
  }
}

export const insertLink = (tx: Tx, row: Insertable<SignInLink>) =>
  tx.insertInto('sign_in_link').values(row).execute()

export const readLink = (tx: Tx, hash: string) =>
  tx.selectFrom('sign_in_link').selectAll().where('token_hash', '=', hash).executeTakeFirst()

/** False when it was used at the same moment. */
export async function useLink(tx: Tx, hash: string, now: Date): Promise<boolean> {
  const used = await tx
    .updateTable('sign_in_link')
    .set({ used_at: now })
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return used.numUpdatedRows === 1n
}

export const insertKey = (tx: Tx, row: Insertable<ApiKey>) =>
  tx.insertInto('api_key').values(row).returningAll().executeTakeFirstOrThrow()

export const listKeys = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('api_key').selectAll().where('workspace_id', '=', workspaceId).orderBy('id', 'desc').execute()

export const readKey = (tx: Tx, workspaceId: string, keyId: string) =>
  tx
    .selectFrom('api_key')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyId)
    .executeTakeFirst()

export const markKeyRevoked = (
  tx: Tx,
  { workspaceId, keyId, now }: { workspaceId: string; keyId: string; now: Date },
) =>
  tx
    .updateTable('api_key')
    .set({ revoked_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()

export const touchKey = (tx: Tx, workspaceId: string, keyId: string, now: Date) =>
  tx
    .updateTable('api_key')
    .set({ last_used_at: now })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyId)
    .execute()

export interface PasskeyOwner {
  member_id: string | null
  worker_id: string | null
}

export const insertPasskey = (tx: Tx, row: Insertable<Passkey>) =>
  tx.insertInto('passkey').values(row).execute()

export const listPasskeys = (tx: Tx, { member_id, worker_id }: PasskeyOwner) =>
  tx
    .selectFrom('passkey')
    .select(['credential_id', 'transports'])
    .where((where) => (member_id ? where('member_id', '=', member_id) : where('worker_id', '=', worker_id)))
    .orderBy('id')
    .execute()

export const readPasskey = (tx: Tx, credentialId: string) =>
  tx.selectFrom('passkey').selectAll().where('credential_id', '=', credentialId).executeTakeFirst()

export const countPasskeyUse = (tx: Tx, credentialId: string, counter: number) =>
  tx.updateTable('passkey').set({ counter }).where('credential_id', '=', credentialId).execute()

export const insertChallenge = (tx: Tx, row: { id: string; challenge: string; expires_at: Date }) =>
  tx.insertInto('passkey_challenge').values(row).execute()

/** A challenge is good once, whatever the answer. */
export const takeChallenge = (tx: Tx, challengeId: string) =>
  tx.deleteFrom('passkey_challenge').where('id', '=', challengeId).returningAll().executeTakeFirst()
