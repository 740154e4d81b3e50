import type { Lease } from '@chiron/contract'
import { mixesGold } from '@chiron/core/kinds'
import { Refusal, type WorkerId } from '@chiron/core/kit'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { findConsent } from '../consent/index.ts'
import { claimOffer, FROM_THE_START, lockPlace } from './claim-store.ts'
import { leaseWire } from './lease-wire.ts'
import { mixGold } from './mix-gold.ts'
import { countOfWorker, type LeaseRow } from './store.ts'

/** More tasks than this in one hand keep others waiting. */
export const MAX_HELD_LEASES = 10

/**
 * Claims the worker's next task of a campaign; null when none is left for them. Refuses `terms-changed` (they accepted
 * another version), `consent-missing`, `wrong-state` (not published), `too-many` (held already).
 */
export async function claimNext(
  ctx: Ctx,
  { campaignId, termsVersion }: { campaignId: string; termsVersion: number },
): Promise<{ lease: Lease | null }> {
  const seen = found(await read(ctx, (tx) => readCampaign(tx, campaignId)), 'task')
  const inside = inWorkspace(ctx, seen.workspaceId)
  return write(inside, async (tx) => {
    may(inside, 'task.claim')
    const lease = await claimInside(tx, inside, { campaignId, termsVersion })
    if (lease instanceof Refusal) throw lease
    if (!lease) {
      recordNothing(tx)
      return { lease: null }
    }
    await record(tx, inside, 'task.claim', {
      subject: { kind: 'lease', id: lease.id },
      taskId: lease.task_id,
      campaignId,
      termsVersion,
    })
    return { lease: await leaseWire(tx, lease) }
  })
}

/**
 * The same inside a transaction of the worker's that leaves its own record (submit and go on): the lease, undefined
 * when none is left, or the refusal, for the caller to throw or to pass over.
 */
export async function claimInside(
  tx: Tx,
  ctx: Ctx,
  { campaignId, termsVersion }: { campaignId: string; termsVersion: number },
): Promise<LeaseRow | Refusal | undefined> {
  const workerId = ctx.actor.id as WorkerId
  const campaign = found(await readCampaign(tx, campaignId), 'task')
  const { workspaceId } = campaign
  if (campaign.state !== 'published') return REFUSALS.notPublished(campaign)
  if (termsVersion !== campaign.termsVersion) return REFUSALS.termsChanged(campaign)
  if (campaign.kind === 'demonstrate') {
    const consent = await findConsent(tx, { campaignId, workerId })
    const holds = consent?.holds(ctx.deps.clock.now()) && consent.noticeVersion >= campaign.noticeVersion
    if (!holds) return REFUSALS.consentMissing(campaign)
  }
  const mine = { workspaceId, campaignId, workerId }
  const place = await lockPlace(tx, mine)
  const { held, taken } = await countOfWorker(tx, mine)
  if (campaign.perWorkerMax !== null && taken >= campaign.perWorkerMax) return undefined
  if (held >= MAX_HELD_LEASES) return REFUSALS.tooMany()
  const claim = { ...mine, termsVersion, until: leaseEnd(ctx, campaign) }
  const lease = await claimOffer(tx, claim, place)
  if (lease) return mixGold(tx, ctx, { campaign, lease })
  if (!mixesGold(campaign.kind)) return undefined
  return claimOffer(tx, { ...claim, passedOverUntil: passedOverUntil(ctx, campaign) }, FROM_THE_START)
}

const REFUSALS = {
  notPublished: ({ state }: CampaignRow) =>
    new Refusal('wrong-state', { state }, 'This work is not being handed out at the moment.'),
  termsChanged: ({ termsVersion }: CampaignRow) =>
    new Refusal(
      'terms-changed',
      { termsVersion },
      'The pay or terms have changed. Please look at them before you go on.',
    ),
  consentMissing: ({ id, noticeVersion }: CampaignRow) =>
    new Refusal(
      'consent-missing',
      { campaignId: id, noticeVersion },
      'Please read what the recordings are for, and agree, before you film.',
    ),
  tooMany: () =>
    new Refusal(
      'too-many',
      { max: MAX_HELD_LEASES },
      'You hold many tasks already: finish or give back some first.',
    ),
}

/**
 * A task that gold has pushed aside is the same worker's again when nothing else is left, and only after as long as a
 * lease runs: as if somebody had let it run out (TSK-10).
 */
export const passedOverUntil = ({ deps }: Ctx, { leaseSeconds }: Pick<CampaignRow, 'leaseSeconds'>): Date =>
  new Date(deps.clock.now().getTime() - leaseSeconds * 1000)

export const leaseEnd = ({ deps }: Ctx, { leaseSeconds }: Pick<CampaignRow, 'leaseSeconds'>): Date =>
  new Date(deps.clock.now().getTime() + leaseSeconds * 1000)
