import { assert } from '@chiron/core/kit'
import { chunkBytes } from './delay.ts'

/** A link on which nothing moved for this long is taken for broken. */
const STALL_MS = 60_000

export type UploadOptions = {
  file: Blob
  endpoint: string
  uploadUrl: string | undefined
  metadata: Record<string, string>
  headers: Record<string, string>
  signal: AbortSignal
  /** Tries that failed since bytes last arrived; none when not given. */
  attempts?: number
  /** The place of the upload is known: keep it, and the next try goes on from there. */
  onUrl: (uploadUrl: string) => void
  onProgress: (sentBytes: number) => void
  /** The server has this many bytes for good. */
  onKept: (sentBytes: number) => void
}

/**
 * Sends a file by tus, from where the server already has it. Resolves to the upload's id, the last part of
 * its URL. One try: whoever calls it decides about the next.
 */
export async function uploadTake(options: UploadOptions): Promise<string> {
  const { Upload } = await import('tus-js-client')
  const { signal } = options
  let stop = (_: unknown): void => undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const alive = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => stop(new Error(`nothing sent for ${STALL_MS} ms`)), STALL_MS)
  }
  const onAbort = (): void => stop(signal.reason)
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const upload = new Upload(options.file, {
        endpoint: options.endpoint,
        uploadUrl: options.uploadUrl ?? null,
        metadata: options.metadata,
        headers: options.headers,
        chunkSize: chunkBytes(
          (navigator as { connection?: { saveData?: boolean } }).connection,
          options.attempts,
        ),
        retryDelays: null,
        storeFingerprintForResuming: false,
        onUploadUrlAvailable: () => {
          if (upload.url !== null) options.onUrl(upload.url)
        },
        onProgress: (sentBytes) => {
          alive()
          options.onProgress(sentBytes)
        },
        onChunkComplete: (_, keptBytes) => options.onKept(keptBytes),
        onSuccess: () => {
          assert(upload.url !== null, 'a finished upload has a URL')
          resolve(upload.url)
        },
        onError: reject,
      })
      stop = (reason) => {
        void upload.abort().catch(() => undefined)
        reject(reason)
      }
      alive()
      upload.start()
      signal.addEventListener('abort', onAbort)
      if (signal.aborted) onAbort()
    })
    return uploadIdOf(url)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

export function uploadIdOf(uploadUrl: string): string {
  const id = decodeURIComponent(new URL(uploadUrl, 'http://localhost').pathname.split('/').at(-1) ?? '')
  assert(id !== '', 'an upload URL ends with its id')
  return id
}
