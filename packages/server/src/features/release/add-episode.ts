import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { readConsentStates } from '../consent/index.ts'
import type { Candidate } from './choose-episodes.ts'
import { receiptHashOf } from './episode-provenance.ts'
import { insertReleaseEpisode } from './store.ts'

interface Addition extends Candidate {
  releaseId: string
  index: number
}

/**
 * Says in the log that a recording leaves in a release: which bytes, under which consent, accepted how. This record is
 * what the release's proof rests on, so its facts are told in the release. Undefined when the consent has ended.
 */
export function addEpisode(ctx: Ctx, addition: Addition): Promise<string | undefined> {
  const { releaseId, index, episode, consent } = addition
  return write(ctx, async (tx) => {
    may(ctx, 'release.add')
    const workspaceId = workspaceOf(ctx)
    const [now] = await readConsentStates(tx, workspaceId, [consent.id])
    if (!now?.holds(ctx.deps.clock.now())) {
      recordNothing(tx)
      return undefined
    }
    const verdict = episode.verdict as { label: string; probability: number; by: string } | null
    const recordId = await record(tx, ctx, 'release.add', {
      subject: { kind: 'episode', id: episode.id },
      // Told to whoever has the release, so the worker stays out of it.
      workerId: null,
      releaseId,
      episodeId: episode.id,
      sha256: episode.sha256,
      receiptSha256: receiptHashOf({ episode, consent }),
      label: verdict?.label ?? null,
      decidedBy: verdict?.by ?? 'checks',
    })
    await insertReleaseEpisode(tx, {
      workspace_id: workspaceId,
      release_id: releaseId,
      episode_id: episode.id,
      index,
      frame_count: episode.frame_count ?? 0,
      label: verdict?.label ?? null,
      consent_id: consent.id,
      record_id: recordId,
    })
    return recordId
  })
}
