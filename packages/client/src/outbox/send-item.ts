import { type Failure, submitFailure, uploadFailure } from './failure.ts'
import type { OutboxItem } from './item.ts'
import { uploadTake } from './upload-take.ts'
import { withinTime } from './within-time.ts'

/** The body of a submission, as the contract has it. */
export type SubmissionBody = {
  id: string
  leaseId: string
  answer: Record<string, unknown>
  activeMs: number
  sentAt: string
}

export type Sending = {
  submit: (body: SubmissionBody) => Promise<unknown>
  endpoint: string
  headers: () => Record<string, string>
  openTake: (name: string) => Promise<Blob | undefined>
  now: () => number
  patch: (id: string, change: Partial<OutboxItem>) => Promise<OutboxItem | undefined>
  signal: AbortSignal
  onProgress: (id: string, sentBytes: number) => void
}

/** An answer that got no reply for this long is posted again; the server knows it by its id. */
export const SUBMIT_LIMIT_MS = 60_000

/** A try that failed, with what follows from it. */
export class SendError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.error.message)
    this.failure = failure
  }
}

/**
 * One try: uploads the take if there is one, then posts the answer. Gives the server's reply, or undefined
 * when the item was removed meanwhile.
 * @throws SendError
 */
export async function sendItem(item: OutboxItem, sending: Sending): Promise<unknown> {
  const answer = { ...item.answer }
  if (item.takeFile !== undefined) {
    if ((await sending.patch(item.id, { state: 'uploading' })) === undefined) return undefined
    answer.uploadId = await upload(item, sending)
  }
  if ((await sending.patch(item.id, { state: 'sending' })) === undefined) return undefined
  const { id, leaseId, activeMs } = item
  const sentAt = new Date(sending.now()).toISOString()
  const posting = sending.submit({ id, leaseId, answer, activeMs, sentAt })
  const reply = await withinTime(posting, SUBMIT_LIMIT_MS, sending.signal).catch((thrown: unknown) => {
    throw new SendError(submitFailure(thrown))
  })
  // The bytes have left: keeping them here would fill the device.
  await sending.patch(item.id, { state: 'sent', lastError: undefined, takeFile: undefined })
  return reply ?? null
}

async function upload(item: OutboxItem, sending: Sending): Promise<string> {
  const { takeFile } = item
  const file = typeof takeFile === 'string' ? await sending.openTake(takeFile) : takeFile
  if (file === undefined) {
    const error = { code: 'take-missing', message: 'The recording is no longer on this device.' }
    throw new SendError({ next: 'refuse', error })
  }
  await sending.patch(item.id, { totalBytes: file.size })
  const keep = (change: Partial<OutboxItem>): void => {
    void sending.patch(item.id, change).catch(() => undefined)
  }
  return await uploadTake({
    file,
    endpoint: sending.endpoint,
    uploadUrl: item.uploadUrl,
    metadata: item.uploadMetadata ?? {},
    headers: sending.headers(),
    signal: sending.signal,
    attempts: item.attempts,
    onUrl: (uploadUrl) => keep({ uploadUrl }),
    onProgress: (sentBytes) => sending.onProgress(item.id, sentBytes),
    // The link moves: what breaks next is a first failure again, not one more of many.
    onKept: (sentBytes) => keep({ sentBytes, attempts: 0 }),
  }).catch((thrown: unknown) => {
    throw new SendError(uploadFailure(thrown))
  })
}
