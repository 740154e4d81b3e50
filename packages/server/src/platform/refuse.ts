import { isUuid, Refusal } from '@chiron/core/kit'

/** Codes of refusals and the HTTP status they travel with; a code that is not here is a bug. */
export const REFUSAL_STATUS: Readonly<Record<string, number>> = {
  'bad-input': 400,
  'not-signed-in': 401,
  'bad-credentials': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  'already-used': 409,
  'wrong-state': 409,
  'terms-changed': 409,
  'consent-missing': 409,
  'consent-invalid': 409,
  'lease-expired': 409,
  'lease-elsewhere': 409,
  'nothing-left': 409,
  'not-enough-funds': 409,
  'not-publishable': 422,
  'answer-incomplete': 422,
  'idempotency-mismatch': 422,
  expired: 410,
  gone: 410,
  quarantined: 403,
  'too-large': 413,
  'not-a-video': 415,
  'checksum-mismatch': 422,
  'place-told': 422,
  malformed: 422,
  'not-frozen': 409,
  'suite-faulty': 422,
  'too-many-combinations': 422,
  'too-many': 429,
  'disk-full': 507,
}

/** Refuses with a stable code and words for people: what happened and what to do next. */
export function refuse(code: string, message: string, facts: Record<string, unknown> = {}): never {
  throw new Refusal(code, facts, message)
}

/** The row, or a refusal that names what is missing. */
export function found<T>(row: T | undefined | null, what: string): T {
  if (row === undefined || row === null)
    return refuse('not-found', `There is no such ${what} here.`, { what })
  return row
}

/** An id from a path that no schema has read; what is no id names nothing. */
export const namedId = (id: string, what: string): string => found(isUuid(id) ? id : undefined, what)
