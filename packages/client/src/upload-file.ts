import { mediaPaths } from '@chiron/contract'
import type { Client } from './call.ts'
import { uploadTake } from './outbox/upload-take.ts'

const MAX_TRIES = 4
const PAUSE_MS = 1500

export type FileUpload = {
  file: Blob
  /** `purpose` (`episode` | `brief`), and what else the server asks for. */
  metadata: Record<string, string>
  signal: AbortSignal
  onProgress?: (sentBytes: number) => void
}

/**
 * Sends a file while the page is open and resolves to the upload's id. A link that breaks is taken up again from where
 * the server has it, a few times; what the server refuses is thrown at once. A file that must survive the page
 * belongs into the outbox.
 */
export async function uploadFile(client: Client, upload: FileUpload): Promise<string> {
  const { file, metadata, signal, onProgress } = upload
  let uploadUrl: string | undefined
  for (let tries = 1; ; tries += 1) {
    try {
      return await uploadTake({
        file,
        endpoint: client.url(mediaPaths.uploads),
        uploadUrl,
        metadata,
        headers: client.headers(),
        signal,
        onUrl: (url) => {
          uploadUrl = url
        },
        onProgress: (sentBytes) => onProgress?.(sentBytes),
        onKept: () => undefined,
      })
    } catch (cause) {
      if (tries >= MAX_TRIES || signal.aborted || isRefused(cause)) throw cause
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

/** What tus says of a reply; absent when none came. */
function isRefused(cause: unknown): boolean {
  const status = (
    cause as { originalResponse?: { getStatus(): number } | null }
  ).originalResponse?.getStatus()
  return status !== undefined && status >= 400 && status < 500 && status !== 409 && status !== 423
}
