import type { OutboxError } from './item.ts'

/** What to do about a failed try: again later, start the upload over, or stop and show why. */
export type Failure = { next: 'retry' | 'restart' | 'refuse'; error: OutboxError }

/** Answers that mean "not now": too early, too many, somebody else at it, sign in again, broken. */
const PASSING = new Set([401, 408, 409, 423, 425, 429])

/** Reads what `api.submit` threw: a CallError, or whatever the network layer throws. */
export function submitFailure(thrown: unknown): Failure {
  const { status, code, message } = fieldsOf(thrown)
  const error = { code: code ?? 'unreachable', message }
  const again = status === 0 || status >= 500 || (PASSING.has(status) && status !== 409)
  return { next: again ? 'retry' : 'refuse', error }
}

/** Reads what the upload threw. An upload the server no longer knows is started over. */
export function uploadFailure(thrown: unknown): Failure {
  const response = (thrown as { originalResponse?: { getStatus(): number; getBody(): string } | null })
    .originalResponse
  if (response === undefined || response === null) {
    return { next: 'retry', error: { code: 'unreachable', message: fieldsOf(thrown).message } }
  }
  const status = response.getStatus()
  const body = response.getBody()
  const error = { code: problemCode(body) ?? `upload-${status}`, message: body.slice(0, 300) }
  if (status === 404 || status === 410) return { next: 'restart', error }
  return { next: status === 0 || status >= 500 || PASSING.has(status) ? 'retry' : 'refuse', error }
}

function fieldsOf(thrown: unknown): { status: number; code: string | undefined; message: string } {
  if (typeof thrown !== 'object' || thrown === null)
    return { status: 0, code: undefined, message: String(thrown) }
  const { status, code, message } = thrown as Record<string, unknown>
  return {
    status: typeof status === 'number' ? status : 0,
    code: typeof code === 'string' ? code : undefined,
    message: typeof message === 'string' ? message : String(thrown),
  }
}

function problemCode(body: string): string | undefined {
  try {
    const { code } = JSON.parse(body) as { code?: unknown }
    return typeof code === 'string' ? code : undefined
  } catch {
    return undefined
  }
}
