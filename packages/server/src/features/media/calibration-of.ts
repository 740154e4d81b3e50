import type { EpisodeCalibration, EpisodeScale } from '@chiron/contract'
import {
  type Calibration,
  type CameraMeasure,
  type CameraNow,
  type CameraScale,
  measuredSize,
  staleReasons,
  staleScale,
} from '@chiron/core/camera'
import type { Tx } from '../../platform/tx.ts'
import { readCalibration } from './calibration-store.ts'
import type { EpisodeRow } from './store.ts'

/**
 * The calibration a recording was filmed under, and why it does not fit it where it does not; null where its phone had
 * none. The picture counts as the server measured it, once it has.
 */
export async function calibrationOf(tx: Tx, episode: EpisodeRow): Promise<EpisodeCalibration | null> {
  if (episode.calibration_id === null) return null
  const row = await readCalibration(tx, { workspaceId: episode.workspace_id, id: episode.calibration_id })
  if (row === undefined) return null
  const { device, ...calibration } = row.content as Calibration
  return {
    ...calibration,
    stale: staleReasons({ ...calibration, device }, whenFilmed(episode, row.content as Calibration)),
  }
}

/** The scale of the plane it shows, likewise. */
export async function scaleOf(tx: Tx, episode: EpisodeRow): Promise<EpisodeScale | null> {
  if (episode.scale_id === null) return null
  const row = await readCalibration(tx, { workspaceId: episode.workspace_id, id: episode.scale_id })
  if (row === undefined) return null
  const { device, ...scale } = row.content as CameraScale
  return {
    ...scale,
    stale: staleScale({ ...scale, device }, whenFilmed(episode, row.content as CameraScale)),
  }
}

/** The camera as it filmed; of which one it was and how far it zoomed a recording says nothing. */
function whenFilmed(episode: EpisodeRow, measure: CameraMeasure): CameraNow {
  const { width, height } = measuredSize(measure)
  return {
    nowMs: (episode.recorded_at ?? episode.created_at).getTime(),
    camera: null,
    width: episode.width ?? width,
    height: episode.height ?? height,
    zoom: null,
  }
}
