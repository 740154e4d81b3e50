import type { WorkspaceId } from '@chiron/core/kit'
import { extractFrame } from '@chiron/formats/node'
import { type Deps, systemCtx } from '../../platform/context.ts'
import { read, type Tx, tidy } from '../../platform/tx.ts'
import { enterBlob } from './enter-blob.ts'
import { putPoster } from './put-poster.ts'
import { readableEpisode, storedBlob } from './readable-episode.ts'
import { type EpisodeRow, insertBlob, lockEpisode, readBlob, readEpisode, updateEpisode } from './store.ts'

/** The still picture that a recording went without while it was quarantined. Repeatable. */
export async function takeStill(deps: Deps, workspaceId: WorkspaceId, id: string): Promise<void> {
  const ctx = systemCtx(deps, 'media.still', workspaceId)
  const key = { workspaceId, id }
  const film = await read(ctx, async (tx) => {
    const row = await readEpisode(tx, key)
    if (!row || !wantsStill(row)) return null
    const episode = await readableEpisode(tx, ctx, key)
    const blob = await readBlob(tx, { workspaceId, id: episode.blob_id })
    return blob && { stored: storedBlob(blob), middleMs: (episode.duration_ms ?? 0) / 2 }
  })
  if (!film) return
  const jpeg = await deps.blobs.withPlainFile(film.stored, (file) => extractFrame(file, film.middleMs))
  const poster = await putPoster(ctx, jpeg)
  const enter = async (tx: Tx) => {
    const row = await lockEpisode(tx, key)
    if (!row || !wantsStill(row)) return false
    await insertBlob(tx, { stored: poster, purpose: 'poster', mime: 'image/jpeg', now: deps.clock.now() })
    await updateEpisode(tx, key, { poster_id: poster.id })
    return true
  }
  await enterBlob(deps, poster, () => tidy(ctx, enter))
}

const wantsStill = ({ poster_id, quarantined_at, state }: EpisodeRow): boolean =>
  poster_id === null && quarantined_at === null && state !== 'frozen' && state !== 'erased'
