import type { Calibration, CameraScale } from '@chiron/core/camera'
import type { TakeLimits } from '@chiron/core/episode'
import type { Redaction } from '@chiron/core/sight'
import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { holdCalibration } from './keep-calibration.ts'
import { type EpisodeRow, insertEpisode } from './store.ts'
import { useUpload } from './use-upload.ts'

export interface NewEpisode {
  /** By default a fresh id. */
  id?: string
  campaignId: string
  /** The consent, or attested rights, it lies under; the caller has seen that it holds. */
  consentId: string
  uploadId: string
  workerId: string | null
  taskId?: string
  submissionId?: string
  origin: 'phone' | 'import' | 'simulated'
  /** As the phone judged it; the server's margin is added at the probe. */
  limits: TakeLimits
  device?: Record<string, unknown>
  redaction?: Redaction | undefined
  /** What the phone knew of its camera; kept with what is known of the worker's others. */
  calibration?: Calibration | undefined
  scale?: CameraScale | undefined
  recordedAt: Date | null
}

/**
 * Makes an episode of a finished upload, in the caller's transaction; its checks come as a job. Refuses `not-found`
 * when the upload is not whole or another's, `already-used` when it is part of another answer.
 */
export async function createEpisode(tx: Tx, ctx: Ctx, episode: NewEpisode): Promise<EpisodeRow> {
  const workspaceId = ctx.workspaceId ?? ''
  const upload = await useUpload(tx, ctx, { ...episode, purpose: 'episode' })
  for (const measure of [episode.calibration, episode.scale])
    if (measure) await holdCalibration(tx, ctx, measure)
  return insertEpisode(tx, {
    workspace_id: workspaceId,
    id: episode.id ?? newId(ctx.deps.clock),
    campaign_id: episode.campaignId,
    consent_id: episode.consentId,
    worker_id: episode.workerId,
    task_id: episode.taskId ?? null,
    submission_id: episode.submissionId ?? null,
    origin: episode.origin,
    state: 'arrived',
    blob_id: upload.blob_id,
    bytes: upload.bytes,
    sha256: upload.sha256,
    device: JSON.stringify(episode.device ?? {}),
    limits: JSON.stringify(episode.limits),
    redaction: episode.redaction ? JSON.stringify(episode.redaction) : null,
    calibration_id: episode.calibration?.id ?? null,
    scale_id: episode.scale?.id ?? null,
    recorded_at: episode.recordedAt,
    created_at: ctx.deps.clock.now(),
  })
}
