/**
 * waiting: on this device, to be sent when it can be · uploading: its take is leaving · sending: the answer
 * is leaving · sent: the server has it · refused: the server said no and why; nothing is tried again by itself
 */
export type OutboxState = 'waiting' | 'uploading' | 'sending' | 'sent' | 'refused'

/** What went wrong last; `code` is stable, `message` for people. */
export type OutboxError = { code: string; message: string }

/**
 * An answer on its way. `id` is the submission's id, the same on every try. `takeFile` is a recording to
 * upload first: its name among the device's takes, or the bytes themselves; its upload id then becomes
 * `answer.uploadId`. `nextTryMs`: not before this time, on the clock of `now`.
 */
export type OutboxItem = {
  id: string
  kind: 'submission'
  state: OutboxState
  leaseId: string
  answer: Record<string, unknown>
  activeMs: number
  takeFile?: string | Blob | undefined
  uploadMetadata?: Record<string, string> | undefined
  uploadUrl?: string | undefined
  sentBytes: number
  totalBytes: number
  attempts: number
  nextTryMs: number
  lastError?: OutboxError | undefined
  /** Its take waits for a link that costs nothing by the byte, or until it is told to leave. */
  isHeld?: boolean | undefined
  createdAt: string
}

/** What an app puts in. `totalBytes` of a take by name is found when it is read, unless it is said. */
export type NewOutboxItem = Pick<
  OutboxItem,
  'id' | 'leaseId' | 'answer' | 'activeMs' | 'takeFile' | 'uploadMetadata' | 'isHeld'
> & { totalBytes?: number }
