import { accountRoutes, campaignRoutes, consentRoutes, mediaRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'
import { createCampaign, moveCampaign } from '../campaign/index.ts'
import { decideConsent, withdrawConsent } from '../consent/index.ts'
import { changeCampaign, publishCampaign } from '../pay/index.ts'
import { campaignNow, campaignsShown } from './campaign-counts.ts'
import { campaignProgress } from './campaign-progress.ts'
import { peopleShown } from './list-people.ts'
import { ownConsent, ownConsents } from './own-consents.ts'
import { readCorrections } from './read-corrections.ts'
import { readEpisode } from './read-episode.ts'

/** Verbs of earlier features whose replies carry figures from later ones, and the pages that join them all. */
export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, campaignRoutes.list, async (ctx) => ({ items: await campaignsShown(ctx) }))
  serve(app, deps, campaignRoutes.create, async (ctx, { body }) =>
    campaignNow(ctx, await createCampaign(ctx, body)),
  )
  serve(app, deps, campaignRoutes.read, (ctx, { params }) => campaignProgress(ctx, params.campaignId))
  serve(app, deps, campaignRoutes.change, async (ctx, { params, body }) =>
    campaignNow(ctx, await changeCampaign(ctx, params.campaignId, body)),
  )
  serve(app, deps, campaignRoutes.publish, async (ctx, { params }) =>
    campaignNow(ctx, await publishCampaign(ctx, params.campaignId)),
  )
  for (const step of ['pause', 'resume', 'close'] as const) {
    serve(app, deps, campaignRoutes[step], async (ctx, { params }) =>
      campaignNow(ctx, await moveCampaign(ctx, params.campaignId, step)),
    )
  }
  serve(app, deps, accountRoutes.listPeople, (ctx, { query }) => peopleShown(ctx, query))
  serve(app, deps, consentRoutes.list, async (ctx) => ({ items: await ownConsents(ctx) }))
  serve(app, deps, consentRoutes.decide, async (ctx, { body }) =>
    ownConsent(ctx, await decideConsent(ctx, body)),
  )
  serve(app, deps, consentRoutes.withdraw, async (ctx, { params }) => {
    await withdrawConsent(ctx, params.consentId)
    return ownConsent(ctx, params.consentId)
  })
  serve(app, deps, mediaRoutes.readCorrections, (ctx, { params }) => readCorrections(ctx, params.episodeId))
  serve(app, deps, mediaRoutes.readEpisode, (ctx, { params }) => readEpisode(ctx, params.episodeId))
}
