import { probeFile } from '@chiron/formats/node'
import { readTrajectory } from '@chiron/formats/trajectory'
import type { Ctx } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { type BlobRow, storedBlob, waitingUpload } from '../media/index.ts'
import { parsed, refuseAs, textOf } from './read-upload.ts'
import type { StreamRow } from './rollout-store.ts'

const MAX_TRAJECTORY_BYTES = 256 * 1024 ** 2
const VIDEO = /^video\//

export interface NewStream {
  name: string
  kind: 'video' | 'trajectory'
  uploadId: string
  startMs: number
}

/** A stream that was looked at and is sound: what its row will say. */
export type PreparedStream = NewStream &
  Pick<
    StreamRow,
    | 'bytes'
    | 'sha256'
    | 'mime'
    | 'duration_ms'
    | 'sample_count'
    | 'columns'
    | 'codec'
    | 'fps'
    | 'width'
    | 'height'
  >

/**
 * Looks at an uploaded stream whole, before anything is written. Refuses `malformed` with the stream's name, the reason
 * and, for a trajectory, the row; `not-found` and `already-used` as uploads do.
 */
export async function prepareStream(ctx: Ctx, stream: NewStream): Promise<PreparedStream> {
  const wanted = { uploadId: stream.uploadId, purpose: 'rollout', workerId: null } as const
  const blob = await read(ctx, (tx) => waitingUpload(tx, ctx, wanted))
  const facts = await (stream.kind === 'video'
    ? videoFacts(ctx, stream, blob)
    : numberFacts(ctx, stream, blob))
  return { ...stream, bytes: blob.bytes, sha256: blob.sha256, ...facts }
}

async function videoFacts({ deps }: Ctx, { name }: NewStream, blob: BlobRow) {
  const what = `The video “${name}”`
  if (!VIDEO.test(blob.mime)) {
    const reason = 'This is not a video file (MP4, MOV, WebM or MKV).'
    return refuse('malformed', `${what}: ${reason}`, { stream: name, reason })
  }
  try {
    const probe = await deps.blobs.withPlainFile(storedBlob(blob), (file) => probeFile(file))
    return {
      mime: blob.mime,
      duration_ms: probe.durationMs,
      sample_count: probe.frameCount,
      columns: [],
      codec: probe.codec,
      fps: probe.fps,
      width: probe.width,
      height: probe.height,
    }
  } catch (cause) {
    return refuseAs(what, cause)
  }
}

async function numberFacts(ctx: Ctx, { name }: NewStream, blob: BlobRow) {
  const what = `The trajectory “${name}”`
  if (blob.bytes > MAX_TRAJECTORY_BYTES)
    refuse('too-large', `${what} has more than ${MAX_TRAJECTORY_BYTES / 1024 ** 2} MB.`, { stream: name })
  const text = await textOf(ctx, blob)
  const { columns, timesMs } = parsed(what, () => readTrajectory(text))
  return {
    mime: 'text/csv; charset=utf-8',
    duration_ms: (timesMs.at(-1) as number) - (timesMs[0] as number),
    sample_count: timesMs.length,
    columns: [...columns],
    codec: null,
    fps: null,
    width: null,
    height: null,
  }
}
