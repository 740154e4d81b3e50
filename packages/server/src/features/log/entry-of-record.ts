import { fromHex, isUuid } from '@chiron/core/kit'
import { logEntry, saltedCommitment } from '@chiron/core/log'
import type { RecordRow } from './store.ts'

/** What the log keeps of a record: random ids, and a commitment to the rest that says nothing without the salt. */
export function entryOfRecord(row: RecordRow): Uint8Array {
  const salt = fromHex(row.salt)
  return logEntry({
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    actor: row.actor_kind === 'system' ? 'system' : faceless(row.actor_kind, row.actor_id, salt),
    subject: faceless(row.subject_kind, row.subject_id, salt),
    factsDigest: saltedCommitment(salt, committedOf(row)),
  })
}

/** What the digest of a record's entry is over. */
export const committedOf = (row: Pick<RecordRow, 'facts' | 'worker_id' | 'actor_id'>) => ({
  facts: row.facts,
  workerId: row.worker_id,
  actorId: row.actor_id,
})

const faceless = (kind: string, id: string, salt: Uint8Array): string =>
  `${kind}:${isUuid(id) ? id : saltedCommitment(salt, id)}`
