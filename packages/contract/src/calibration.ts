import { calibrationSchema, cameraMeasureSchema, cameraScaleSchema, STALE_REASONS } from '@chiron/core/camera'
import { z } from 'zod'
import { route } from './route.ts'
import { done, id } from './wire.ts'

/**
 * The calibration a recording was filmed under, as its team sees it: without the device's number. `stale`: why it did
 * not quite fit that recording; empty where it did.
 */
export const episodeCalibration = calibrationSchema
  .omit({ device: true })
  .extend({ stale: z.array(z.enum(STALE_REASONS)) })
export type EpisodeCalibration = z.infer<typeof episodeCalibration>

/** The scale of the plane a recording shows, told as the calibration is. */
export const episodeScale = cameraScaleSchema
  .omit({ device: true })
  .extend({ stale: z.array(z.enum(STALE_REASONS)) })
export type EpisodeScale = z.infer<typeof episodeScale>

export const calibrationRoutes = {
  keep: route({
    method: 'POST',
    path: '/api/worker/calibrations',
    who: 'worker',
    summary: 'Tell a team what my phone found out about its camera. The same id again changes nothing.',
    body: z.object({ workspaceId: id, calibration: cameraMeasureSchema }),
    reply: done,
  }),
  listOwn: route({
    method: 'GET',
    path: '/api/worker/calibrations',
    who: 'worker',
    summary: 'What teams know of my cameras.',
    reply: z.object({ items: z.array(z.object({ workspaceId: id, calibration: cameraMeasureSchema })) }),
  }),
}
