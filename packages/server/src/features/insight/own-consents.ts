import type { Consent } from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { listWorkspacesOf } from '../account/index.ts'
import { titlesOf } from '../campaign/index.ts'
import { listConsentsOf } from '../consent/index.ts'
import { episodeCountsOf } from '../media/index.ts'

/** A worker's own consents in every workspace, newest first, with how many recordings lie under each. */
export function ownConsents(ctx: Ctx): Promise<Consent[]> {
  const { actor } = ctx
  assert(actor.kind === 'worker', 'the route lets workers in only')
  return read(ctx, async (tx) => {
    const consents = await listConsentsOf(tx, actor.id)
    const campaignIds = consents.map(({ campaignId }) => campaignId)
    const titles = await titlesOf(tx, campaignIds)
    const counts = await episodeCountsOf(tx, actor.id)
    const workspaces = await listWorkspacesOf(tx, actor.id)
    const names = new Map(workspaces.map(({ id, name }) => [id, name]))
    return consents.reverse().map((consent) => ({
      id: consent.id,
      campaignId: consent.campaignId,
      campaignTitle: titles.get(consent.campaignId) ?? {},
      workspaceName: names.get(consent.workspaceId) ?? '',
      state: consent.state,
      noticeVersion: consent.noticeVersion,
      givenAt: consent.givenAt?.toISOString() ?? null,
      endedAt: consent.endedAt?.toISOString() ?? null,
      expiresAt: consent.expiresAt?.toISOString() ?? null,
      receiptHash: consent.receiptHash,
      episodeCount: counts.get(consent.id) ?? 0,
    }))
  })
}

export async function ownConsent(ctx: Ctx, consentId: string): Promise<Consent> {
  const consents = await ownConsents(ctx)
  return found(
    consents.find(({ id }) => id === consentId),
    'consent of yours',
  )
}
