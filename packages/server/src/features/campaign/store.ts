import type { CampaignDraft, Terms } from '@chiron/contract'
import type { CampaignTerms } from '@chiron/core/campaign'
import type { FlowRule } from '@chiron/core/flow'
import type { CampaignId, WorkspaceId } from '@chiron/core/kit'
import { type Selectable, sql } from 'kysely'
import type { DB } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type CampaignState = 'draft' | 'published' | 'paused' | 'closed'

/** A campaign as the server keeps it, with its current terms. */
export interface CampaignRow extends Omit<CampaignDraft, 'terms' | 'flow'> {
  id: CampaignId
  workspaceId: WorkspaceId
  state: CampaignState
  terms: CampaignTerms
  termsVersion: number
  noticeVersion: number
  flow: FlowRule
  createdAt: Date
  publishedAt: Date | null
}

type Row = Selectable<DB['campaign']> & { terms: unknown }

function fromRow(row: Row): CampaignRow {
  return {
    id: row.id as CampaignId,
    workspaceId: row.workspace_id as WorkspaceId,
    kind: row.kind as CampaignRow['kind'],
    state: row.state as CampaignState,
    title: row.title as CampaignRow['title'],
    briefs: row.briefs as CampaignRow['briefs'],
    exampleMediaId: row.example_media_id,
    terms: row.terms as CampaignTerms,
    termsVersion: row.terms_version,
    noticeVersion: row.notice_version,
    quota: row.quota,
    perWorkerMax: row.per_worker_max,
    leaseSeconds: row.lease_seconds,
    config: row.config as CampaignRow['config'],
    flow: row.flow as unknown as FlowRule,
    goldRatio: row.gold_ratio,
    ontologyId: row.ontology_id,
    ontologyVersion: row.ontology_version,
    sourceCampaignId: row.source_campaign_id,
    createdAt: row.created_at,
    publishedAt: row.published_at,
  }
}

function campaigns(tx: Tx) {
  return tx
    .selectFrom('campaign')
    .innerJoin('campaign_terms as t', (join) =>
      join
        .onRef('t.workspace_id', '=', 'campaign.workspace_id')
        .onRef('t.campaign_id', '=', 'campaign.id')
        .onRef('t.version', '=', 'campaign.terms_version'),
    )
    .selectAll('campaign')
    .select('t.body as terms')
}

/** One campaign that the caller may see, or undefined. */
export async function readCampaign(tx: Tx, id: string): Promise<CampaignRow | undefined> {
  const row = await campaigns(tx).where('campaign.id', '=', id).executeTakeFirst()
  return row && fromRow(row)
}

/** The same, held against changes until the transaction ends. */
export async function lockCampaign(tx: Tx, id: string): Promise<CampaignRow | undefined> {
  const row = await campaigns(tx).where('campaign.id', '=', id).forUpdate('campaign').executeTakeFirst()
  return row && fromRow(row)
}

/** What these campaigns are called, as far as the caller may see them, by id. */
export async function titlesOf(
  tx: Tx,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, CampaignRow['title']>> {
  if (campaignIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('campaign')
    .select(['id', 'title'])
    .where('id', 'in', [...new Set(campaignIds)])
    .execute()
  return new Map(rows.map(({ id, title }) => [id, title as CampaignRow['title']]))
}

/** All campaigns the caller may see, newest first. */
export async function listCampaigns(tx: Tx): Promise<CampaignRow[]> {
  const rows = await campaigns(tx).orderBy('campaign.id', 'desc').execute()
  return rows.map(fromRow)
}

/** Published campaigns in the workspaces a worker has joined (all the caller may see), newest first. */
export async function listPublished(tx: Tx): Promise<CampaignRow[]> {
  const rows = await campaigns(tx)
    .where('campaign.state', '=', 'published')
    .orderBy('campaign.id', 'desc')
    .execute()
  return rows.map(fromRow)
}

/** Published `choose` campaigns that ask about this campaign's episodes, oldest first. */
export async function listAskingAbout(tx: Tx, sourceCampaignId: string): Promise<CampaignRow[]> {
  const rows = await campaigns(tx)
    .where('campaign.source_campaign_id', '=', sourceCampaignId)
    .where('campaign.state', 'in', ['published', 'paused'])
    .orderBy('campaign.id')
    .execute()
  return rows.map(fromRow)
}

/** Campaigns that are open and ask about rollouts of a policy version on a suite, oldest first. */
export async function listAskingAboutRollouts(
  tx: Tx,
  { suiteId, policyVersionId }: { suiteId: string; policyVersionId: string },
): Promise<CampaignRow[]> {
  const rows = await campaigns(tx)
    .where('campaign.state', 'in', ['published', 'paused'])
    .where(sql<boolean>`campaign.config->>'suiteId' = ${suiteId}`)
    .where(sql<boolean>`campaign.config->'policyVersionIds' ? ${policyVersionId}`)
    .orderBy('campaign.id')
    .execute()
  return rows.map(fromRow)
}

interface NewCampaign {
  workspaceId: WorkspaceId
  id: CampaignId
  draft: CampaignDraft
  at: Date
}

export async function insertCampaign(tx: Tx, { workspaceId, id, draft, at }: NewCampaign): Promise<void> {
  await tx
    .insertInto('campaign')
    .values({
      workspace_id: workspaceId,
      id,
      kind: draft.kind,
      state: 'draft',
      ...columnsOf(draft),
      created_at: at,
    })
    .execute()
  await insertTerms(tx, { workspaceId, campaignId: id, version: 1, terms: draft.terms, at })
}

interface NewTerms {
  workspaceId: WorkspaceId
  campaignId: CampaignId
  version: number
  terms: CampaignTerms
  at: Date
}

export async function insertTerms(tx: Tx, { workspaceId, campaignId, version, terms, at }: NewTerms) {
  await tx
    .insertInto('campaign_terms')
    .values({
      workspace_id: workspaceId,
      campaign_id: campaignId,
      version,
      body: JSON.stringify(terms),
      created_at: at,
    })
    .execute()
}

/** The terms of one version, as somebody accepted them. */
export async function readTerms(tx: Tx, campaignId: string, version: number): Promise<Terms | undefined> {
  const row = await tx
    .selectFrom('campaign_terms')
    .select('body')
    .where('campaign_id', '=', campaignId)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.body as Terms | undefined
}

export async function updateCampaign(tx: Tx, campaign: CampaignRow): Promise<void> {
  await tx
    .updateTable('campaign')
    .set({
      ...columnsOf(campaign),
      kind: campaign.kind,
      state: campaign.state,
      terms_version: campaign.termsVersion,
      notice_version: campaign.noticeVersion,
      published_at: campaign.publishedAt,
    })
    .where('workspace_id', '=', campaign.workspaceId)
    .where('id', '=', campaign.id)
    .execute()
}

function columnsOf(draft: Omit<CampaignDraft, 'kind' | 'terms' | 'flow'> & { flow: unknown }) {
  return {
    title: JSON.stringify(draft.title),
    briefs: JSON.stringify(draft.briefs),
    example_media_id: draft.exampleMediaId,
    quota: draft.quota,
    per_worker_max: draft.perWorkerMax,
    lease_seconds: draft.leaseSeconds,
    config: JSON.stringify(draft.config),
    flow: JSON.stringify(draft.flow),
    gold_ratio: draft.goldRatio,
    ontology_id: draft.ontologyId,
    ontology_version: draft.ontologyVersion,
    source_campaign_id: draft.sourceCampaignId,
  }
}
