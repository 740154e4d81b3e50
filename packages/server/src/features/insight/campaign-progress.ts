import type { CampaignProgress } from '@chiron/contract'
import { expectedHourlyMinor } from '@chiron/core/pay'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { campaignFaults, campaignMoney, escrowOf } from '../pay/index.ts'
import { countOpenRecalls } from '../release/index.ts'
import { countOpenReviews } from '../review/index.ts'
import { hourlyCounts, medianActiveMs } from '../submission/index.ts'
import { campaignShown } from './campaign-counts.ts'
import { measuresOf } from './measures.ts'

const HOUR_MS = 3600 * 1000
const PACE_HOURS = 48
const SECONDS_PER_HOUR = 3600

/** A campaign on one page: what is done, what it cost, how good it is, what to decide now. */
export function campaignProgress(ctx: Ctx, id: string): Promise<CampaignProgress> {
  may(ctx, 'campaign.read')
  return read(ctx, async (tx) => {
    const campaign = found(await readCampaign(tx, id), 'campaign')
    const { payMinor, estimateSeconds } = campaign.terms
    const medianMs = await medianActiveMs(tx, { workspaceId: workspaceOf(ctx), campaignId: id })
    const medianActiveSeconds = medianMs === null ? null : medianMs / 1000
    const faults = campaign.state === 'draft' ? await campaignFaults(tx, campaign) : []
    const hasRate = payMinor !== null && estimateSeconds !== null
    return {
      campaign: await campaignShown(tx, ctx, campaign),
      faults: faults.map((fault) => ({ ...fault })),
      escrow: await escrowShown(tx, ctx, campaign),
      medianActiveSeconds,
      expectedHourlyMinor: hasRate ? expectedHourlyMinor({ payMinor, estimateSeconds }) : 0,
      measuredHourlyMinor: medianActiveSeconds && payMinor ? hourlyOf(payMinor, medianActiveSeconds) : null,
      measures: await measuresOf(tx, ctx, campaign),
      pace: await paceOf(tx, ctx, id),
      decide: await toDecide(tx, ctx, campaign),
    }
  })
}

const hourlyOf = (payMinor: number, seconds: number): number =>
  Math.floor((payMinor * SECONDS_PER_HOUR) / seconds)

async function escrowShown(tx: Tx, ctx: Ctx, campaign: CampaignRow): Promise<CampaignProgress['escrow']> {
  const { payMinor, currency } = campaign.terms
  const [money] = await campaignMoney(tx, workspaceOf(ctx), campaign.id)
  // A draft of questions may not say yet how many answers it wants.
  const isCountable = campaign.kind === 'demonstrate' || campaign.flow.answers !== null
  const isPriced = payMinor !== null && currency !== null && isCountable
  const needed = isPriced ? (await escrowOf(tx, campaign)).amountMinor : 0
  return {
    neededMinor: needed,
    heldMinor: (money?.heldMinor ?? 0) + (money?.pendingMinor ?? 0),
    spentMinor: money?.spentMinor ?? 0,
    currency: currency ?? 'USD',
  }
}

/** Answers an hour over the last two days, oldest first, hours without any included. */
async function paceOf(tx: Tx, ctx: Ctx, campaignId: string): Promise<CampaignProgress['pace']> {
  const nowHour = Math.floor(ctx.deps.clock.now().getTime() / HOUR_MS)
  const hours = Array.from({ length: PACE_HOURS }, (_, at) => (nowHour - PACE_HOURS + 1 + at) * HOUR_MS)
  const since = new Date(hours[0] ?? 0)
  const counted = await hourlyCounts(tx, { workspaceId: workspaceOf(ctx), campaignId, since })
  const counts = new Map(counted.map(({ at, count }) => [at.getTime(), count]))
  return hours.map((atMs) => ({ at: new Date(atMs).toISOString(), count: counts.get(atMs) ?? 0 }))
}

async function toDecide(tx: Tx, ctx: Ctx, { id, state }: CampaignRow): Promise<CampaignProgress['decide']> {
  const workspaceId = workspaceOf(ctx)
  const here = `campaignId=${id}`
  const items = [
    { what: 'reviews', count: await countOpenReviews(tx, workspaceId, id), href: `/review?${here}` },
    { what: 'recalls', count: await countOpenRecalls(tx, workspaceId, id), href: '/datasets' },
    { what: 'resume', count: state === 'paused' ? 1 : 0, href: `/campaigns/${id}` },
  ]
  return items.filter(({ count }) => count > 0)
}
