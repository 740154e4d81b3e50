import type { CampaignProgress } from '@chiron/contract'
import { choosesTerms, isQuestion, kinds } from '@chiron/core/kinds'
import { type Share, variety, wilsonShare } from '@chiron/core/quality'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { type CampaignRow, listAskingAbout } from '../campaign/index.ts'
import { readConsentStates } from '../consent/index.ts'
import { sealedSubjects } from '../log/index.ts'
import { type EpisodeFigures, episodeFigures } from '../media/index.ts'
import { auditOf } from '../quality/index.ts'
import { latestSubmissionIds, pairAgreement } from '../submission/index.ts'

type Measure = CampaignProgress['measures'][number]

/** Figures rest on a campaign’s latest this many recordings or answers. */
export const MAX_MEASURED = 5000

/**
 * The five measures of a campaign’s quality, and how often a face got past the phone, those that its kind can have: votes and
 * scores have no right answer in terms, and questions no recordings of their own. What nothing was measured for is null, and
 * says why.
 */
export async function measuresOf(tx: Tx, ctx: Ctx, campaign: CampaignRow): Promise<Measure[]> {
  const workspaceId = workspaceOf(ctx)
  const { id: campaignId, kind } = campaign
  const episodes = await episodeFigures(tx, { workspaceId, campaignId, limit: MAX_MEASURED })
  const isLabelled = kind === 'demonstrate' || choosesTerms(kind)
  const hasRecordings = kind === 'demonstrate' || (kind === 'choose' && campaign.sourceCampaignId === null)
  return [
    ...(isLabelled ? [await accuracy(tx, campaign), await consistency(tx, workspaceId, campaign)] : []),
    ...(hasRecordings ? [coverage(episodes), replayability(episodes)] : []),
    await provenance(tx, ctx, { campaign, episodes }),
    ...(hasRecordings ? [privacy(episodes)] : []),
  ]
}

const unknown = (id: Measure['id'], why: string): Measure => ({
  id,
  value: null,
  low: null,
  high: null,
  n: 0,
  why,
  counts: {},
})

type Told = Pick<Measure, 'why' | 'counts'> & { whyNot: string }

const measured = (id: Measure['id'], share: Share | null, { whyNot, ...told }: Told): Measure =>
  share ? { id, ...share, ...told } : unknown(id, whyNot)

/** Those who ask for terms: what was said of points is neither right nor wrong by a label. */
async function asksTerms(tx: Tx, campaign: CampaignRow): Promise<CampaignRow[]> {
  const asking = isQuestion(campaign.kind) ? [campaign] : await listAskingAbout(tx, campaign.id)
  return asking.filter(({ kind }) => choosesTerms(kind))
}

/** Whether what answers led to is what a member says. For recordings: the questions about them. */
async function accuracy(tx: Tx, campaign: CampaignRow): Promise<Measure> {
  const asking = await asksTerms(tx, campaign)
  let [right, n] = [0, 0]
  for (const each of asking) {
    const share = await auditOf(tx, each)
    right += share ? share.value * share.n : 0
    n += share?.n ?? 0
  }
  // A tie is right by its share: sums of shares are seldom whole.
  const shown = Math.round(right * 10) / 10
  const tied = Number.isInteger(shown) ? '' : ', a tie counted by its share'
  return measured('accuracy', wilsonShare(Math.min(n, right), n), {
    why: `The answers together were right on ${shown} of ${n} questions whose answer a member has stated${tied}.`,
    counts: { n, right: shown },
    whyNot: 'No member has stated the answer of a question yet.',
  })
}

/** Whether people who were asked the same say the same. For recordings: those who judged them. */
async function consistency(tx: Tx, workspaceId: string, campaign: CampaignRow): Promise<Measure> {
  const asking = await asksTerms(tx, campaign)
  const total = { pairCount: 0, agreeingCount: 0, freeCount: 0 }
  for (const { id, kind, config } of asking) {
    const question = kinds[kind].verdictQuestion(config)
    if (question === null) continue
    const found = await pairAgreement(tx, { workspaceId, campaignId: id, question })
    total.pairCount += found.pairCount
    total.agreeingCount += found.agreeingCount
    total.freeCount += found.freeCount
  }
  const { pairCount, agreeingCount, freeCount } = total
  // Pairs of one clip hang together: the interval counts answers that were free to differ, not pairs.
  const agreed = pairCount === 0 ? 0 : Math.round((freeCount * agreeingCount) / pairCount)
  const share = wilsonShare(agreed, freeCount)
  return measured('consistency', share && { ...share, value: agreeingCount / pairCount }, {
    why: `${agreeingCount} of ${pairCount} pairs of answers about the same clip say the same.`,
    counts: { pairs: pairCount, agreeing: agreeingCount },
    whyNot: 'No two people have answered about the same clip yet.',
  })
}

function coverage(episodes: readonly EpisodeFigures[]): Measure {
  const makers = countsBy(episodes, ({ workerId }) => workerId ?? 'import')
  const tiers = countsBy(
    episodes.filter(({ deviceTier }) => deviceTier !== null),
    ({ deviceTier }) => deviceTier ?? '',
  )
  const value = variety([...makers.values()])
  if (value === null) return unknown('coverage', 'Fewer than two recordings: nothing to compare.')
  const peopleCount = makers.size - (makers.has('import') ? 1 : 0)
  const counts = { people: peopleCount, tiers: tiers.size, imported: makers.get('import') ?? 0 }
  const why =
    `The chance that two recordings come from different people. People so far: ${counts.people}; classes of phone: ` +
    `${counts.tiers}; imported: ${counts.imported}. Places and objects are not told apart yet.`
  return { id: 'coverage', value, low: null, high: null, n: episodes.length, why, counts }
}

function replayability(episodes: readonly EpisodeFigures[]): Measure {
  const looked = episodes.filter(({ state }) => state !== 'arrived' && state !== 'frozen')
  const good = looked.filter(({ state, hasFaults }) => state !== 'refused' && !hasFaults)
  return measured('replayability', wilsonShare(good.length, looked.length), {
    why: `${good.length} of ${looked.length} recordings pass every check of clock, rate, size and picture.`,
    counts: { good: good.length, n: looked.length },
    whyNot: 'No recording has been checked yet.',
  })
}

/** The miss rate of what covers faces on the phone, by the server's own look at what arrived. */
function privacy(episodes: readonly EpisodeFigures[]): Measure {
  const checked = episodes.filter(({ isFaceChecked }) => isFaceChecked)
  const missed = checked.filter(({ showsFace }) => showsFace)
  return measured('privacy', wilsonShare(missed.length, checked.length), {
    why:
      `Of ${checked.length} recordings that left a phone with faces covered, ${missed.length} still showed one to the ` +
      'server’s detector and are quarantined.',
    counts: { missed: missed.length, n: checked.length },
    whyNot: 'No recording that a phone had looked through for faces has been checked yet.',
  })
}

/** Whether the chain from consent to verdict is whole: for recordings all of it, for answers their place in the log. */
async function provenance(
  tx: Tx,
  ctx: Ctx,
  of: { campaign: CampaignRow; episodes: readonly EpisodeFigures[] },
) {
  const workspaceId = workspaceOf(ctx)
  const { campaign, episodes } = of
  if (episodes.length === 0) {
    const ids = await latestSubmissionIds(tx, { workspaceId, campaignId: campaign.id, limit: MAX_MEASURED })
    const sealed = await sealedSubjects(tx, workspaceId, ids)
    return measured('provenance', wilsonShare(sealed.size, ids.length), {
      why: `${sealed.size} of ${ids.length} answers stand in the log.`,
      counts: { sealed: sealed.size, answers: ids.length },
      whyNot: 'Nothing has arrived yet.',
    })
  }
  const consentIds = [...new Set(episodes.map(({ consentId }) => consentId))]
  const consents = await readConsentStates(tx, workspaceId, consentIds)
  const now = ctx.deps.clock.now()
  const held = new Set(consents.filter((consent) => consent.holds(now)).map(({ id }) => id))
  const subjects = episodes.flatMap(({ id, submissionId }) => [id, ...(submissionId ? [submissionId] : [])])
  const sealed = await sealedSubjects(tx, workspaceId, subjects)
  const whole = episodes.filter(
    ({ id, consentId, submissionId, isDigestSame }) =>
      held.has(consentId) &&
      isDigestSame &&
      sealed.has(id) &&
      (submissionId === null || sealed.has(submissionId)),
  )
  return measured('provenance', wilsonShare(whole.length, episodes.length), {
    why: `${whole.length} of ${episodes.length} recordings have a valid consent, an unchanged file and sealed records.`,
    counts: { whole: whole.length, n: episodes.length },
    whyNot: 'No recording has arrived yet.',
  })
}

function countsBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
