import type { CampaignDraft } from '@chiron/contract'
import { campaignTemplates, draftFromFailures, type FilmDefaults } from '@chiron/core/campaign'
import { assert } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { createCampaign, listCampaigns } from '../campaign/index.ts'
import { clustersOf, type FailuresOf } from './read-failures.ts'
import { readSuiteVersion } from './suite-store.ts'

interface CollectionOf extends FailuresOf {
  failureId: string | null
  factor: string
  factorLevel: string
}

/**
 * Drafts the film campaign that would collect the cases of a failure: its place and words from the suite, everything else
 * as in the last film campaign, or the template's. A manager looks at it and publishes. Refuses `bad-input` where the
 * version did not fail so.
 */
export async function draftCollection(
  ctx: Ctx,
  of: CollectionOf,
): Promise<{ campaignId: string; quota: number }> {
  may(ctx, 'campaign.create')
  const draft = await read(ctx, async (tx): Promise<CampaignDraft> => {
    const key = { workspaceId: workspaceOf(ctx), suiteId: of.suiteId, version: of.version }
    const row = found(await readSuiteVersion(tx, key), 'version of the suite')
    const { content, clusters } = await clustersOf(tx, ctx, of)
    const { factor, factorLevel, failureId } = of
    const cluster = clusters.find(
      (each) => each.factor === factor && each.factorLevel === factorLevel && each.failureId === failureId,
    )
    const failureCount = cluster?.failureCount ?? 0
    const last = (await listCampaigns(tx)).find(({ kind }) => kind === 'demonstrate')
    const made =
      failureCount > 0
        ? draftFromFailures(content, { settings: { [factor]: factorLevel }, failureCount }, defaultsOf(last))
        : null
    if (!made) refuse('bad-input', 'This version did not fail so: there is nothing to collect.', { factor })
    return { ...made, ontologyId: row.ontology_id, ontologyVersion: row.ontology_version }
  })
  const { id } = await createCampaign(ctx, draft)
  return { campaignId: id, quota: draft.quota }
}

function defaultsOf(last: FilmDefaults | undefined): FilmDefaults {
  const template = campaignTemplates.find(({ draft }) => draft.kind === 'demonstrate')?.draft
  const like = last ?? template
  assert(like !== undefined, 'there is a template for filming')
  const { kind, terms, perWorkerMax, leaseSeconds, config, flow, goldRatio } = like
  return { kind, terms, perWorkerMax, leaseSeconds, config, flow, goldRatio }
}
