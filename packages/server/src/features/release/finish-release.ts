import { PATHS } from '@chiron/formats/proof'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { recordNothing, type Tx, write } from '../../platform/tx.ts'
import { readConsentStates } from '../consent/index.ts'
import {
  dropReleaseEpisodes,
  insertRecall,
  lockRelease,
  placeReleaseEpisode,
  type ReleaseRow,
  updateRelease,
} from './store.ts'
import type { WrittenDataset } from './write-dataset.ts'

export interface ReleaseFile {
  path: string
  bytes: number
  sha256: string
}

interface Finished {
  release: ReleaseRow
  builder: string
  dataset: WrittenDataset
  files: ReleaseFile[]
  excluded: { episodeId: string; why: string }[]
}

/**
 * Writes down that a release stands, with what is in it and what is not. A consent that ended in the very last moment
 * is recalled at once: its job found the release unfinished (REL-6).
 */
export function finishRelease(ctx: Ctx, finished: Finished): Promise<void> {
  const { release, builder, dataset, files, excluded } = finished
  const key = { workspaceId: workspaceOf(ctx), id: release.id }
  return write(ctx, async (tx) => {
    may(ctx, 'release.build')
    const standing = found(await lockRelease(tx, key), 'release')
    if (standing.state !== 'building' || standing.builder !== builder) return recordNothing(tx)
    const now = ctx.deps.clock.now()
    await placeEpisodes(tx, key, dataset)
    const attestation = files.find((file) => file.path === PATHS.attestation)
    await updateRelease(tx, key, {
      state: 'ready',
      progress: 1,
      failure: null,
      episode_count: dataset.placed.length,
      frame_count: dataset.frameCount,
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      remuxed_count: dataset.remuxedCount,
      transcoded_count: dataset.transcodedCount,
      attestation_sha256: attestation?.sha256 ?? null,
      files: JSON.stringify(files),
      excluded: JSON.stringify([...excluded, ...dataset.unfit]),
      builder: null,
      building_until: null,
      ready_at: now,
    })
    const recalledCount = await recallEnded(tx, ctx, { release, dataset })
    await record(tx, ctx, 'release.build', {
      subject: { kind: 'release', id: release.id },
      releaseId: release.id,
      campaignId: release.campaign_id,
      episodeCount: dataset.placed.length,
      excludedCount: excluded.length + dataset.unfit.length,
      attestationSha256: attestation?.sha256 ?? null,
      recalledCount,
    })
  })
}

type ReleaseKey = Parameters<typeof dropReleaseEpisodes>[1]

async function placeEpisodes(tx: Tx, key: ReleaseKey, { placed, unfit }: WrittenDataset): Promise<void> {
  for (const { episodeId, index, frameCount, paths } of placed) {
    await placeReleaseEpisode(tx, {
      workspace_id: key.workspaceId,
      release_id: key.id,
      episode_id: episodeId,
      index,
      frame_count: frameCount,
      paths: [...paths, PATHS.episode(episodeId), PATHS.proof(episodeId)],
    })
  }
  const unfitIds = unfit.map(({ episodeId }) => episodeId)
  if (unfitIds.length > 0) await dropReleaseEpisodes(tx, key, unfitIds)
}

async function recallEnded(
  tx: Tx,
  ctx: Ctx,
  { release, dataset }: Pick<Finished, 'release' | 'dataset'>,
): Promise<number> {
  const now = ctx.deps.clock.now()
  const ids = [...new Set(dataset.placed.map(({ consentId }) => consentId))]
  const consents = await readConsentStates(tx, release.workspace_id, ids)
  const ended = new Set(consents.filter((consent) => !consent.holds(now)).map(({ id }) => id))
  const gone = dataset.placed.filter(({ consentId }) => ended.has(consentId))
  for (const { episodeId } of gone) {
    const row = { workspace_id: release.workspace_id, release_id: release.id, episode_id: episodeId }
    await insertRecall(tx, { ...row, why: 'consent-ended', created_at: now })
  }
  return gone.length
}
