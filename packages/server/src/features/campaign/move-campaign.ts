import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { type Tx, write } from '../../platform/tx.ts'
import { type CampaignRow, type CampaignState, lockCampaign, updateCampaign } from './store.ts'

const FROM: Readonly<Record<'pause' | 'resume' | 'close' | 'publish', readonly CampaignState[]>> = {
  publish: ['draft'],
  pause: ['published'],
  resume: ['paused'],
  close: ['published', 'paused'],
}
const TO = { publish: 'published', pause: 'paused', resume: 'published', close: 'closed' } as const

/** Moves a campaign to its next state (CPN-3) inside the caller's transaction. */
export async function moveInside(tx: Tx, ctx: Ctx, id: string, step: keyof typeof TO): Promise<CampaignRow> {
  const campaign = found(await lockCampaign(tx, id), 'campaign')
  if (!FROM[step].includes(campaign.state)) {
    refuse('wrong-state', `A campaign that is ${campaign.state} cannot ${step}.`, { state: campaign.state })
  }
  campaign.state = TO[step]
  if (step === 'publish') campaign.publishedAt = ctx.deps.clock.now()
  await updateCampaign(tx, campaign)
  return campaign
}

/** Pauses, resumes or closes a campaign. Closing lets held leases run out; pay returns what is left (pay listens). */
export function moveCampaign(ctx: Ctx, id: string, step: 'pause' | 'resume' | 'close'): Promise<CampaignRow> {
  return write(ctx, async (tx) => {
    may(ctx, `campaign.${step}`)
    const campaign = await moveInside(tx, ctx, id, step)
    await record(tx, ctx, `campaign.${step}`, { subject: { kind: 'campaign', id } })
    return campaign
  })
}
