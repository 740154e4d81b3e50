import type { CampaignDraft } from '@chiron/contract'
import { assert, type CampaignId } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { write } from '../../platform/tx.ts'
import { assertReferences } from './assert-references.ts'
import { publishNotice } from './publish-notice.ts'
import { type CampaignRow, insertCampaign, readCampaign } from './store.ts'

/** A new campaign, as a draft with terms and notice version 1. Refuses unknown ontology versions and sources (CPN-2). */
export function createCampaign(ctx: Ctx, draft: CampaignDraft): Promise<CampaignRow> {
  return write(ctx, async (tx) => {
    may(ctx, 'campaign.create')
    const { workspaceId, deps } = ctx
    assert(workspaceId !== null, 'a campaign belongs to a workspace')
    await assertReferences(tx, draft)
    const id = newId<CampaignId>(deps.clock)
    await insertCampaign(tx, { workspaceId, id, draft, at: deps.clock.now() })
    const campaign = found(await readCampaign(tx, id), 'campaign')
    await publishNotice(tx, ctx, campaign)
    await record(tx, ctx, 'campaign.create', { subject: { kind: 'campaign', id }, kind: draft.kind })
    return campaign
  })
}
