import type { Release, Reply, releaseRoutes } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { titlesOf } from '../campaign/index.ts'
import type { ReleaseFile } from './finish-release.ts'
import { RECALL_WHY } from './open-recall.ts'
import { listReleaseRows, type ReleaseRow, readRelease, recallsOf, releaseEpisodes } from './store.ts'

type ReleaseDetail = Reply<typeof releaseRoutes.read>

/** Releases of the workspace, newest first. */
export function listReleases(ctx: Ctx): Promise<Release[]> {
  may(ctx, 'release.read')
  return read(ctx, async (tx) => releasesShown(tx, ctx, await listReleaseRows(tx, workspaceOf(ctx))))
}

/** One release with its files, its episodes and what was left out. */
export function releaseDetail(ctx: Ctx, id: string): Promise<ReleaseDetail> {
  may(ctx, 'release.read')
  return read(ctx, async (tx) => {
    const key = { workspaceId: workspaceOf(ctx), id }
    const row = found(await readRelease(tx, key), 'release')
    const [shown] = await releasesShown(tx, ctx, [row])
    const release = found(shown, 'release')
    const recalled = new Set(release.recalls.map(({ episodeId }) => episodeId))
    const episodes = row.state === 'ready' ? await releaseEpisodes(tx, key) : []
    return {
      ...release,
      files: row.files as unknown as ReleaseFile[],
      episodes: episodes.map((each) => ({
        episodeId: each.episode_id,
        index: each.index,
        frameCount: each.frame_count,
        label: each.label,
        recalled: recalled.has(each.episode_id),
      })),
      excluded: row.excluded as ReleaseDetail['excluded'],
    }
  })
}

/** One release as a list shows it, after a verb has made it. */
export function releaseNow(ctx: Ctx, row: ReleaseRow): Promise<Release> {
  return read(ctx, async (tx) => found((await releasesShown(tx, ctx, [row]))[0], 'release'))
}

async function releasesShown(tx: Tx, ctx: Ctx, rows: readonly ReleaseRow[]): Promise<Release[]> {
  const recalls = await recallsOf(
    tx,
    workspaceOf(ctx),
    rows.map(({ id }) => id),
  )
  const campaignIds = rows.map((row) => row.campaign_id)
  const titles = await titlesOf(tx, campaignIds)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    campaignId: row.campaign_id,
    campaignTitle: titles.get(row.campaign_id) ?? {},
    format: row.format as Release['format'],
    state: row.state as Release['state'],
    progress: row.progress,
    failure: row.failure,
    episodeCount: row.episode_count,
    frameCount: row.frame_count,
    bytes: row.bytes,
    remuxedCount: row.remuxed_count,
    transcodedCount: row.transcoded_count,
    attestationSha256: row.attestation_sha256,
    createdAt: row.created_at.toISOString(),
    readyAt: row.ready_at?.toISOString() ?? null,
    recalls: recalls
      .filter((recall) => recall.release_id === row.id)
      .map((recall) => ({
        episodeId: recall.episode_id,
        why: RECALL_WHY[recall.why] ?? recall.why,
        at: recall.created_at.toISOString(),
        state: recall.state,
      })),
  }))
}
