import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, write } from '../../platform/tx.ts'
import { readEpisode } from '../media/index.ts'
import { insertRecall, lockRelease, releasedUnder } from './store.ts'

/** Why part of a release must go: a code, and the words for it. */
export const RECALL_WHY: Readonly<Record<string, string>> = {
  'consent-withdrawn':
    'The person has withdrawn their consent: delete this recording and what was made from it.',
  'consent-ended': 'The consent to this recording has ended: delete it and what was made from it.',
}

interface Ended {
  consentId: string
  why: keyof typeof RECALL_WHY & string
}

/** Opens a recall for every recording under an ended consent that went out. Repeatable. */
export async function openRecalls(ctx: Ctx, { consentId, why }: Ended): Promise<void> {
  const out = await read(ctx, (tx) => releasedUnder(tx, workspaceOf(ctx), consentId))
  for (const { release_id: releaseId, episode_id: episodeId } of out) {
    await openRecall(ctx, { releaseId, episodeId, why })
  }
}

function openRecall(ctx: Ctx, recall: { releaseId: string; episodeId: string; why: string }): Promise<void> {
  const { releaseId, episodeId, why } = recall
  return write(ctx, async (tx) => {
    may(ctx, 'recall.open')
    const workspaceId = workspaceOf(ctx)
    // A build under way sees for itself, when it finishes under this lock, what has ended meanwhile.
    const release = await lockRelease(tx, { workspaceId, id: releaseId })
    if (release?.state !== 'ready') return recordNothing(tx)
    const row = { workspace_id: workspaceId, release_id: releaseId, episode_id: episodeId, why }
    if (!(await insertRecall(tx, { ...row, created_at: ctx.deps.clock.now() }))) return recordNothing(tx)
    const episode = await readEpisode(tx, { workspaceId, id: episodeId })
    await record(tx, ctx, 'recall.open', {
      subject: { kind: 'episode', id: episodeId },
      workerId: episode?.worker_id ?? null,
      releaseId,
      episodeId,
      why,
    })
  })
}
