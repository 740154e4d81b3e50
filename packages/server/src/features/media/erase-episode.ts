import type { WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { forgetBlobs, type Key, lockEpisode, readEpisode, updateEpisode } from './store.ts'

/**
 * Destroys a frozen recording: bytes, poster, then their keys and what was measured. A tombstone stays: ids, dates,
 * digest. The files go first, so that a crash between leaves the sweep something to find.
 */
export async function eraseEpisode(deps: Deps, key: Key & { workspaceId: WorkspaceId }): Promise<void> {
  const ctx = systemCtx(deps, 'media.erase', key.workspaceId)
  const episode = await read(ctx, (tx) => readEpisode(tx, key))
  if (episode?.state !== 'frozen') return
  const blobIds = [episode.blob_id, episode.poster_id].filter((id) => id !== null)
  for (const id of blobIds) await deps.blobs.erase({ id, workspaceId: key.workspaceId })
  await write(ctx, async (tx) => {
    may(ctx, 'media.erase')
    const locked = await lockEpisode(tx, key)
    if (locked?.state !== 'frozen') return recordNothing(tx)
    await forgetBlobs(tx, key.workspaceId, blobIds, deps.clock.now())
    await updateEpisode(tx, key, {
      state: 'erased',
      probe: null,
      signals: '[]',
      faults: '[]',
      device: '{}',
      redaction: null,
      calibration_id: null,
      scale_id: null,
      face_check: null,
      poster_id: null,
      verdict: null,
    })
    await record(tx, ctx, 'media.erase', {
      subject: { kind: 'episode', id: key.id },
      workerId: locked.worker_id,
      episodeId: key.id,
      campaignId: locked.campaign_id,
    })
  })
}
