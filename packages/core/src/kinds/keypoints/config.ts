import { z } from 'zod'
import type { KindFault } from '../kind.ts'

/** More moments of one clip are corrected by habit. */
export const MAX_MOMENTS = 5

/** People correct the points of hands at `momentCount` moments of a clip, fewer where it has fewer with hands. */
export const keypointsConfigSchema = z.object({ momentCount: z.int().min(1).max(MAX_MOMENTS) })
export type KeypointsConfig = z.infer<typeof keypointsConfigSchema>

export const checkKeypointsConfig = (_config: KeypointsConfig): KindFault[] => []
