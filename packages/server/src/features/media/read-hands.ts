import { filmNotesSchema, type HandStream } from '@chiron/core/sight'
import { type ByteSource, readFilmNotes } from '@chiron/formats/node'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { read } from '../../platform/tx.ts'
import { blobSource } from './read-motion.ts'
import { readableBlob, storedBlob } from './readable-episode.ts'

/**
 * The hands that lie behind an episode's film, while it may be seen; null when there are none, or none that can be read:
 * they come from a phone and are believed no further than they fit the schema.
 */
export async function readHands(ctx: Ctx, episodeId: string): Promise<{ hands: HandStream | null }> {
  may(ctx, 'media.read')
  const key = { workspaceId: workspaceOf(ctx), id: episodeId }
  const blob = await read(ctx, (tx) => readableBlob(tx, ctx, key, 'video'))
  return { hands: (await handsIn(blobSource(ctx.deps.blobs, storedBlob(blob)))) ?? null }
}

/** What a phone saw of the hands, as it lies behind a film. */
export async function handsIn(film: ByteSource): Promise<HandStream | undefined> {
  const notes = filmNotesSchema.safeParse(await readFilmNotes(film))
  return (notes.success && notes.data.hands) || undefined
}
