import { type EpisodeDetail, type ReviewDetail, rolloutStreamPath } from '@chiron/contract'
import { kinds, TAKE_CRITERIA } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { ranked, readVerdict, verdictBasisOf } from '../consensus/index.ts'
import { answersTo } from '../submission/index.ts'
import { type PairedClip, readAsked } from '../task/index.ts'
import { episodeDetail } from './episode-detail.ts'
import { labelChoices } from './label-choices.ts'
import { reviewWire } from './review-wire.ts'
import { appealOfReview, readReview } from './store.ts'

/** What tells of a first decision, and so is hidden from whoever decides the appeal against it (WR-16). */
const TELLING = /^(review|appeal|submission\.decide|submission\.wait|consensus\.dispute|pay)/

/** A review with all its evidence. An appeal comes without the first verdict and without who gave it. */
export function readReviewDetail(ctx: Ctx, reviewId: string): Promise<ReviewDetail> {
  may(ctx, 'review.read')
  return read(ctx, async (tx) => {
    const key = { workspaceId: workspaceOf(ctx), id: reviewId }
    const row = found(await readReview(tx, key), 'review')
    const campaign = found(await readCampaign(tx, row.campaign_id), 'campaign')
    const episode = row.episode_id ? await episodeDetail(tx, ctx, row.episode_id) : undefined
    const isBlind = row.why === 'appeal' && row.state === 'open'
    const verdict = await readVerdict(tx, { workspaceId: key.workspaceId, taskId: row.task_id })
    const own = verdict ? ranked(verdict.posterior as Record<string, number>) : []
    const shown = episode && isBlind ? blinded(episode) : episode
    return {
      ...(await reviewWire(tx, ctx, row)),
      episode: shown ?? null,
      clip: await rolloutClip(tx, campaign, row.task_id),
      posterior: own.length > 0 ? own : (shown?.posterior ?? []),
      basis: isBlind ? null : ((await verdictBasisOf(tx, key.workspaceId, verdict)) ?? shown?.basis ?? null),
      labelChoices: await labelChoices(tx, campaign),
      reasonCodes: TAKE_CRITERIA.map(({ code, criterion }) => ({ code, criterion: { ...criterion } })),
      appealText: row.why === 'appeal' ? ((await appealOfReview(tx, key))?.body ?? null) : null,
    }
  })
}

/** The rollout that a question is about, as blind as it was asked; null for any other question. */
async function rolloutClip(
  tx: Tx,
  { workspaceId, kind, config }: CampaignRow,
  taskId: string,
): Promise<ReviewDetail['clip']> {
  const asked = await readAsked(tx, { workspaceId, id: taskId })
  if (!asked) return null
  const { durationMs, frameCount, fps } = asked.clip as unknown as PairedClip
  return {
    videoUrl: rolloutStreamPath(asked.rollout_id, asked.stream),
    ...{ durationMs, frameCount, fps },
    instruction: asked.instruction as Record<string, string>,
    config: kinds[kind].shownConfig(config),
    answers: await answersTo(tx, workspaceId, [taskId]),
  }
}

function blinded(episode: EpisodeDetail): EpisodeDetail {
  const isDecided =
    episode.state === 'returned' || episode.state === 'rejected' || episode.state === 'refused'
  return {
    ...episode,
    state: isDecided ? 'checked' : episode.state,
    verdict: null,
    basis: null,
    provenance: episode.provenance.filter(({ action }) => !TELLING.test(action)),
  }
}
