import { jcs } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { type ConsentView, noticesOf, readConsentStates } from '../consent/index.ts'
import { type EpisodeRow, episodesWithConsent } from '../media/index.ts'

export interface Candidate {
  episode: EpisodeRow
  consent: ConsentView
}

export interface Choice {
  campaign: CampaignRow
  /** What the data may be used for, in the words people agreed to. */
  purpose: string
  /** Accepted, under a consent that holds for that purpose; in order of arrival. */
  candidates: Candidate[]
  excluded: { episodeId: string; why: string }[]
}

const STATES = ['arrived', 'checked', 'refused', 'accepted', 'returned', 'rejected', 'frozen'] as const

const WHY_NOT: Readonly<Record<string, string>> = {
  arrived: 'Its checks are not done yet.',
  checked: 'Nobody has accepted it yet.',
  refused: 'It did not pass the checks.',
  returned: 'It came back to the worker for another take.',
  rejected: 'It was rejected, so it may not be used (WR-14).',
  frozen: 'The consent to it has ended.',
}

/** Which recordings of a campaign may leave now, and why the others may not. Whatever cannot be shown to be allowed stays. */
export function chooseEpisodes(ctx: Ctx, campaignId: string): Promise<Choice> {
  return read(ctx, async (tx) => {
    const campaign = found(await readCampaign(tx, campaignId), 'campaign')
    const covered = await coveredVersions(tx, campaign)
    const episodes = await episodesWithConsent(tx, ctx, { campaignId, states: STATES })
    const ids = [...new Set(episodes.map(({ episode }) => episode.consent_id))]
    const consents = await readConsentStates(tx, workspaceOf(ctx), ids)
    const byId = new Map(consents.map((consent) => [consent.id, consent]))
    const choice: Choice = {
      campaign,
      purpose: wordsOf(campaign.terms.purpose),
      candidates: [],
      excluded: [],
    }
    for (const { episode, consentHolds } of episodes) {
      const consent = byId.get(episode.consent_id)
      const why = whyNot(episode, { consentHolds, isCovered: covered.has(consent?.noticeVersion ?? -1) })
      if (why === undefined && consent) choice.candidates.push({ episode, consent })
      else choice.excluded.push({ episodeId: episode.id, why: why ?? WHY_NOT.frozen ?? '' })
    }
    return choice
  })
}

function whyNot(
  episode: EpisodeRow,
  consent: { consentHolds: boolean; isCovered: boolean },
): string | undefined {
  if (!consent.consentHolds) return WHY_NOT.frozen
  if (episode.state !== 'accepted') return WHY_NOT[episode.state] ?? 'It is not accepted.'
  if (!consent.isCovered)
    return 'Its consent was to another purpose or other recipients than the campaign has now.'
  if (episode.probe === null) return 'It could not be read as a video.'
  return undefined
}

/** Versions of the notice that promise the purpose and recipients of today: a yes to another one covers nothing. */
async function coveredVersions(tx: Tx, { id, terms }: CampaignRow): Promise<ReadonlySet<number>> {
  const promise = jcs({ purpose: terms.purpose, recipients: terms.recipients })
  const notices = await noticesOf(tx, id)
  const same = notices.filter(({ purpose, recipients }) => jcs({ purpose, recipients }) === promise)
  return new Set(same.map(({ version }) => version))
}

/** English where there is any, else the first language by its code. */
export function wordsOf(words: Readonly<Record<string, string>>): string {
  const first = Object.keys(words).sort()[0] ?? ''
  return words.en ?? words[first] ?? ''
}
