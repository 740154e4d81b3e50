import { type BodyNote, bodyNotesSchema } from '@chiron/core/sight'
import { type ByteSource, readFilmNotes } from '@chiron/formats/node'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { read } from '../../platform/tx.ts'
import { blobSource } from './read-motion.ts'
import { readableBlob, storedBlob } from './readable-episode.ts'

/**
 * The body that a phone saw behind an episode's film, or why it saw none, while the film may be seen; null where it was not
 * asked for, or what is there fits no schema: it comes from a phone.
 */
export async function readBody(ctx: Ctx, episodeId: string): Promise<{ body: BodyNote | null }> {
  may(ctx, 'media.read')
  const key = { workspaceId: workspaceOf(ctx), id: episodeId }
  const blob = await read(ctx, (tx) => readableBlob(tx, ctx, key, 'video'))
  return { body: (await bodyIn(blobSource(ctx.deps.blobs, storedBlob(blob)))) ?? null }
}

/** What a phone saw of the body, as it lies behind a film, whatever else lies there. */
export async function bodyIn(film: ByteSource): Promise<BodyNote | undefined> {
  const notes = bodyNotesSchema.safeParse(await readFilmNotes(film))
  return (notes.success && notes.data.body) || undefined
}
