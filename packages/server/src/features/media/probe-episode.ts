import { takeLimitsSchema } from '@chiron/core/episode'
import { assert, type WorkspaceId } from '@chiron/core/kit'
import type { StoredBlob } from '../../platform/blobs/blobs.ts'
import { type Ctx, type Deps, systemCtx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, type Tx, write } from '../../platform/tx.ts'
import { heldConsents } from './consents.ts'
import { enterBlob } from './enter-blob.ts'
import { checkFaces, faceFault } from './face-check/check-faces.ts'
import { type Judgement, judgeFile } from './judge-file.ts'
import { putPoster } from './put-poster.ts'
import { storedBlob } from './readable-episode.ts'
import {
  type EpisodeRow,
  insertBlob,
  type Key,
  lockEpisode,
  readBlob,
  readEpisode,
  updateEpisode,
} from './store.ts'

/**
 * Looks at an arrived recording: decrypts it to scratch, judges it, keeps signals, faults and a poster, and records
 * `media.probe`. Repeatable; does nothing once checked, or when the consent has ended meanwhile.
 */
export async function probeEpisode(deps: Deps, workspaceId: WorkspaceId, id: string): Promise<void> {
  const ctx = systemCtx(deps, 'media.probe', workspaceId)
  const key = { workspaceId, id }
  const waiting = await read(ctx, async (tx) => {
    const episode = await readEpisode(tx, key)
    if (episode?.state !== 'arrived') return null
    const held = await heldConsents(tx, workspaceId, [episode], deps.clock.now())
    const blob = await readBlob(tx, { workspaceId, id: episode.blob_id })
    return held.has(episode.consent_id) && blob ? { episode, stored: storedBlob(blob) } : null
  })
  if (!waiting) return
  const { episode, stored } = waiting
  const judgement = await deps.blobs.withPlainFile(stored, async (file) => {
    const judged = await judgeFile({
      file,
      limits: takeLimitsSchema.parse(episode.limits),
      isImport: episode.origin !== 'phone',
      clockSkewMs: clockSkewMs(episode),
    })
    return episode.origin === 'phone' && judged.passes ? withFaces(deps, file, judged) : judged
  })
  const poster = judgement.poster ? await putPoster(ctx, judgement.poster) : null
  const keep = () => write(ctx, (tx) => keepJudgement(tx, ctx, { key, judgement, poster }))
  if (poster) await enterBlob(deps, poster, keep)
  else await keep()
}

/** Only films that would be kept are looked at for faces: others come back anyway, and nobody sees them. */
async function withFaces(deps: Deps, file: string, judged: Judgement): Promise<Judgement> {
  assert(judged.probe, 'what passes was read')
  const faceCheck = await checkFaces(deps, file, judged.probe)
  const shown = faceCheck ? faceFault(faceCheck) : []
  if (shown.length === 0) return { ...judged, faceCheck }
  // A still picture of it would show the face as well.
  return { ...judged, faceCheck, passes: false, faults: [...judged.faults, ...shown], poster: null }
}

interface Keep {
  key: Key
  judgement: Judgement
  poster: StoredBlob | null
}

/** False when another was faster, or the episode has ended meanwhile. */
async function keepJudgement(tx: Tx, ctx: Ctx, { key, judgement, poster }: Keep): Promise<boolean> {
  may(ctx, 'media.probe')
  const episode = await lockEpisode(tx, key)
  if (episode?.state !== 'arrived') {
    recordNothing(tx)
    return false
  }
  const { passes, faults, probe, signals, faceCheck = null } = judgement
  const showsFace = faceCheck !== null && faceCheck.shown.length > 0
  if (poster)
    await insertBlob(tx, { stored: poster, purpose: 'poster', mime: 'image/jpeg', now: ctx.deps.clock.now() })
  await updateEpisode(tx, key, {
    state: passes ? 'checked' : 'refused',
    probe: JSON.stringify(probe),
    signals: JSON.stringify(signals),
    faults: JSON.stringify(faults),
    face_check: faceCheck && JSON.stringify(faceCheck),
    quarantined_at: showsFace ? ctx.deps.clock.now() : null,
    poster_id: poster?.id ?? null,
    duration_ms: probe?.durationMs ?? null,
    frame_count: probe?.frameCount ?? null,
    fps: probe?.fps ?? null,
    width: probe?.width ?? null,
    height: probe?.height ?? null,
  })
  await record(tx, ctx, 'media.probe', {
    subject: { kind: 'episode', id: key.id },
    workerId: episode.worker_id,
    episodeId: key.id,
    campaignId: episode.campaign_id,
    taskId: episode.task_id,
    submissionId: episode.submission_id,
    passes,
    faultCodes: [...new Set(faults.map(({ code }) => code))],
  })
  return true
}

function clockSkewMs({ device }: EpisodeRow): number | undefined {
  const skew = (device as { clockSkewMs?: unknown }).clockSkewMs
  return typeof skew === 'number' ? skew : undefined
}
