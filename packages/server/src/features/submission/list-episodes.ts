import type { Episode, ownEpisode } from '@chiron/contract'
import { isUuid, type WorkspaceId } from '@chiron/core/kit'
import type { z } from 'zod'
import { type Ctx, inWorkspace, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { refuse } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { pseudonymsOf, readWorkspace } from '../account/index.ts'
import { titlesOf } from '../campaign/index.ts'
import { type EpisodeRow, episodeSummaries, listEpisodes } from '../media/index.ts'
import type { Page } from './own-submissions.ts'

export type OwnEpisode = z.infer<typeof ownEpisode>

interface EpisodeQuery extends Page {
  campaignId?: string | undefined
  state?: string | undefined
}

/** Episodes of the workspace, newest first. */
export function episodesOfWorkspace(
  ctx: Ctx,
  query: EpisodeQuery,
): Promise<{ items: Episode[]; next: string | null }> {
  may(ctx, 'media.read')
  assertCursor(query)
  return read(ctx, async (tx) => {
    const rows = await listEpisodes(tx, { ...query, workspaceId: workspaceOf(ctx), limit: query.limit + 1 })
    const shown = rows.slice(0, query.limit)
    return { items: await episodeWires(tx, ctx, shown), next: nextOf(rows, shown) }
  })
}

/** Rows as the contract shows them, with the titles and pseudonyms that other features know. */
export async function episodeWires(tx: Tx, ctx: Ctx, rows: readonly EpisodeRow[]): Promise<Episode[]> {
  const summaries = await episodeSummaries(tx, ctx, rows)
  const workerIds = summaries.flatMap(({ workerId }) => workerId ?? [])
  const pseudonyms = await pseudonymsOf(tx, workspaceOf(ctx), workerIds)
  const titles = await titlesOf(tx, campaignsOf(rows))
  return summaries.map(({ workerId, ...summary }) => ({
    ...summary,
    campaignTitle: titles.get(summary.campaignId) ?? {},
    workerPseudonym: workerId ? (pseudonyms.get(workerId) ?? null) : null,
  }))
}

/** The worker's own recordings, everywhere, newest first. */
export async function ownEpisodes(
  ctx: Ctx,
  { after, limit }: Page,
): Promise<{ items: OwnEpisode[]; next: string | null }> {
  assertCursor({ after })
  const workerId = ctx.actor.id
  const rows = await read(ctx, (tx) => listEpisodes(tx, { workerId, after, limit: limit + 1 }))
  const shown = rows.slice(0, limit)
  const byId = new Map<string, OwnEpisode>()
  for (const workspaceId of new Set(shown.map((row) => row.workspace_id))) {
    const inside = inWorkspace(ctx, workspaceId as WorkspaceId)
    await read(inside, async (tx) => {
      const ofThis = shown.filter((row) => row.workspace_id === workspaceId)
      const titles = await titlesOf(tx, campaignsOf(ofThis))
      const workspace = await readWorkspace(tx, workspaceId)
      const summaries = await episodeSummaries(tx, inside, ofThis)
      for (const [at, summary] of summaries.entries())
        byId.set(summary.id, {
          id: summary.id,
          campaignId: summary.campaignId,
          campaignTitle: titles.get(summary.campaignId) ?? {},
          workspaceName: workspace?.name ?? '',
          submissionId: ofThis[at]?.submission_id ?? null,
          state: summary.state,
          createdAt: summary.createdAt,
          durationMs: summary.durationMs,
          bytes: summary.bytes,
        })
    })
  }
  return { items: shown.flatMap(({ id }) => byId.get(id) ?? []), next: nextOf(rows, shown) }
}

const campaignsOf = (rows: readonly EpisodeRow[]) => rows.map((row) => row.campaign_id)

function assertCursor({ after }: { after?: string | undefined }): void {
  if (after !== undefined && !isUuid(after)) refuse('bad-input', '`after` is the `next` of the page before.')
}

const nextOf = (rows: readonly EpisodeRow[], shown: readonly EpisodeRow[]): string | null =>
  rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null
