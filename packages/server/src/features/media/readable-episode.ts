import type { StoredBlob } from '../../platform/blobs/blobs.ts'
import type { Ctx } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { heldConsents } from './consents.ts'
import { isQuarantinedFor } from './quarantine.ts'
import { type BlobRow, type EpisodeRow, type Key, readBlob, readEpisode } from './store.ts'

const GONE =
  'This recording may no longer be seen: the person has withdrawn it, or the consent to it has ended.'

/**
 * The episode, while it may be seen: its consent holds and it is not frozen or erased. Looked at anew for each
 * read, so that a withdrawal counts from that moment. Refuses `not-found`, `gone`.
 */
export async function readableEpisode(tx: Tx, ctx: Ctx, key: Key): Promise<EpisodeRow> {
  const episode = found(await readEpisode(tx, key), 'recording')
  const held = await heldConsents(tx, key.workspaceId, [episode], ctx.deps.clock.now())
  if (isQuarantinedFor(ctx, episode)) {
    return refuse(
      'quarantined',
      'This recording still shows a face. Only a manager and the person who made it may see it.',
    )
  }
  const ended = episode.state === 'frozen' || episode.state === 'erased'
  if (ended || !held.has(episode.consent_id)) return refuse('gone', GONE, { episodeId: key.id })
  return episode
}

export type EpisodePart = 'video' | 'poster'

/** The stored bytes of an episode's video or poster, while it may be seen. */
export async function readableBlob(tx: Tx, ctx: Ctx, key: Key, part: EpisodePart): Promise<BlobRow> {
  const episode = await readableEpisode(tx, ctx, key)
  const id = part === 'video' ? episode.blob_id : episode.poster_id
  if (id === null) return refuse('not-found', 'This recording has no still picture yet.')
  return found(await readBlob(tx, { workspaceId: key.workspaceId, id }), 'recording')
}

/** What opens a blob; refuses `gone` once its key is destroyed. */
export function storedBlob(row: BlobRow): StoredBlob {
  if (row.key_wrapped === null) return refuse('gone', GONE)
  const { id, workspace_id: workspaceId, bytes, sha256, key_wrapped: keyWrapped } = row
  return { id, workspaceId, bytes, sha256, keyWrapped }
}
