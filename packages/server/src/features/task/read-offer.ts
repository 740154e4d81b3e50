import type { OfferDetail } from '@chiron/contract'
import { kinds } from '@chiron/core/kinds'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { latestNotice } from '../consent/index.ts'
import { readOntologyVersion } from '../ontology/index.ts'
import { offerOf } from './inbox.ts'

/** The whole brief, terms and notice of a published campaign, before anything is accepted. */
export async function readOffer(ctx: Ctx, campaignId: string): Promise<OfferDetail> {
  const seen = found(await read(ctx, (tx) => publicCampaign(tx, campaignId)), 'work')
  const inside = inWorkspace(ctx, seen.workspaceId)
  return read(inside, async (tx) => {
    const notice = found(await latestNotice(tx, campaignId), 'notice')
    const ontology = await readOntologyVersion(tx, seen.ontologyId, seen.ontologyVersion)
    const { version, purpose, recipients, retentionDays, afterTraining } = notice
    return {
      ...(await offerOf(tx, inside, seen)),
      briefs: seen.briefs,
      notice: { campaignId, version, purpose, recipients, retentionDays, afterTraining },
      config: kinds[seen.kind].shownConfig(seen.config),
      ontology: ontology?.terms ?? [],
    }
  })
}

async function publicCampaign(tx: Tx, campaignId: string): Promise<CampaignRow | undefined> {
  const campaign = await readCampaign(tx, campaignId)
  return campaign?.state === 'draft' ? undefined : campaign
}
