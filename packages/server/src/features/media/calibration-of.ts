import type { EpisodeCalibration } from '@chiron/contract'
import { type Calibration, staleReasons } from '@chiron/core/camera'
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
  const { width, height } = calibration.intrinsics
  const stale = staleReasons(
    { ...calibration, device },
    {
      nowMs: (episode.recorded_at ?? episode.created_at).getTime(),
      camera: null,
      width: episode.width ?? width,
      height: episode.height ?? height,
      zoom: null,
    },
  )
  return { ...calibration, stale }
}
