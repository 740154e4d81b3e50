import { Refusal, type WorkspaceId } from '@chiron/core/kit'
import { type Ctx, type Deps, systemCtx, workspaceOf } from '../../platform/context.ts'
import type { JobDefinition, Sweep } from '../../platform/feature.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { listWorkspaces } from '../account/index.ts'
import { listCampaigns, readCampaign } from '../campaign/index.ts'
import { movedSince, paySums, readSubmission, type SubmissionRow } from '../submission/index.ts'
import { countHeldLeases } from '../task/index.ts'
import { refundEscrow } from './refund-campaign.ts'
import { settleWork, type Work } from './settle-work.ts'
import { campaignMoney, postedKeys } from './store.ts'

const DAY_MS = 24 * 3600 * 1000
/** WR-15: a rejection may be appealed for 30 days; the money for it stays until a day later. */
const APPEALABLE_MS = 31 * DAY_MS
const MISSED_WITHIN_MS = 14 * DAY_MS
const SWEEP_EVERY_MS = 15 * 60 * 1000
const MAX_SWEPT = 2000

export const jobs: readonly JobDefinition[] = [
  {
    name: 'pay.settle',
    run: async (deps, { workspaceId, subjectId }) => {
      const ctx = systemCtx(deps, 'pay.settle', workspaceId as WorkspaceId)
      await settleSubmission(ctx, subjectId)
    },
  },
  {
    name: 'pay.refund',
    run: async (deps, { workspaceId, subjectId }) => {
      await refundCampaign(systemCtx(deps, 'pay.refund', workspaceId as WorkspaceId), subjectId)
    },
  },
]

export const sweeps: readonly Sweep[] = [
  { name: 'pay.missed', everyMs: SWEEP_EVERY_MS, run: settleMissed },
  { name: 'pay.refund', everyMs: SWEEP_EVERY_MS, run: refundClosed },
]

/** The ledger follows what the submission's own row says, so a job that comes late or twice does no harm. */
async function settleSubmission(ctx: Ctx, id: string): Promise<void> {
  const row = await read(ctx, (tx) => readSubmission(tx, { workspaceId: workspaceOf(ctx), id }))
  if (!row) return
  await settleWork(ctx, {
    submissionId: row.id,
    campaignId: row.campaign_id,
    workerId: row.worker_id,
    amount: { amountMinor: row.pay_minor, currency: row.currency },
    outcome: outcomeOf(row),
  })
  const isOver = await read(ctx, async (tx) => (await readCampaign(tx, row.campaign_id))?.state === 'closed')
  if (isOver && outcomeOf(row) === 'unpaid') await refundCampaign(ctx, row.campaign_id)
}

function outcomeOf({ state }: Pick<SubmissionRow, 'state'>): Work['outcome'] {
  if (state === 'accepted') return 'accepted'
  return state === 'returned' || state === 'rejected' || state === 'frozen' ? 'unpaid' : 'undecided'
}

async function refundCampaign(ctx: Ctx, campaignId: string): Promise<void> {
  const refund = await read(ctx, async (tx) => {
    const campaign = await readCampaign(tx, campaignId)
    if (campaign?.state !== 'closed' || campaign.terms.currency === null) return undefined
    const { currency, payMinor } = campaign.terms
    const reservedMinor = await reservedOf(tx, ctx, { campaignId, payMinor: payMinor ?? 0 })
    return { campaignId, currency, reservedMinor }
  })
  if (refund) await refundEscrow(ctx, refund)
}

/** What the escrow of a closed campaign may still have to pay (PAY-14). */
async function reservedOf(
  tx: Tx,
  ctx: Ctx,
  campaign: { campaignId: string; payMinor: number },
): Promise<number> {
  const workspaceId = workspaceOf(ctx)
  const { campaignId, payMinor } = campaign
  const appealableSince = new Date(ctx.deps.clock.now().getTime() - APPEALABLE_MS)
  const { undecidedMinor, appealableMinor } = await paySums(tx, { workspaceId, campaignId, appealableSince })
  const [money] = await campaignMoney(tx, workspaceId, campaignId)
  const notYetHeldMinor = Math.max(0, undecidedMinor - (money?.pendingMinor ?? 0))
  return (await countHeldLeases(tx, workspaceId, campaignId)) * payMinor + appealableMinor + notYetHeldMinor
}

/** Jobs give up after a while (funds that stayed empty, say); nobody’s pay is forgotten for that. */
async function settleMissed(deps: Deps): Promise<void> {
  const since = new Date(deps.clock.now().getTime() - MISSED_WITHIN_MS)
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'pay.missed', workspaceId)
    const missed = await read(ctx, async (tx) => {
      const rows = await movedSince(tx, workspaceId, since, MAX_SWEPT)
      const posted = await postedKeys(tx, workspaceId, rows.flatMap(keysOf))
      return rows.filter((row) => !keysOf(row).some((key) => posted.has(key)))
    })
    for (const { id } of missed) await settleUnlessShort(ctx, id)
  }
}

/** A team without funds does not keep the others waiting: their next turn comes with the next sweep. */
async function settleUnlessShort(ctx: Ctx, id: string): Promise<void> {
  try {
    await settleSubmission(ctx, id)
  } catch (cause) {
    if (!(cause instanceof Refusal) || cause.code !== 'not-enough-funds') throw cause
    ctx.deps.log.warn(
      { workspaceId: ctx.workspaceId, submissionId: id, ...cause.facts },
      'pay waits for funds',
    )
  }
}

/** What must have been posted by now: any of these will do. */
function keysOf(row: Pick<SubmissionRow, 'id' | 'state'>): string[] {
  const outcome = outcomeOf(row)
  if (outcome === 'undecided') return [`hold:${row.id}`]
  return outcome === 'accepted' ? [`accept:${row.id}`] : [`void:${row.id}`, `accept:${row.id}`]
}

async function refundClosed(deps: Deps): Promise<void> {
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'pay.refund', workspaceId)
    const closed = await read(ctx, async (tx) => {
      const money = await campaignMoney(tx, workspaceId)
      const holding = new Set(money.flatMap(({ campaignId, heldMinor }) => (heldMinor > 0 ? campaignId : [])))
      return (await listCampaigns(tx)).filter(({ id, state }) => state === 'closed' && holding.has(id))
    })
    for (const { id } of closed) await refundCampaign(ctx, id)
  }
}
