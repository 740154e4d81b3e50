import type { ReadStream } from 'node:fs'
import { CallError } from '@chiron/client'
import { mediaPaths, type Problem, problem } from '@chiron/contract'
import { DetailedError, Upload } from 'tus-js-client'
import type { Server } from '../connection.ts'
import { Unreachable } from '../exit.ts'

const CHUNK_BYTES = 5 * 1024 * 1024

interface Sending {
  content: ReadStream | Buffer
  bytes: number
  filename: string
  purpose: 'brief' | 'episode' | 'rollout' | 'embodiment'
  sha256: string
  /** Told how much has been sent, in megabytes. */
  onProgress(megabytes: string): void
}

/**
 * Sends bytes by tus and gives the upload's id.
 * @throws Unreachable after several tries; CallError with the server's own words when it refuses
 */
export async function upload(
  server: Server,
  { content, bytes, filename, purpose, sha256, onProgress }: Sending,
): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const job: Upload = new Upload(content, {
      endpoint: server.url(mediaPaths.uploads),
      headers: server.headers(),
      metadata: { purpose, sha256, filename },
      chunkSize: CHUNK_BYTES,
      uploadSize: bytes,
      onProgress: (sentBytes) => onProgress((sentBytes / 1e6).toFixed(1)),
      onSuccess: () => resolve(job.url ?? ''),
      onError: (cause) => reject(inWords(cause, server.baseUrl)),
    })
    job.start()
  })
  return url.slice(url.lastIndexOf('/') + 1)
}

function inWords(cause: Error, baseUrl: string): Error {
  if (!(cause instanceof DetailedError)) return cause
  const reply = cause.originalResponse
  if (!reply) return new Unreachable(baseUrl)
  const status = reply.getStatus()
  const refusal = refusalIn(reply.getBody())
  if (refusal) return new CallError(status, refusal)
  return new Error(`the server answered ${status} without saying why`)
}

function refusalIn(body: string): Problem | undefined {
  try {
    return problem.parse(JSON.parse(body))
  } catch {
    return undefined
  }
}
