import { assert, hmacSha256, isUuid, jcs, toHex, utf8 } from '../kit/index.ts'

const MIN_SALT_BYTE_COUNT = 16
const ACTION = /^[a-z][a-z0-9-]{0,40}(\.[a-z][a-z0-9-]{0,40}){1,3}$/
const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const KIND_PREFIX = /^[a-z][a-z-]{0,30}:/

/** What the log keeps of one record. It can be shown to anybody and never needs to be deleted. */
export type LogEntry = {
  /** Id of the record, a UUID. */
  id: string
  /** When, as `2026-01-31T09:30:00.000Z`. */
  at: string
  /** Noun and verb: `pay.post`. */
  action: string
  /** Who: a UUID or a commitment, after `kind:` if wanted (`worker:…`), or `system`. */
  actor: string
  /** About what: as for `actor`. */
  subject: string
  /** `saltedCommitment` over the facts, 64 hex digits. */
  factsDigest: string
}

/**
 * The bytes of an entry, canonical JSON in UTF-8. Random ids and commitments only: a log cannot
 * forget, so what could point at a person must not get in, and anything else is our mistake.
 */
export function logEntry(entry: LogEntry): Uint8Array {
  const { id, at, action, actor, subject, factsDigest } = entry
  assert(isUuid(id), 'an entry has a UUID')
  assert(AT.test(at), 'the time of an entry is UTC with milliseconds')
  assert(ACTION.test(action), 'an action is noun.verb')
  assert(isFaceless(actor), 'an actor is a random id, a commitment or system')
  assert(isFaceless(subject), 'a subject is a random id, a commitment or system')
  assert(isDigest(factsDigest), 'facts enter the log as a digest')
  return utf8(jcs({ id, at, action, actor, subject, factsDigest }))
}

/**
 * Binds us to a value without telling it: HMAC-SHA256(salt, canonical JSON of the value) in hex. A
 * plain hash of something guessable can be guessed; this cannot be while the salt (16 random bytes or
 * more) is kept, and once the salt is destroyed it says nothing.
 */
export function saltedCommitment(salt: Uint8Array, value: unknown): string {
  assert(salt.length >= MIN_SALT_BYTE_COUNT, 'a salt has at least 16 bytes')
  return toHex(hmacSha256(salt, utf8(jcs(value))))
}

function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

function isFaceless(text: string): boolean {
  const id = text.replace(KIND_PREFIX, '')
  return text === 'system' || isUuid(id) || isDigest(id)
}
