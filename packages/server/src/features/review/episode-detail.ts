import type { EpisodeDetail } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import { readCampaign } from '../campaign/index.ts'
import { basisOf, posteriorOf } from '../consensus/index.ts'
import { provenanceOf } from '../log/index.ts'
import { episodeCore } from '../media/index.ts'
import { labelsOf } from '../submission/index.ts'
import { tasksAbout } from '../task/index.ts'
import { reviewIdsOf } from './store.ts'

const isKnown = (id: string | null | undefined): id is string => typeof id === 'string'

/**
 * Everything about an episode that is known up to here: streams, checks, labels, verdict, and its life from consent to
 * verdict as the log has it. `releases` is empty: a later feature knows them.
 */
export async function episodeDetail(tx: Tx, ctx: Ctx, episodeId: string): Promise<EpisodeDetail | undefined> {
  const workspaceId = workspaceOf(ctx)
  const core = await episodeCore(tx, ctx, { workspaceId, id: episodeId })
  if (!core) return undefined
  const { workerId, ...own } = core
  const campaign = await readCampaign(tx, core.campaignId)
  const pseudonyms = await pseudonymsOf(tx, workspaceId, workerId ? [workerId] : [])
  const tasks = await tasksAbout(tx, workspaceId, episodeId)
  const taskIds = [core.taskId, ...tasks.map(({ id }) => id)].filter(isKnown)
  const reviewIds = await reviewIdsOf(tx, workspaceId, taskIds)
  const subjects = [episodeId, core.submissionId, core.consent?.id, ...taskIds, ...reviewIds]
  const steps = await provenanceOf(tx, workspaceId, subjects.filter(isKnown))
  const isVisible = own.state !== 'frozen' && own.state !== 'erased'
  return {
    ...own,
    campaignTitle: campaign?.title ?? {},
    workerPseudonym: workerId ? (pseudonyms.get(workerId) ?? null) : null,
    labels: isVisible ? await labelsOf(tx, { workspaceId, episodeId }) : [],
    posterior: isVisible ? await posteriorOf(tx, { workspaceId, episodeId }) : [],
    basis: isVisible ? await basisOf(tx, { workspaceId, episodeId }) : null,
    provenance: steps.map((step) => ({
      recordId: step.id,
      at: step.at,
      action: step.action,
      actorKind: step.actor.kind,
      actorName: step.actor.name,
      facts: step.facts,
      leafIndex: step.leafIndex,
    })),
    releases: [],
  }
}
