import type { EpisodeMotion } from '@chiron/contract'
import { type MotionStream, motionNotesSchema, motionOnFilm } from '@chiron/core/motion'
import { type ByteSource, readFilmNotes } from '@chiron/formats/node'
import type { Blobs, StoredBlob } from '../../platform/blobs/blobs.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { read } from '../../platform/tx.ts'
import { readableBlob, storedBlob } from './readable-episode.ts'

/** As many points as a wide screen shows. */
const MAX_CHART_POINTS = 1500

/** How the phone moved, for a chart; null where nothing was felt. Refuses `not-found`, `gone`. */
export async function readMotion(ctx: Ctx, episodeId: string): Promise<EpisodeMotion | null> {
  may(ctx, 'media.read')
  const key = { workspaceId: workspaceOf(ctx), id: episodeId }
  const blob = await read(ctx, (tx) => readableBlob(tx, ctx, key, 'video'))
  const stream = await motionIn(blobSource(ctx.deps.blobs, storedBlob(blob)))
  if (stream === undefined) return null
  const { motion, errorMs } = motionOnFilm(stream)
  const step = Math.max(1, Math.ceil(motion.timesMs.length / MAX_CHART_POINTS))
  const places = motion.timesMs.map((_, at) => at).filter((at) => at % step === 0)
  const lengths = (vectors: readonly number[][]) => places.map((at) => Math.hypot(...(vectors[at] ?? [])))
  return {
    timesMs: places.map((at) => motion.timesMs[at] as number),
    acceleration: lengths(motion.acceleration),
    turning: lengths(motion.rotationRate),
    sampleCount: motion.timesMs.length,
    errorMs,
    driftPpm: stream.toCamera.driftPpm,
  }
}

/** What a phone felt, as it lies behind a film; undefined where nothing that can be read does. */
export async function motionIn(film: ByteSource): Promise<MotionStream | undefined> {
  const notes = motionNotesSchema.safeParse(await readFilmNotes(film))
  return (notes.success && notes.data.motion) || undefined
}

/** An encrypted blob as bytes to read at any place: only what is asked for is decrypted. */
export function blobSource(blobs: Blobs, stored: StoredBlob): ByteSource {
  return {
    sizeBytes: stored.bytes,
    read: async (startBytes, endBytes) => {
      if (endBytes <= startBytes) return new Uint8Array()
      const pieces: Uint8Array[] = []
      for await (const piece of blobs.open(stored, { start: startBytes, end: endBytes - 1 }))
        pieces.push(piece)
      return new Uint8Array(Buffer.concat(pieces))
    },
  }
}
