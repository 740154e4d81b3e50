import { type Lease, mediaPaths, type Offer, type Terms } from '@chiron/contract'
import { mixesGold } from '@chiron/core/kinds'
import type { WorkspaceId } from '@chiron/core/kit'
import { expectedHourlyMinor } from '@chiron/core/pay'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { readWorkspace } from '../account/index.ts'
import { type CampaignRow, listPublished } from '../campaign/index.ts'
import { listConsentsOf } from '../consent/index.ts'
import { briefBlob } from '../media/index.ts'
import { passedOverUntil } from './claim-next.ts'
import { countClaimable } from './claim-store.ts'
import { leaseWire } from './lease-wire.ts'
import { countOfWorker, heldLeases } from './store.ts'

/** What the worker could do now, in every workspace they joined, and what they hold. Newest campaigns first. */
export async function inbox(ctx: Ctx): Promise<{ offers: Offer[]; leases: Lease[] }> {
  const workerId = ctx.actor.id
  const seen = await read(ctx, async (tx) => ({
    campaigns: await listPublished(tx),
    held: await heldLeases(tx, workerId, ctx.deps.clock.now()),
  }))
  const workspaceIds = new Set<string>([
    ...seen.campaigns.map((campaign) => campaign.workspaceId),
    ...seen.held.map((lease) => lease.workspace_id),
  ])
  const offers: Offer[] = []
  const leases: Lease[] = []
  for (const workspaceId of [...workspaceIds].sort()) {
    const inside = inWorkspace(ctx, workspaceId as WorkspaceId)
    await read(inside, async (tx) => {
      for (const campaign of seen.campaigns.filter((each) => each.workspaceId === workspaceId))
        offers.push(await offerOf(tx, inside, campaign))
      for (const lease of seen.held.filter((each) => each.workspace_id === workspaceId))
        leases.push(await leaseWire(tx, lease))
    })
  }
  return { offers, leases }
}

/** A published campaign as this worker sees it before accepting: what WR-1 and WR-4 ask for. */
export async function offerOf(tx: Tx, ctx: Ctx, campaign: CampaignRow): Promise<Offer> {
  const workerId = ctx.actor.id
  const mine = { workspaceId: campaign.workspaceId, campaignId: campaign.id, workerId }
  const { spent, taken } = await countOfWorker(tx, mine)

  const claimable = await countClaimable(tx, {
    ...mine,
    ...(mixesGold(campaign.kind) ? { passedOverUntil: passedOverUntil(ctx, campaign) } : {}),
  })
  const left = campaign.perWorkerMax === null ? claimable : Math.max(0, campaign.perWorkerMax - taken)
  const consents = await listConsentsOf(tx, workerId)
  const consent = consents.findLast((each) => each.campaignId === campaign.id)
  const example = campaign.exampleMediaId ? await briefBlob(tx, campaign.exampleMediaId) : undefined
  const workspace = found(await readWorkspace(tx, campaign.workspaceId), 'workspace')
  // Publishing has seen to it that no term is missing (WR-1).
  const terms = campaign.terms as Terms
  return {
    campaignId: campaign.id,
    workspaceName: workspace.name,
    kind: campaign.kind,
    title: campaign.title,
    terms,
    termsVersion: campaign.termsVersion,
    expectedHourlyMinor: expectedHourlyMinor(terms),
    availableCount: Math.min(claimable, left),
    doneCount: spent,
    perWorkerMax: campaign.perWorkerMax,
    consentState: consent?.state ?? null,
    exampleMediaUrl: example ? mediaPaths.briefMedia(campaign.exampleMediaId ?? '') : null,
    exampleMediaType: example?.mime ?? null,
  }
}
