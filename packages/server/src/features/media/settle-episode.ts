import type { Episode } from '@chiron/contract'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { heldConsents } from './consents.ts'
import {
  type EpisodeRow,
  type EpisodeState,
  episodesInState,
  type Key,
  lockEpisode,
  updateEpisode,
} from './store.ts'

/**
 * Writes what became of an episode: its flow has decided. A frozen or erased one stays that. Also for a verdict that
 * only becomes known (`state` as it was).
 */
export async function settleEpisode(
  tx: Tx,
  key: Key,
  settled: { state?: 'accepted' | 'returned' | 'rejected'; verdict?: Episode['verdict'] },
): Promise<void> {
  const episode = await lockEpisode(tx, key)
  if (!episode || episode.state === 'frozen' || episode.state === 'erased') return
  const { state = episode.state, verdict } = settled
  await updateEpisode(tx, key, {
    state,
    ...(verdict === undefined ? {} : { verdict: JSON.stringify(verdict) }),
  })
}

export interface EpisodeUnderConsent {
  episode: EpisodeRow
  /** False: it must not be shown, judged or exported. */
  consentHolds: boolean
}

/** Episodes of a campaign in these states, in order of arrival, each with whether its consent holds now. */
export async function episodesWithConsent(
  tx: Tx,
  ctx: Ctx,
  { campaignId, states }: { campaignId: string; states: readonly EpisodeState[] },
): Promise<EpisodeUnderConsent[]> {
  const workspaceId = ctx.workspaceId ?? ''
  const episodes = await episodesInState(tx, workspaceId, campaignId, states)
  const held = await heldConsents(tx, workspaceId, episodes, ctx.deps.clock.now())
  return episodes.map((episode) => ({ episode, consentHolds: held.has(episode.consent_id) }))
}

/** Episodes of a campaign that others may be asked about: checked or accepted, under a consent that holds. */
export async function judgeableEpisodes(tx: Tx, ctx: Ctx, campaignId: string): Promise<EpisodeRow[]> {
  const all = await episodesWithConsent(tx, ctx, { campaignId, states: ['checked', 'accepted'] })
  return all.filter(({ consentHolds }) => consentHolds).map(({ episode }) => episode)
}
