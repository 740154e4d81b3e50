import type { WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { episodesOfConsent, lockEpisode, updateEpisode } from './store.ts'

/** Freezes every recording under a consent that has ended. (Reads already fail: they look at the consent itself.) */
export async function freezeEpisodes(deps: Deps, workspaceId: WorkspaceId, consentId: string): Promise<void> {
  const ctx = systemCtx(deps, 'media.freeze', workspaceId)
  const episodes = await read(ctx, (tx) => episodesOfConsent(tx, workspaceId, consentId))
  for (const { id, state } of episodes) {
    if (state === 'frozen' || state === 'erased') continue
    await write(ctx, async (tx) => {
      may(ctx, 'media.freeze')
      const key = { workspaceId, id }
      const episode = await lockEpisode(tx, key)
      if (!episode || episode.state === 'frozen' || episode.state === 'erased') return recordNothing(tx)
      await updateEpisode(tx, key, { state: 'frozen', frozen_at: deps.clock.now() })
      await record(tx, ctx, 'media.freeze', {
        subject: { kind: 'episode', id },
        workerId: episode.worker_id,
        episodeId: id,
        campaignId: episode.campaign_id,
        taskId: episode.task_id,
        submissionId: episode.submission_id,
        consentId,
      })
    })
  }
}
